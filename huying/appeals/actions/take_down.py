from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def take_down(appeal: Appeal, *, publication: str, reason: str, by: Actor, at: datetime) -> None:
    """That the public text is gone from the web, and why, is on record; the appellant and the unit are told."""
    taken = take(appeal, Action.TAKE_DOWN, by=by, at=at, reason=reason, record={"publication": publication})
    notices.to_appellant(appeal, "taken_down", of=taken, at=at)
    notices.to_lead(appeal, "taken_down", of=taken, at=at)
