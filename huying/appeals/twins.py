"""Open appeals that may be the same matter: left under the same phone, or told alike. A person decides."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from huying.appeals import queries
from huying.appeals.casefile import CaseFile
from huying.appeals.models import Appeal, Text
from huying.language import likeness
from huying.rules import lifecycle
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
    is_same_phone: bool
    likeness: float


def twins_of(file: CaseFile) -> list[Twin]:
    """Open appeals of the same place that may be the same matter: left under the same phone, or told alike."""
    same_phone = set(_open_nearby(file).filter(_same_phone(file)).values_list("pk", flat=True))
    told = file.last(TextKind.VERBATIM)
    found = [
        Twin(row.pk, row.number, row.title, row.pk in same_phone, likeness.alike(told, row.told or ""))
        for row in _open_nearby(file)[:MOST_COMPARED]
    ]
    close = [one for one in found if one.is_same_phone or one.likeness >= ALIKE]
    return sorted(close, key=lambda one: (not one.is_same_phone, -one.likeness))[:MOST_OFFERED]


def _open_nearby(file: CaseFile) -> QuerySet[Appeal]:
    told = Text.objects.filter(appeal=OuterRef("pk"), kind=TextKind.VERBATIM).order_by("pk").values("body")[:1]
    return (
        queries.visible_to(file.actor)
        .filter(place=file.appeal.place_id, state__in=lifecycle.OPEN, received_at__gte=file.at - LOOKS_BACK)
        .exclude(pk=file.appeal.pk)
        .annotate(told=Subquery(told))
        .order_by("-received_at", "-pk")
    )


def _same_phone(file: CaseFile) -> Q:
    identity = getattr(file.appeal, "identity", None)
    index = identity.phone_index if identity is not None else ""
    return Q(identity__phone_index=index) if index else Q(pk__in=[])
