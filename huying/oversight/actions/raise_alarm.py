from datetime import datetime

from django.db import transaction

from huying.oversight import alarmbook, alarms
from huying.oversight.models import Alarm
from huying.rules.actors import Actor
from huying.rules.enums import AlarmStep


@transaction.atomic
def raise_alarm(alarm: Alarm, *, reason: str, by: Actor, at: datetime) -> None:
    """It was not put right, or is more than the tier can settle: it begins anew, watched from one tier further up."""
    watched_by = alarms.above(alarm.watched_by)
    changes = {"is_raised": True, "watched_by": watched_by, "rectify_by": None, "recheck_on": None}
    data = {"watched_by": watched_by.pk}
    record = alarmbook.take(alarm, AlarmStep.RAISE, reason=reason, data=data, changes=changes, by=by, at=at)
    alarm.watched_by = watched_by
    alarmbook.tell_watchers(alarm, "alarm_raised", of=record)
