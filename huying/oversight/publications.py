"""Public texts, read: by staff only with the appeal in sight, by everyone only what is public at this moment.

A matter that was opened again, disputed, marked red or turned into a 举报 since is hidden the same moment: what is
public is asked anew by every page, and never remembered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from huying.appeals import queries
from huying.appeals.models import Appeal, Text, Topic
from huying.language import redaction
from huying.oversight.models import OpennessDecision, PublicationEvent, PublishedCase
from huying.people import queries as people
from huying.people.models import Unit
from huying.people.prepared import Prepared, PreparedObjects
from huying.rules import publication as rules
from huying.rules.actors import Actor
from huying.rules.case import CaseFacts, UnitFact
from huying.rules.enums import AppealKind, PublicationStanding, State, TextKind
from huying.rules.publication import Piece

MOST_WORDS = 5
SAID = (TextKind.VERBATIM, TextKind.REQUEST_ITEM, TextKind.WISH, TextKind.MESSAGE)
ON_PAPER = ("appeal", "appeal__organisation", "topic", "school", "drafted_by", "decided_by")


class Missing(Exception):
    """There is no such public text for this person: the same answer whether it exists or not."""


class TakenDown(Exception):
    """The text was public once and is no more."""


@dataclass(frozen=True)
class Shown:
    """A public text as everyone reads it: nothing else of the matter goes to a public page."""

    token: str
    title: str
    question: str
    answer: str
    topic: str
    topic_code: str
    school: str
    month: date
    published_on: date


def is_open(unit: Unit) -> bool:
    """Whether the unit publishes answers one by one; off until its head decides."""
    return _DECIDED.first(unit.pk) == (True,)


_DECIDED = Prepared(lambda unit: OpennessDecision.objects.filter(unit=unit).order_by("-id").values_list("is_open")[:1])


def unit(pk: int) -> Unit:
    """One unit, to be opened or closed by its head."""
    return people.unit(pk)


def openness_of(units: Iterable[UnitFact]) -> list[tuple[Unit, bool, list[OpennessDecision]]]:
    """These units, whether each is open, and what was decided, the newest first."""
    found = [people.unit(one.id) for one in units]
    return [(one, is_open(one), list(decisions_of(one)[:5])) for one in found]


def decisions_of(unit: Unit) -> QuerySet[OpennessDecision]:
    """What its heads decided, the newest first."""
    return OpennessDecision.objects.filter(unit=unit).select_related("person").order_by("-id")


def pieces(texts: Iterable[str]) -> list[Piece]:
    """What tells of a person in these texts, as far as software sees it, each once."""
    found = [Piece(one.kind.value, text[one.start : one.end]) for text in texts for one in redaction.find(text)]
    return list(dict.fromkeys(found))


def said_by_the_parent(appeal: Appeal) -> str:
    """All that whoever filed wrote, to hold a public text against it."""
    return "\n".join(Text.objects.filter(appeal=appeal, kind__in=SAID).order_by("pk").values_list("body", flat=True))


def visible_to(actor: Actor) -> QuerySet[PublishedCase]:
    """The public texts about appeals this person may know of."""
    if not rules.is_publisher(actor):
        return PublishedCase.objects.none()
    seen = queries.visible_to(actor).values("pk")
    return PublishedCase.objects.filter(appeal__in=seen).select_related(*ON_PAPER)


def standing(actor: Actor, standing: PublicationStanding) -> QuerySet[PublishedCase]:
    """Those of them that stand so."""
    return visible_to(actor).filter(standing=standing)


def case_for(actor: Actor, token: str, *, at: datetime) -> tuple[PublishedCase, CaseFacts]:
    """One of them with the facts of its appeal; Missing otherwise."""
    found = visible_to(actor).filter(token=token).first()
    if found is None:
        raise Missing
    _appeal, case = queries.case_for(actor, found.appeal_id, at=at)
    return found, case


def live_of(appeal: Appeal) -> PublishedCase | None:
    """The text about this appeal that is drafted or public."""
    return _LIVE.first(appeal.pk)


_LIVE = PreparedObjects(
    PublishedCase,
    lambda appeal: PublishedCase.objects.filter(
        appeal=appeal, standing__in=(PublicationStanding.DRAFTED, PublicationStanding.PUBLISHED)
    )[:1],
)


def events_of(case: PublishedCase) -> QuerySet[PublicationEvent]:
    """The record of a public text, oldest first."""
    return PublicationEvent.objects.filter(case=case).select_related("person")


def kept_of(case: PublishedCase) -> frozenset[Piece]:
    """What a person left in."""
    return frozenset(Piece(kind, words) for kind, words in case.kept)


def public() -> QuerySet[PublishedCase]:
    """What everyone may read now, the newest first."""
    stands = Q(appeal__state=State.CLOSED, appeal__safety=False, appeal__disputed=False)
    rows = PublishedCase.objects.filter(stands, standing=PublicationStanding.PUBLISHED)
    return (
        rows.exclude(appeal__kind=AppealKind.REPORT).select_related("topic", "school").order_by("-published_on", "-id")
    )


def search(words: str = "", *, topic: str = "") -> QuerySet[PublishedCase]:
    """The public texts that hold every word, and are about the topic."""
    found = public()
    for word in words.replace("\0", "").split()[:MOST_WORDS]:
        found = found.filter(Q(title__icontains=word) | Q(question__icontains=word) | Q(answer__icontains=word))
    return found.filter(topic__code=topic) if topic else found


def public_topics() -> QuerySet[Topic]:
    """The topics that public texts are about."""
    return Topic.objects.filter(pk__in=public().order_by().values("topic")).order_by("position", "id")


def shown(case: PublishedCase) -> Shown:
    """The text as everyone reads it; also before it is public, for who decides."""
    return Shown(
        token=case.token,
        title=case.title,
        question=case.question,
        answer=case.answer,
        topic=case.topic.name,
        topic_code=case.topic.code,
        school=case.school.name if case.school is not None else "",
        month=case.month,
        published_on=case.published_on or case.month,
    )


def public_case(token: str) -> Shown:
    """One public text; TakenDown where it was public once, Missing where it never was."""
    found = public().filter(token=token).first()
    if found is not None:
        return shown(found)
    if PublishedCase.objects.filter(token=token, published_on__isnull=False).exists():
        raise TakenDown
    raise Missing
