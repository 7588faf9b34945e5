from datetime import datetime

from django.db import transaction

from huying.oversight import dutybook, dutynotices
from huying.oversight.models import AccountabilityCase
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct


@transaction.atomic
def serve_accountability(case: AccountabilityCase, *, by: Actor, at: datetime) -> None:
    """The finding and the facts are before the person (送达), and the term for their statement runs."""
    until = dutybook.term(case, "statement_days", at=at)
    changes = {"served_at": at, "heard_by": until}
    record = {"until": until.isoformat()}
    event = dutybook.move(case, DutyAct.SERVE, record=record, changes=changes, by=by, at=at)
    dutynotices.to_the_person(case, "duty_served", of=event, at=at)
