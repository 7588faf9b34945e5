"""Long lists without offsets: the place of the last row shown says where the next page begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet


@dataclass(frozen=True)
class Order:
    """By a moment, then by key, both in one direction; rows without the moment come last."""

    field: str
    is_descending: bool = False

    @property
    def expressions(self) -> tuple[Any, ...]:
        moment = F(self.field)
        if self.is_descending:
            return (moment.desc(nulls_last=True), "-pk")
        return (moment.asc(nulls_last=True), "pk")


@dataclass(frozen=True)
class Place:
    """Where a row stands in the list."""

    moment: datetime | None
    pk: int

    def __str__(self) -> str:
        return f"{self.moment.isoformat() if self.moment else ''}~{self.pk}"


@dataclass(frozen=True)
class Page:
    """Some rows, and the queries that lead on and back; empty where there is nothing."""

    rows: list[Any]
    following: str = ""
    preceding: str = ""


def page(rows: QuerySet, order: Order, query: Mapping[str, str], *, size: int) -> Page:
    """The rows after or before the place that the query names, at most `size`."""
    place, backwards = _place(query)
    ordered = rows.order_by(*order.expressions)
    if place is not None:
        ordered = ordered.filter(_beyond(order, place, backwards=backwards))
    found = list((ordered.reverse() if backwards else ordered)[: size + 1])
    has_more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    is_first, is_last = (not has_more, False) if backwards else (place is None, not has_more)
    if not found:
        return Page([])
    following = "" if is_last else f"after={_quoted(_place_of(found[-1], order))}"
    preceding = "" if is_first else f"before={_quoted(_place_of(found[0], order))}"
    return Page(found, following, preceding)


def _place(query: Mapping[str, str]) -> tuple[Place | None, bool]:
    """A place nobody could have got from us is no place: the list begins at its start."""
    backwards = bool(query.get("before"))
    moment, _, pk = (query.get("before") or query.get("after") or "").partition("~")
    try:
        return Place(datetime.fromisoformat(moment) if moment else None, int(pk)), backwards
    except ValueError:
        return None, False


def _place_of(row: Any, order: Order) -> Place:
    return Place(getattr(row, order.field), row.pk)


def _quoted(place: Place) -> str:
    return str(place).replace("+", "%2B")


def _beyond(order: Order, place: Place, *, backwards: bool) -> Q:
    """What comes after the place in the direction of reading."""
    way = "lt" if order.is_descending is not backwards else "gt"
    same = Q(**{order.field: place.moment}) if place.moment else Q(**{f"{order.field}__isnull": True})
    further = same & Q(**{f"pk__{way}": place.pk})
    if place.moment:
        further |= Q(**{f"{order.field}__{way}": place.moment})
    without = Q(**{f"{order.field}__isnull": True})
    if backwards:
        return further if place.moment else further | ~without
    return further | without if place.moment else further
