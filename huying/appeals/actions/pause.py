from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import Words, take
from huying.rules.actors import Actor
from huying.rules.enums import Action, PauseReason, TextKind


@transaction.atomic
def pause(appeal: Appeal, *, ground: PauseReason, question: str, reason: str, by: Actor, at: datetime) -> None:
    """The inner clocks stand still, up to the cap, while the appellant is asked; 未复核 until confirmed."""
    taken = take(
        appeal,
        Action.PAUSE,
        by=by,
        at=at,
        reason=reason,
        record={"ground": ground},
        given={"question": question},
        words=[Words(TextKind.QUESTION, question)],
    )
    notices.to_appellant(appeal, "paused", of=taken, at=at)
    notices.to_desk(appeal, "unreviewed", of=taken, at=at)
