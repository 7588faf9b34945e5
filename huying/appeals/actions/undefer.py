from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def undefer(appeal: Appeal, *, reason: str = "", by: Actor, at: datetime) -> None:
    """The appeal is worked on again (销账); what was left of its time runs on."""
    taken = take(appeal, Action.UNDEFER, by=by, at=at, reason=reason)
    notices.to_worker(appeal, "undeferred", of=taken, at=at)
    notices.to_appellant(appeal, "undeferred", of=taken, at=at)
