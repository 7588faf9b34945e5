from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def lift_supervision(appeal: Appeal, *, reason: str, by: Actor, at: datetime) -> None:
    """The demand is over (解除督办); `reason` is the result."""
    taken = take(appeal, Action.LIFT_SUPERVISION, by=by, at=at, reason=reason)
    notices.to_lead(appeal, "supervision_lifted", of=taken, at=at)
