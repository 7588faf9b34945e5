from datetime import datetime

from django.db import transaction

from huying.appeals import clocks, notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def approve_extension(appeal: Appeal, *, due_at: datetime, reason: str = "", by: Actor, at: datetime) -> None:
    """A new date is granted by another person; the old one stays on record and the appellant is told."""
    record = {"due_at": due_at.isoformat(), "old_due_at": appeal.due_at.isoformat() if appeal.due_at else None}
    given = {"due_at": due_at, "latest": clocks.latest_extension(appeal)}
    taken = take(appeal, Action.APPROVE_EXTENSION, by=by, at=at, reason=reason, record=record, given=given)
    notices.to_worker(appeal, "extension_approved", of=taken, at=at)
    notices.to_appellant(appeal, "extended", of=taken, at=at)
