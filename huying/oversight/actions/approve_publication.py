from datetime import datetime

from django.db import transaction

from huying.appeals import facts
from huying.appeals.actions.publish import publish
from huying.oversight import publications, publishing
from huying.oversight.models import PublishedCase
from huying.rules import publication as rules
from huying.rules.actors import Actor
from huying.rules.enums import PublicationAct, PublicationStanding
from huying.rules.workdays import local_day


@transaction.atomic
def approve_publication(case: PublishedCase, *, version: int, by: Actor, at: datetime) -> None:
    """The text is public: a second person agreed to this very version. The ledger of the appeal says so, and the
    appellant is told. Raises NotPublishable, NotYoursToPublish, or what the life cycle raises."""
    of_appeal = facts.of(case.appeal, at=at)
    rules.require_decider(by, of_appeal, drafter=case.drafted_by_id)
    rules.require_gate(of_appeal, is_open=publications.is_open(case.appeal.organisation))
    rules.require_decided(publications.pieces((case.title, case.question, case.answer)), publications.kept_of(case))
    changes = {
        "standing": PublicationStanding.PUBLISHED,
        "decided_by_id": by.person,
        "decided_at": at,
        "published_on": local_day(at),
    }
    publishing.move(case, version=version, when=PublicationStanding.DRAFTED, changes=changes)
    publishing.write(case, PublicationAct.APPROVE, by=by, at=at)
    publish(case.appeal, publication=case.token, drafter=case.drafted_by, by=by, at=at)
