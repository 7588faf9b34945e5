from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from huying.appeals import facts
from huying.oversight import publications, publishing
from huying.oversight.actions.draft_publication import Draft, columns, require_fit
from huying.oversight.models import PublishedCase
from huying.rules import publication as rules
from huying.rules.actors import Actor
from huying.rules.enums import PublicationAct, PublicationStanding
from huying.rules.publication import Piece


@transaction.atomic
def redraft_publication(
    case: PublishedCase, *, draft: Draft, kept: Collection[Piece], version: int, by: Actor, at: datetime
) -> None:
    """The text that waits was written anew; whoever wrote last is the drafter. Raises NotPublishable or
    NotYoursToPublish."""
    of_appeal = facts.of(case.appeal, at=at)
    rules.require_drafter(by, of_appeal)
    rules.require_gate(of_appeal, is_open=publications.is_open(case.appeal.organisation))
    require_fit(case.appeal, draft, kept)
    changes = {**columns(case.appeal, draft, kept), "drafted_by_id": by.person, "drafted_at": at}
    publishing.move(case, version=version, when=PublicationStanding.DRAFTED, changes=changes)
    written = publishing.write(case, PublicationAct.REDRAFT, by=by, at=at)
    publishing.ask_for_a_second(case.appeal, written, at=at)
