from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action, RecusalReason


@transaction.atomic
def recuse(appeal: Appeal, *, ground: RecusalReason, reason: str, by: Actor, at: datetime) -> None:
    """Somebody stepped back (回避): they are no longer in charge, and somebody else must be found; clocks run on."""
    changes = {"in_charge": None} if appeal.in_charge_id == by.person else {}
    taken = take(appeal, Action.RECUSE, by=by, at=at, reason=reason, record={"ground": ground}, changes=changes)
    notices.to_desk(appeal, "recused", of=taken, at=at)
