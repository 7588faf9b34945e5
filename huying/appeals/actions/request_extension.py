from datetime import datetime

from django.db import transaction

from huying.appeals import clocks, deciders
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def request_extension(appeal: Appeal, *, due_at: datetime, reason: str, by: Actor, at: datetime) -> None:
    """A later date is asked for, before the old one and once; another person decides."""
    record = {"wished": due_at.isoformat()}
    given = {"due_at": due_at, "latest": clocks.latest_extension(appeal)}
    taken = take(appeal, Action.REQUEST_EXTENSION, by=by, at=at, reason=reason, record=record, given=given)
    deciders.tell_who_decides_time(appeal, "extension_requested", asked_by=by.person, of=taken, at=at)
