from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def dispute(appeal: Appeal, *, reason: str = "", by: Actor, at: datetime) -> None:
    """The appellant says that it is not solved (提出异议); the dispatcher must send back, or close with the reason."""
    taken = take(appeal, Action.DISPUTE, by=by, at=at, reason=reason)
    notices.to_desk(appeal, "disputed", of=taken, at=at)
