from datetime import datetime

from django.db import transaction

from huying.oversight import alarmbook
from huying.oversight.models import Alarm
from huying.rules.actors import Actor
from huying.rules.enums import AlarmStep


@transaction.atomic
def take_up(
    alarm: Alarm,
    *,
    step: AlarmStep,
    reason: str,
    kind: str = "",
    proceeding: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """It is talked over: in a 约谈 (TALK) or a 商研 (STUDY). `kind` and `proceeding` name what it led to, when that has
    a record of its own."""
    data = {"kind": kind, "id": proceeding} if proceeding is not None else {}
    alarmbook.take(alarm, AlarmStep(step), reason=reason, data=data, by=by, at=at)
