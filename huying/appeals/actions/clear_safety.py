from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def clear_safety(appeal: Appeal, *, reason: str, by: Actor, at: datetime) -> None:
    """A person above the handling unit found that it is no red-line matter; it is back on the ladder."""
    taken = take(appeal, Action.CLEAR_SAFETY, by=by, at=at, reason=reason, changes={"red_line": ""})
    notices.to_desk(appeal, "red_line_cleared", of=taken, at=at)
