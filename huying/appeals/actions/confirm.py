from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def confirm(appeal: Appeal, *, reviews: int, reason: str = "", by: Actor, at: datetime) -> None:
    """A second person found the act right (复核通过). `reviews` is the sequence of the event that is reviewed."""
    taken = take(appeal, Action.CONFIRM, by=by, at=at, reason=reason, record={"reviews": reviews})
    notices.to_desk(appeal, "confirmed", of=taken, at=at)
