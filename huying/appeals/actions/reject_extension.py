from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def reject_extension(appeal: Appeal, *, reason: str, by: Actor, at: datetime) -> None:
    """The wish for a later date is refused; the old date stands."""
    taken = take(appeal, Action.REJECT_EXTENSION, by=by, at=at, reason=reason)
    notices.to_worker(appeal, "extension_rejected", of=taken, at=at)
