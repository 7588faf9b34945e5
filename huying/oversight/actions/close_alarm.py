from datetime import datetime

from django.db import transaction

from huying.oversight import alarmbook
from huying.oversight.models import Alarm
from huying.rules.actors import Actor
from huying.rules.enums import AlarmStep


@transaction.atomic
def close_alarm(alarm: Alarm, *, reason: str, by: Actor, at: datetime) -> None:
    """Nothing more is to be done, for this reason. New cases of the same matter begin a new warning."""
    alarmbook.take(alarm, AlarmStep.CLOSE, reason=reason, by=by, at=at)
