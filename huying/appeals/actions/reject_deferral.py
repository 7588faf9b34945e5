from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def reject_deferral(appeal: Appeal, *, reason: str, by: Actor, at: datetime) -> None:
    """The wish to put it off is refused; the work goes on to the old date."""
    taken = take(appeal, Action.REJECT_DEFERRAL, by=by, at=at, reason=reason)
    notices.to_worker(appeal, "deferral_rejected", of=taken, at=at)
