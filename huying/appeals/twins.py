"""Open appeals that may be the same matter: left under the same phone, or told alike. A person decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from huying.appeals import queries, sealedwords
from huying.appeals.casefile import CaseFile
from huying.appeals.models import Appeal, Text, Topic
from huying.language import likeness
from huying.rules import lifecycle
from huying.rules.actors import Actor
from huying.rules.enums import TextKind

MOST_COMPARED = 200
MOST_OFFERED = 5
LOOKS_BACK = timedelta(days=90)
ALIKE = 0.35


@dataclass(frozen=True)
class Twin:
    """An open appeal that may be the same matter, and what speaks for it."""

    pk: int
    number: str
    title: str
    topic: Topic
    is_sealed: bool
    is_same_phone: bool
    likeness: float


def twins_of(file: CaseFile) -> list[Twin]:
    """Open appeals of the same place that may be the same matter: left under the same phone, or told alike."""
    nearby = _open_nearby(file.actor, file.appeal.place_id, at=file.at).exclude(pk=file.appeal.pk)
    same_phone = set(nearby.filter(_same_phone(file)).values_list("pk", flat=True))
    return _close(nearby, same_phone, told=file.last(TextKind.VERBATIM))


def twins_of_words(actor: Actor, *, place: int, told: str, at: datetime) -> list[Appeal]:
    """Open appeals of this place that tell alike what is just being told, the most alike first."""
    nearby = list(_open_nearby(actor, place, at=at).filter(is_sealed=False)[:MOST_COMPARED])
    likenesses = {row.pk: _alike(row, told) for row in nearby}
    close = [row for row in nearby if likenesses[row.pk] >= ALIKE]
    return sorted(close, key=lambda row: -likenesses[row.pk])[:MOST_OFFERED]


def _close(nearby: QuerySet[Appeal], same_phone: set[int], *, told: str) -> list[Twin]:
    found = [
        Twin(row.pk, row.number, row.title, row.topic, row.is_sealed, row.pk in same_phone, _alike(row, told))
        for row in nearby[:MOST_COMPARED]
    ]
    close = [one for one in found if one.is_same_phone or one.likeness >= ALIKE]
    return sorted(close, key=lambda one: (not one.is_same_phone, -one.likeness))[:MOST_OFFERED]


def _alike(row: Appeal, told: str) -> float:
    # Words nobody may read are compared with nobody's: whoever guessed them would be told so.
    return 0.0 if row.is_sealed else likeness.alike(told, row.told or "")


def _open_nearby(actor: Actor, place: int, *, at: datetime) -> QuerySet[Appeal]:
    told = Text.objects.filter(appeal=OuterRef("pk"), kind=TextKind.VERBATIM).order_by("pk").values("body")[:1]
    return (
        queries.visible_to(actor)
        .filter(place=place, state__in=lifecycle.OPEN, received_at__gte=at - LOOKS_BACK)
        .annotate(told=Subquery(told), is_sealed=sealedwords.condition())
        .select_related("topic")
        .order_by("-received_at", "-pk")
    )


def _same_phone(file: CaseFile) -> Q:
    identity = getattr(file.appeal, "identity", None)
    index = identity.phone_index if identity is not None else ""
    return Q(identity__phone_index=index) if index else Q(pk__in=[])
