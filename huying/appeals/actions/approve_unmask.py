from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def approve_unmask(appeal: Appeal, *, by: Actor, at: datetime) -> None:
    """Who asked may see what they asked for, from now until the hours are over."""
    ask = facts.of(appeal, at=at).history.unmask_ask
    record = {"for": ask.by, "hours": ask.hours} if ask is not None else {}
    taken = take(appeal, Action.APPROVE_UNMASK, by=by, at=at, record=record)
    notices.to_person(appeal, "unmask_approved", person=record.get("for"), of=taken, at=at)
