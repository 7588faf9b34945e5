from datetime import date, datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import Words, take
from huying.rules.actors import Actor
from huying.rules.enums import Action, TextKind


@transaction.atomic
def defer(appeal: Appeal, *, plan: str, review_on: date, reason: str, by: Actor, at: datetime) -> None:
    """The appeal is put off (挂账) until a review day, granted before the due date and explained to the appellant."""
    taken = take(
        appeal,
        Action.DEFER,
        by=by,
        at=at,
        reason=reason,
        record={"review_on": review_on.isoformat()},
        given={"plan": plan},
        words=[Words(TextKind.PLAN, plan)],
    )
    notices.to_worker(appeal, "deferred", of=taken, at=at)
    notices.to_appellant(appeal, "deferred", of=taken, at=at, review_on=review_on.isoformat())
