from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def include(appeal: Appeal, *, reason: str, by: Actor, at: datetime) -> None:
    """The appeal counts in appraisal again: the exclusion was wrong, or what it stood on has gone."""
    taken = take(appeal, Action.INCLUDE, by=by, at=at, reason=reason, changes={"counted": True})
    notices.to_appellant(appeal, "included", of=taken, at=at)
    notices.to_lead(appeal, "included", of=taken, at=at)
