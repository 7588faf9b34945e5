from datetime import datetime

from django.db import transaction

from huying.oversight import dutybook, dutynotices
from huying.oversight.models import AccountabilityCase
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct


@transaction.atomic
def carry_out_measure(case: AccountabilityCase, *, reason: str, by: Actor, at: datetime) -> None:
    """What was decided is done; `reason` says how and when."""
    event = dutybook.move(case, DutyAct.CARRY_OUT, note=reason, by=by, at=at)
    dutynotices.to_the_person(case, "duty_carried_out", of=event, at=at)
