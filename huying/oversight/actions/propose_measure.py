from datetime import datetime

from django.db import transaction

from huying.oversight import dutybook, dutynotices
from huying.oversight.models import AccountabilityCase
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct, DutyMeasure


@transaction.atomic
def propose_measure(
    case: AccountabilityCase, *, measure: DutyMeasure, reason: str, why_harder: str = "", by: Actor, at: datetime
) -> None:
    """A measure is proposed once the person was heard; a harder one than a reminder says why less is not enough."""
    record = {"measure": measure, "why_harder": why_harder.strip()}
    event = dutybook.move(case, DutyAct.PROPOSE, note=reason, record=record, by=by, at=at)
    dutynotices.to_who_may(case, "duty_to_decide", DutyAct.DECIDE, of=event, at=at)
