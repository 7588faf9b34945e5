from datetime import datetime

from django.db import transaction

from huying.oversight import dutybook, dutynotices
from huying.oversight.models import AccountabilityCase
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct


@transaction.atomic
def make_statement(case: AccountabilityCase, *, statement: str, by: Actor, at: datetime) -> None:
    """What the person says is on record word for word: written by them, or taken down by who keeps the case."""
    record = {"by_the_person": by.person == case.person_id}
    event = dutybook.move(case, DutyAct.STATE, note=statement, record=record, by=by, at=at)
    dutynotices.to_who_may(case, "duty_heard", DutyAct.PROPOSE, of=event, at=at)
