from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def resume(appeal: Appeal, *, by: Actor, at: datetime) -> None:
    """The clocks run again: by the person in charge, by the appellant's message, or at the cap."""
    taken = take(appeal, Action.RESUME, by=by, at=at)
    notices.to_worker(appeal, "resumed", of=taken, at=at)
    notices.to_appellant(appeal, "resumed", of=taken, at=at)
