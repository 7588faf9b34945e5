from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def approve_decline(appeal: Appeal, *, reason: str, by: Actor, at: datetime) -> None:
    """The return is granted: the appeal is at the desk again, and the number of returns has grown by one."""
    unit = appeal.lead_unit
    changes = {"lead_unit": None, "in_charge": None}
    taken = take(appeal, Action.APPROVE_DECLINE, by=by, at=at, reason=reason, changes=changes)
    if unit is not None:
        notices.to_head(appeal, "decline_approved", unit=unit, of=taken, at=at)
    notices.to_appellant(appeal, "owner_being_settled", of=taken, at=at)
