from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huying.appeals import attachments, notices
from huying.appeals.actions.resume import resume
from huying.appeals.models import Appeal
from huying.appeals.steps import Words, take
from huying.rules.actors import TIMER, Actor
from huying.rules.enums import Action, State, TextKind


@transaction.atomic
def add_message(appeal: Appeal, *, message: str, tokens: Sequence[str] = (), by: Actor, at: datetime) -> None:
    """More words or files of the appellant (补充) belong to the appeal; a pause that waited for them is over."""
    taken = take(
        appeal,
        Action.ADD_MESSAGE,
        by=by,
        at=at,
        record={"files": len(tokens)},
        given={"message": message or bool(tokens)},
        words=[Words(TextKind.MESSAGE, message)] if message else [],
    )
    attachments.attach(appeal, tokens, event=taken.event, is_for_appellant=True)
    notices.to_worker(appeal, "message_added", of=taken, at=at)
    notices.to_readers(appeal, "message_added", of=taken, at=at)
    if appeal.state == State.CLOSED:
        # What comes after the closing is a wish to have it taken up again: the dispatcher decides.
        notices.to_desk(appeal, "reopen_wished", of=taken, at=at)
    if appeal.paused:
        resume(appeal, by=TIMER, at=at)
