from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.people.models import Person
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def publish(appeal: Appeal, *, publication: str, drafter: Person | None, by: Actor, at: datetime) -> None:
    """That a text written apart is public, who wrote it and who agreed, is on record; the appellant and the unit are
    told. Only the approval of a `PublishedCase` calls this; `publication` is its token."""
    written_by = drafter.pk if drafter is not None else None
    record = {"publication": publication, "drafter": written_by, "approver": by.person}
    taken = take(appeal, Action.PUBLISH, by=by, at=at, record=record)
    notices.to_appellant(appeal, "published", of=taken, at=at)
    notices.to_lead(appeal, "published", of=taken, at=at)
