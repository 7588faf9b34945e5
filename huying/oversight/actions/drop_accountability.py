from datetime import datetime

from django.db import transaction

from huying.oversight import dutybook, dutynotices
from huying.oversight.models import AccountabilityCase
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct


@transaction.atomic
def drop_accountability(case: AccountabilityCase, *, reason: str, by: Actor, at: datetime) -> None:
    """Nobody is held to account (不予追究). Who had been served is told; who had not never learns of it."""
    event = dutybook.move(case, DutyAct.DROP, note=reason, by=by, at=at)
    if case.served_at is not None:
        dutynotices.to_the_person(case, "duty_dropped", of=event, at=at)
