from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import Words, take
from huying.rules.actors import Actor
from huying.rules.enums import Action, ContactWay, TextKind


@transaction.atomic
def contact(
    appeal: Appeal,
    *,
    way: ContactWay,
    reached: bool,
    note: str = "",
    impossible: bool = False,
    by: Actor,
    at: datetime,
) -> None:
    """An attempt to talk to the appellant is on record, where they can see and deny it.

    `impossible` records that no way is left (no phone, no answer at the receipt); `note` says what was said or why.
    """
    record = {"way": way, "reached": reached, "impossible": impossible and bool(note)}
    words = [Words(TextKind.NOTE, note)] if note else []
    taken = take(appeal, Action.CONTACT, by=by, at=at, record=record, words=words)
    notices.to_appellant(appeal, "contacted", of=taken, at=at)
