from datetime import datetime

from django.db import transaction

from huying.oversight import accountability, dutybook, dutynotices
from huying.oversight.models import AccountabilityCase
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct, DutyMeasure


@transaction.atomic
def decide_duty_objection(
    case: AccountabilityCase, *, measure: DutyMeasure, reason: str, by: Actor, at: datetime
) -> None:
    """A tier above has decided on the objection: the same measure stands, or a milder one, or none."""
    record = {"measure": measure, "tier": accountability.tier_of(case, by)}
    changes = {"measure": measure}
    event = dutybook.move(case, DutyAct.DECIDE_OBJECTION, note=reason, record=record, changes=changes, by=by, at=at)
    dutynotices.to_the_person(case, "duty_decided", of=event, at=at)
