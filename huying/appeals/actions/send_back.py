from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules import permissions
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def send_back(appeal: Appeal, *, reason: str, by: Actor, at: datetime) -> None:
    """The answer is returned to the unit that gave it (退办, down: "not good enough"), with one more round of work."""
    by_above = permissions.is_above(by, facts.of(appeal, at=at))
    taken = take(appeal, Action.SEND_BACK, by=by, at=at, reason=reason, given={"by_above": by_above})
    notices.to_worker(appeal, "sent_back", of=taken, at=at)
    notices.to_appellant(appeal, "sent_back", of=taken, at=at)
