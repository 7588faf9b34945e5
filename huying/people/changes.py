"""The record of the set-up: who changed what, when, from what to what."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from huying.people.models import SetupChange, Unit
from huying.rules.actors import Actor

PAGE = 50


class Refused(ValueError):
    """The set-up stays as it is; the text says why, in words for people. `field` names what to mend, if any."""

    def __init__(self, words: str, *, field: str = "") -> None:
        super().__init__(words)
        self.field = field


def record(
    *,
    area: str,
    act: str,
    subject: str,
    place: Unit | None,
    by: Actor,
    at: datetime,
    lines: Iterable[tuple[str, Any, Any]] = (),
) -> SetupChange | None:
    """The change stands in the record; a change of nothing leaves none."""
    said = [[name, _plain(before), _plain(after)] for name, before, after in lines if before != after]
    if not said and act == "changed":
        return None
    return SetupChange.objects.create(
        at=at, by_id=by.account, place=place, area=area, act=act, subject=subject[:160], lines=said
    )


def _plain(value: Any) -> str:
    """The value as it is kept: code words, dates and numbers, nothing translated."""
    return "" if value is None else str(value)


def recent(paths: Iterable[str], *, before: int | None = None) -> list[SetupChange]:
    """A page of changes of the organisations at these paths and below, newest first.

    Those at the top see what concerns everyone too.
    """
    seen = Q(pk__in=())
    for path in paths:
        seen |= Q(place__path__startswith=path)
        if path.count("/") == 2:
            seen |= Q(place=None)
    rows: QuerySet[SetupChange] = SetupChange.objects.filter(seen).select_related("by__person", "place")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows[: PAGE + 1])
