from datetime import date, datetime

from django.db import transaction

from huying.appeals import deciders
from huying.appeals.models import Appeal
from huying.appeals.steps import Words, take
from huying.rules.actors import Actor
from huying.rules.enums import Action, TextKind


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
    deciders.tell_who_decides_time(appeal, "deferral_requested", asked_by=by.person, of=taken, at=at)
