from datetime import datetime

from django.db import transaction

from huying.oversight import dutybook, dutynotices
from huying.oversight.models import AccountabilityCase
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct


@transaction.atomic
def waive_statement(case: AccountabilityCase, *, by: Actor, at: datetime) -> None:
    """The person does not want to say anything, or let the term pass; which of the two is on record."""
    record = {"by_the_person": by.person == case.person_id}
    event = dutybook.move(case, DutyAct.WAIVE, record=record, by=by, at=at)
    dutynotices.to_who_may(case, "duty_heard", DutyAct.PROPOSE, of=event, at=at)
