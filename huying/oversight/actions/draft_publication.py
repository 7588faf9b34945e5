from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.appeals import facts
from huying.appeals.models import Appeal
from huying.oversight import publications, publishing
from huying.oversight.models import PublishedCase
from huying.people import queries as people
from huying.rules import publication as rules
from huying.rules.actors import Actor
from huying.rules.enums import PublicationAct, PublicationStanding
from huying.rules.publication import NotPublishable, Piece
from huying.rules.workdays import local_day


@dataclass(frozen=True)
class Draft:
    """A public text in the office's own words; `names_school` says whether the school is named."""

    title: str
    question: str
    answer: str
    names_school: bool = False

    @property
    def words(self) -> tuple[str, str, str]:
        return self.title, self.question, self.answer


@transaction.atomic
def draft_publication(
    appeal: Appeal, *, draft: Draft, kept: Collection[Piece], by: Actor, at: datetime
) -> PublishedCase:
    """A public text about a closed matter waits for a second person. Raises NotPublishable or NotYoursToPublish."""
    case = facts.of(appeal, at=at)
    rules.require_drafter(by, case)
    rules.require_gate(case, is_open=publications.is_open(appeal.organisation))
    if publications.live_of(appeal) is not None:
        raise NotPublishable("这件已经有一篇公开答复")
    require_fit(appeal, draft, kept)
    closed_on = local_day(case.history.closed_at or at)
    made = PublishedCase.objects.create(
        appeal=appeal,
        token=publishing.token(),
        standing=PublicationStanding.DRAFTED,
        topic=appeal.topic,
        month=closed_on.replace(day=1),
        drafted_by_id=by.person,
        drafted_at=at,
        **columns(appeal, draft, kept),
    )
    written = publishing.write(made, PublicationAct.DRAFT, by=by, at=at)
    publishing.ask_for_a_second(appeal, written, at=at)
    return made


def require_fit(appeal: Appeal, draft: Draft, kept: Collection[Piece]) -> None:
    """The words may be public: written, the office's own, and nothing undecided in them."""
    rules.require_words(*draft.words)
    rules.require_own_words(draft.words, publications.said_by_the_parent(appeal))
    rules.require_decided(publications.pieces(draft.words), kept)


def columns(appeal: Appeal, draft: Draft, kept: Collection[Piece]) -> dict[str, object]:
    """A draft as the table holds it; of what was left in, only what still stands there."""
    left_in = [piece for piece in publications.pieces(draft.words) if piece in kept]
    return {
        "title": draft.title,
        "question": draft.question,
        "answer": draft.answer,
        "school": people.school_of(appeal.place) if draft.names_school else None,
        "kept": [list(piece) for piece in left_in],
    }
