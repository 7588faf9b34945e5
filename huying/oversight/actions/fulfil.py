from datetime import datetime

from django.db import transaction

from huying.oversight import alarmbook
from huying.oversight.models import Alarm
from huying.rules import alarms as rules
from huying.rules.actors import Actor
from huying.rules.calendars import local_day
from huying.rules.enums import AlarmStep


@transaction.atomic
def fulfil(alarm: Alarm, *, reason: str, by: Actor, at: datetime) -> None:
    """The re-check (复查) found everything put right, on its day or later: the warning is closed with that result."""
    rules.check_day(alarm.recheck_on, on=local_day(at))
    alarmbook.take(alarm, AlarmStep.FULFIL, reason=reason, by=by, at=at)
