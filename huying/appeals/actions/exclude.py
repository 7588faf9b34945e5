from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.people.models import Person
from huying.rules.actors import Actor
from huying.rules.enums import Action, ExclusionGround


@transaction.atomic
def exclude(
    appeal: Appeal, *, ground: ExclusionGround, first: Person | None, reason: str, by: Actor, at: datetime
) -> None:
    """The appeal is left out of appraisal (剔除), never out of volume or safety; `first` decided before, at the level
    below. Only the request that both have granted calls this."""
    record = {"ground": ground, "first": first.pk if first is not None else None, "second": by.person}
    taken = take(appeal, Action.EXCLUDE, by=by, at=at, reason=reason, record=record, changes={"counted": False})
    notices.to_appellant(appeal, "excluded", of=taken, at=at)
    notices.to_lead(appeal, "excluded", of=taken, at=at)
