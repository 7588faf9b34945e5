from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def remind(appeal: Appeal, *, words: str = "", by: Actor, at: datetime) -> None:
    """Whoever has the appeal in hand was nudged (催办), with what there is to say, and it is counted."""
    taken = take(appeal, Action.REMIND, by=by, at=at, reason=words)
    notices.to_worker(appeal, "reminded", of=taken, at=at)
