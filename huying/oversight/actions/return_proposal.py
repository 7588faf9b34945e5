from datetime import datetime

from django.db import transaction

from huying.oversight import dutybook, dutynotices
from huying.oversight.models import AccountabilityCase
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct


@transaction.atomic
def return_proposal(case: AccountabilityCase, *, reason: str, by: Actor, at: datetime) -> None:
    """The proposal falls, and the person is to be heard again, with a new term."""
    until = dutybook.term(case, "statement_days", at=at)
    changes, record = {"heard_by": until}, {"until": until.isoformat()}
    event = dutybook.move(case, DutyAct.RETURN, note=reason, record=record, changes=changes, by=by, at=at)
    dutynotices.to_the_person(case, "duty_heard_again", of=event, at=at)
