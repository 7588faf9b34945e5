from datetime import datetime

from django.db import transaction

from huying.oversight import dutybook, dutynotices
from huying.oversight.models import AccountabilityCase
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct


@transaction.atomic
def object_to_measure(case: AccountabilityCase, *, reason: str, by: Actor, at: datetime) -> None:
    """The person objects (申诉), once; nothing is carried out before a tier above has decided."""
    event = dutybook.move(case, DutyAct.OBJECT, note=reason, by=by, at=at)
    dutynotices.to_who_may(case, "duty_objected", DutyAct.DECIDE_OBJECTION, of=event, at=at)
