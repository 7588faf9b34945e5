from datetime import datetime

from django.db import transaction

from huying.oversight import dutybook, dutynotices
from huying.oversight.models import AccountabilityCase
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct


@transaction.atomic
def close_accountability(case: AccountabilityCase, *, by: Actor, at: datetime) -> None:
    """The case is over."""
    event = dutybook.move(case, DutyAct.CLOSE, by=by, at=at)
    dutynotices.to_the_person(case, "duty_closed", of=event, at=at)
