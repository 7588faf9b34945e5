from datetime import datetime

from django.db import transaction

from huying.appeals import facts
from huying.oversight import publishing
from huying.oversight.models import PublishedCase
from huying.rules import publication as rules
from huying.rules.actors import Actor
from huying.rules.enums import PublicationAct, PublicationStanding


@transaction.atomic
def withhold_publication(case: PublishedCase, *, reason: str, version: int, by: Actor, at: datetime) -> None:
    """The text is not published, and the reason stands on record; the drafter is told. Raises NotPublishable or
    NotYoursToPublish."""
    rules.require_reason(reason)
    rules.require_decider(by, facts.of(case.appeal, at=at), drafter=case.drafted_by_id)
    changes = {"standing": PublicationStanding.WITHHELD, "decided_by_id": by.person, "decided_at": at}
    publishing.move(case, version=version, when=PublicationStanding.DRAFTED, changes=changes)
    written = publishing.write(case, PublicationAct.WITHHOLD, reason=reason, by=by, at=at)
    publishing.tell(case.appeal, "publication_withheld", person=case.drafted_by_id, of=written, at=at)
