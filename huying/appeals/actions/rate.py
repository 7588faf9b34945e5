from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action, Satisfaction


@transaction.atomic
def rate(appeal: Appeal, *, satisfaction: Satisfaction, reason: str = "", by: Actor, at: datetime) -> None:
    """The appellant's own word on the answer (评价), once an answered round; handlers never see whose it was."""
    record = {"satisfaction": satisfaction, "is_spoken": appeal.receipt.is_spoken}
    taken = take(appeal, Action.RATE, by=by, at=at, reason=reason, record=record)
    notices.to_desk(appeal, "rated", of=taken, at=at)
