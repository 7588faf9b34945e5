from datetime import date, datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import Words, take
from huying.rules.actors import Actor
from huying.rules.enums import Action, PostKind, TextKind


@transaction.atomic
def request_deferral(appeal: Appeal, *, plan: str, review_on: date, reason: str, by: Actor, at: datetime) -> None:
    """The unit asks in writing to put off (挂账) what cannot be solved now: objective reason, plan, review day."""
    taken = take(
        appeal,
        Action.REQUEST_DEFERRAL,
        by=by,
        at=at,
        reason=reason,
        record={"review_on": review_on.isoformat()},
        given={"plan": plan},
        words=[Words(TextKind.PLAN, plan)],
    )
    notices.to_post(appeal, "deferral_requested", unit=appeal.place, holder=PostKind.PRINCIPAL, of=taken, at=at)
