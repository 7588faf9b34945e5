from datetime import datetime

from django.db import transaction

from huying.oversight import alarmbook, alarms
from huying.oversight.models import Alarm
from huying.people.models import Unit
from huying.rules.actors import Actor
from huying.rules.alarms import AboutTheHead
from huying.rules.calendars import local_day
from huying.rules.enums import AlarmStep, PostKind, UnitLevel
from huying.rules.permissions import HEAD_OF_LEVEL


@transaction.atomic
def warn(alarm: Alarm, *, reason: str = "", by: Actor, at: datetime) -> None:
    """The head of the unit is reminded (提醒) to look into it. Never of what is about that head: it is dealt with from
    above."""
    if not alarms.unit_may_know(alarm, on=local_day(at)):
        raise AboutTheHead("里面有反映这个单位负责人的事，不能提醒该单位，请约谈、商研或升级")
    record = alarmbook.take(alarm, AlarmStep.REMIND, reason=reason, by=by, at=at)
    alarmbook.tell(alarm, "alarm_reminded", unit=alarm.unit_id, holder=_head_of(alarm.unit), of=record)


def _head_of(unit: Unit) -> PostKind:
    return HEAD_OF_LEVEL[UnitLevel(unit.level)]
