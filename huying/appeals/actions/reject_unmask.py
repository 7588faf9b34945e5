from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def reject_unmask(appeal: Appeal, *, reason: str, by: Actor, at: datetime) -> None:
    """Who asked does not see who filed, and is told why; the family reads that it was asked and refused."""
    ask = facts.of(appeal, at=at).history.unmask_ask
    record = {"for": ask.by} if ask is not None else {}
    taken = take(appeal, Action.REJECT_UNMASK, by=by, at=at, reason=reason, record=record)
    notices.to_person(appeal, "unmask_rejected", person=record.get("for"), of=taken, at=at)
