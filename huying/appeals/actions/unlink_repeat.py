from datetime import datetime

from django.db import transaction

from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def unlink_repeat(appeal: Appeal, *, reason: str, by: Actor, at: datetime) -> None:
    """The appeal is no repeat: it stands by itself, and the record says who said so and why."""
    former = {"repeat_of": appeal.repeat_of_id}
    take(
        appeal,
        Action.UNLINK_REPEAT,
        by=by,
        at=at,
        reason=reason,
        record={"former": former},
        changes={"repeat_of": None},
    )
