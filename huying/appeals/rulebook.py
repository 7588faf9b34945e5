"""Limits, ladder and calendars of a place, read whole and kept in memory by a print of their tables.

Dated rows are closed and followed by new ones, never rewritten, so counts and sums tell a change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, Subquery, Sum, Value

from huying.appeals import parameters
from huying.appeals.models import LadderStep, Limit, Parameter, Topic
from huying.people import calendars
from huying.people.models import Unit
from huying.people.prepared import Prepared
from huying.rules import escalation, limits
from huying.rules.clocks import Rulebook
from huying.rules.enums import AppealKind, ClockKind, Colour, LimitUnit, Rung, Severity, UnitLevel
from huying.rules.escalation import LadderFact
from huying.rules.limits import LimitFact
from huying.rules.shipped import SHIPPED

MARGIN = "outer_margin_days"


@dataclass(frozen=True)
class Tables:
    """What the tables of the rules say, without the calendars."""

    limits: tuple[LimitFact, ...]
    ladder: tuple[LadderFact, ...]
    lineage: dict[Any, frozenset[int]]
    margins: tuple[tuple[int, date, date], ...]

    def margin(self, *, on: date) -> int:
        """How many working days before the outer date the inner one ends."""
        valid = [(since, value) for value, since, until in self.margins if since <= on <= until]
        return max(valid)[1] if valid else parameters.SHIPPED[MARGIN]


_kept: dict[tuple[Any, ...], Tables] = {}
_KEEP = 20


def of_place(unit: Unit, *, born_on: date) -> tuple[Rulebook, tuple[LadderFact, ...]]:
    """The rulebook an appeal of this place and day is counted by, and the ladder; one small read if nothing changed."""
    above = [int(part) for part in unit.path.split("/") if part]
    rows = _ROWS.rows(*above)
    # Before a calendar is seeded there is no row to hang the prints on: rare, and then the tables are read afresh.
    tables = _tables(rows[0][3:]) if rows else _read()
    national, own = calendars.laid_over([row[:3] for row in rows], above)
    book = Rulebook(
        limits=tables.limits,
        national=national,
        own=own,
        lineage=tables.lineage,
        margin_days=tables.margin(on=born_on),
    )
    return book, tables.ladder


def seed(*, since: date) -> None:
    """The limits and the ladder that ship stand in their tables, to be seen and followed by others; once."""
    if not Limit.objects.exists():
        Limit.objects.bulk_create([_limit_row(replace(one, valid_from=since)) for one in SHIPPED])
    if not LadderStep.objects.exists():
        LadderStep.objects.bulk_create([ladder_row(one, since) for one in escalation.SHIPPED])


def follow(limit: LimitFact, *, on: date) -> Limit:
    """From that day on this limit stands in the place of the row it follows; appeals born before keep theirs.

    Raises `BadLimit` for a length no calendar reaches.
    """
    if not limits.is_sane(limit.amount):
        raise limits.BadLimit("期限太长，日历推算不到")
    same = {
        "step": limit.step,
        "kind": limit.kind or "",
        "tier": limit.tier or "",
        "topic_id": limit.topic,
        "severity": limit.severity or "",
        "channel": limit.channel,
    }
    eve = date.fromordinal(on.toordinal() - 1)
    Limit.objects.filter(**same, valid_from__gte=on).delete()
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    Limit.objects.filter(lasting, **same).update(valid_to=eve)
    row = _limit_row(replace(limit, valid_from=on, valid_to=date.max))
    row.save(force_insert=True)
    return row


# (calendar, unit, stamp, prints…) of the calendars over a place.
_ROWS = Prepared(
    lambda *above: calendars.rows_for(above).annotate(**_prints()).values_list("pk", "unit_id", "stamp", *_prints())
)


def _prints() -> dict[str, Subquery]:
    """Small numbers that change when a dated table does: rows, newest row, sum of the values, rows that were closed."""
    asked: dict[str, Subquery] = {}
    for name, model in (("limits", Limit), ("ladder", LadderStep), ("numbers", Parameter)):
        rows = model.objects.order_by().annotate(all=Value(1)).values("all")
        for what, number in _NUMBERS.items():
            asked[f"{name}_{what}"] = Subquery(rows.annotate(seen=number).values("seen"))
    topics = Topic.objects.order_by().annotate(all=Value(1)).values("all")
    return {**asked, "topics": Subquery(topics.annotate(seen=Count("pk")).values("seen"))}


_NUMBERS: dict[str, Any] = {
    "rows": Count("pk"),
    "newest": Max("pk"),
    "sum": Sum("value"),
    "closed": Count("valid_to"),
    "last": Max("valid_to"),
}


def _tables(seen: tuple[Any, ...]) -> Tables:
    if seen not in _kept:
        while len(_kept) >= _KEEP:
            _kept.pop(next(iter(_kept)))
        _kept[seen] = _read()
    return _kept[seen]


def _read() -> Tables:
    rows = Limit.objects.all()
    ladder = tuple(ladder_fact(one) for one in LadderStep.objects.all()) or escalation.SHIPPED
    margins = Parameter.objects.filter(name=MARGIN).values_list("value", "valid_from", "valid_to")
    return Tables(
        limits=tuple(one for one in map(fact, rows) if limits.is_sane(one.amount)),
        ladder=ladder,
        lineage=_lineage(),
        margins=tuple((value, since, until or date.max) for value, since, until in margins),
    )


def _lineage() -> dict[Any, frozenset[int]]:
    """Each topic, by id and by code, with its parents."""
    rows = list(Topic.objects.values_list("pk", "code", "parent_id"))
    parents = {pk: parent for pk, _, parent in rows}
    found: dict[Any, frozenset[int]] = {}
    for pk, code, _ in rows:
        found[pk] = found[code] = frozenset(_upwards(pk, parents))
    return found


def _upwards(pk: int | None, parents: dict[int, int | None]) -> Sequence[int]:
    line: list[int] = []
    while pk is not None and pk not in line:
        line.append(pk)
        pk = parents.get(pk)
    return line


def fact(row: Limit) -> LimitFact:
    """What a row of the table says."""
    return LimitFact(
        step=ClockKind(row.step),
        amount=limits.amount(row.value, LimitUnit(row.unit)),
        kind=AppealKind(row.kind) if row.kind else None,
        tier=UnitLevel(row.tier) if row.tier else None,
        topic=row.topic_id,
        severity=Severity(row.severity) if row.severity else None,
        channel=row.channel,
        moves_past_holidays=row.moves_past_holidays,
        source=row.source,
        valid_from=row.valid_from,
        valid_to=row.valid_to or date.max,
        id=row.pk,
    )


def _limit_row(fact: LimitFact) -> Limit:
    return Limit(
        step=fact.step,
        value=fact.amount.value,
        unit=fact.amount.unit,
        kind=fact.kind or "",
        tier=fact.tier or "",
        topic_id=fact.topic,
        severity=fact.severity or "",
        channel=fact.channel,
        moves_past_holidays=fact.moves_past_holidays,
        source=fact.source,
        valid_from=fact.valid_from,
        valid_to=None if fact.valid_to == date.max else fact.valid_to,
    )


def ladder_fact(row: LadderStep) -> LadderFact:
    """What a row of the ladder says."""
    return LadderFact(
        position=row.position,
        value=row.value,
        tells=Rung(row.tells),
        colour=Colour(row.colour),
        unit=LimitUnit(row.unit),
        clock=ClockKind(row.clock) if row.clock else None,
        severity=Severity(row.severity) if row.severity else None,
        from_start=row.from_start,
        source=row.source,
        valid_from=row.valid_from,
        valid_to=row.valid_to or date.max,
    )


def ladder_row(fact: LadderFact, since: date) -> LadderStep:
    """A step as a row that holds from that day on."""
    return LadderStep(
        clock=fact.clock or "",
        severity=fact.severity or "",
        position=fact.position,
        value=fact.value,
        unit=fact.unit,
        from_start=fact.from_start,
        colour=fact.colour,
        tells=fact.tells,
        source=fact.source,
        valid_from=since,
    )


def promised(*, on: date) -> list[tuple[AppealKind, int, LimitUnit]]:
    """(kind, number, unit) of the limits for an answer that are in force, as the public page prints them."""
    found = []
    for kind in AppealKind:
        limit = limits.pick(_read().limits, ClockKind.ANSWER, limits.About(kind=kind), on=on)
        if limit is not None:
            found.append((kind, limit.amount.value, limit.amount.unit))
    return found


def in_force(*, on: date) -> list[LimitFact]:
    """The limits of that day, in the order of the steps."""
    return [limit for limit in _read().limits if limit.valid_from <= on <= limit.valid_to]
