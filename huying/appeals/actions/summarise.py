from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import Words, take
from huying.rules.actors import Actor
from huying.rules.enums import Action, TextKind


@transaction.atomic
def summarise(appeal: Appeal, *, summary: str, by: Actor, at: datetime) -> None:
    """What handlers work from (事实摘要) says this now: written by one of the two readers, also after the family has
    added something."""
    words = [Words(TextKind.SUMMARY, summary)] if summary else []
    taken = take(appeal, Action.SUMMARISE, by=by, at=at, given={"summary": summary}, words=words)
    notices.to_worker(appeal, "summarised", of=taken, at=at)
