from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def refer_out(appeal: Appeal, *, route: str, handed_over: str, reason: str, by: Actor, at: datetime) -> None:
    """The matter went to another lawful route (转其他渠道), at once and 未复核. `handed_over` says what went."""
    record = {"route": route, "handed_over": handed_over}
    taken = take(appeal, Action.REFER_OUT, by=by, at=at, reason=reason, record=record)
    notices.to_appellant(appeal, "referred_out", of=taken, at=at, route=route)
    notices.to_desk(appeal, "unreviewed", of=taken, at=at)
