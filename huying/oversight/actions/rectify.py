from datetime import date, datetime

from django.db import transaction

from huying.appeals import parameters
from huying.oversight import alarmbook
from huying.oversight.models import Alarm
from huying.people import calendars
from huying.rules import workdays
from huying.rules.actors import Actor
from huying.rules.alarms import DayGone
from huying.rules.calendars import local_day
from huying.rules.enums import AlarmStep


@transaction.atomic
def rectify(alarm: Alarm, *, reason: str, due_on: date, by: Actor, at: datetime) -> None:
    """What is put right by which day stands written down, and the day of the re-check: some working days later."""
    on = local_day(at)
    if due_on <= on:
        raise DayGone("整改完成的日期要在今天以后")
    days = parameters.value("recheck_days", on=on)
    recheck_on = workdays.workday_after(calendars.calendar_for(alarm.unit), due_on, days)
    dates = {"rectify_by": due_on, "recheck_on": recheck_on}
    data = {name: day.isoformat() for name, day in dates.items()}
    record = alarmbook.take(alarm, AlarmStep.RECTIFY, reason=reason, data=data, changes=dates, by=by, at=at)
    alarmbook.tell_watchers(alarm, "alarm_rectifying", of=record)
