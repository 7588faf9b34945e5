from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import Words, take
from huying.rules.actors import Actor
from huying.rules.enums import Action, TextKind


@transaction.atomic
def ask(appeal: Appeal, *, question: str, by: Actor, at: datetime) -> None:
    """A question waits at the receipt (追问, relay); no identity is needed and no clock stops."""
    words = [Words(TextKind.QUESTION, question)]
    taken = take(appeal, Action.ASK, by=by, at=at, given={"question": question}, words=words)
    notices.to_appellant(appeal, "asked", of=taken, at=at)
