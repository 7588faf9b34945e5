from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action, RefusalGround


@transaction.atomic
def refuse(appeal: Appeal, *, ground: RefusalGround, route: str, reason: str, by: Actor, at: datetime) -> None:
    """The matter is not taken on (不予受理), at once, and 未复核 until a second person confirms or overturns."""
    record = {"ground": ground, "route": route}
    taken = take(appeal, Action.REFUSE, by=by, at=at, reason=reason, record=record)
    notices.to_appellant(appeal, "refused", of=taken, at=at, route=route)
    notices.to_desk(appeal, "unreviewed", of=taken, at=at)
