from datetime import datetime

from django.db import transaction

from huying.oversight import accountability, dutybook, dutynotices
from huying.oversight.models import AccountabilityCase
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct, DutyMeasure


@transaction.atomic
def decide_measure(case: AccountabilityCase, *, measure: DutyMeasure, reason: str, by: Actor, at: datetime) -> None:
    """It is decided, by somebody who neither opened nor proposed; the person may object within a term."""
    until = dutybook.term(case, "duty_objection_days", at=at)
    record = {"measure": measure, "tier": accountability.tier_of(case, by), "until": until.isoformat()}
    changes = {"measure": measure, "objection_until": until}
    event = dutybook.move(case, DutyAct.DECIDE, note=reason, record=record, changes=changes, by=by, at=at)
    dutynotices.to_the_person(case, "duty_decided", of=event, at=at)
