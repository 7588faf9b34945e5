from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import Words, take
from huying.rules.actors import Actor
from huying.rules.enums import Action, TextKind


@transaction.atomic
def supervise(appeal: Appeal, *, demand: str, due_at: datetime, reason: str, by: Actor, at: datetime) -> None:
    """A formal demand with a date of its own stands over the appeal (督办)."""
    taken = take(
        appeal,
        Action.SUPERVISE,
        by=by,
        at=at,
        reason=reason,
        record={"due_at": due_at.isoformat()},
        given={"demand": demand},
        words=[Words(TextKind.DEMAND, demand)],
    )
    notices.to_lead(appeal, "supervised", of=taken, at=at)
    notices.to_desk(appeal, "supervised", of=taken, at=at)
