from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def reject_decline(appeal: Appeal, *, reason: str, by: Actor, at: datetime) -> None:
    """The return is refused: the unit must handle the appeal and may not ask again."""
    taken = take(appeal, Action.REJECT_DECLINE, by=by, at=at, reason=reason)
    notices.to_lead(appeal, "decline_rejected", of=taken, at=at)
