"""Figures of a period read from the tally: whole, by unit, topic, channel, kind or month, and the cases behind each.

A board, a bulletin, an export and `huying figures` all ask here, so they say the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from huying.appeals import parameters
from huying.appeals.models import Appeal, Tag, Topic
from huying.channels.models import Channel
from huying.oversight import hiding
from huying.oversight.models import Stroke
from huying.people import planning
from huying.people.models import Unit
from huying.rules import catalogue
from huying.rules.actors import Actor
from huying.rules.enums import AppealKind, Measure, Standing
from huying.rules.indicators import STANDINGS, Figure, Indicator, Sums
from huying.rules.periods import Period
from huying.rules.strokes import AFTER_THE_DAY

NUMBERS = ("rate_floor", "basically_weight", "response_weight", "resolution_weight", "satisfaction_weight")


@dataclass(frozen=True)
class Scope:
    """Which appeals are asked about. Everything left out means "every".

    `unit` is where they belong, or, with `by_hand`, who had them in hand. `without`: appeals that stay out (see
    `hiding`); use `seen_by` and `of_unit` rather than setting it. `only`: these and no others.
    """

    unit: Unit | None = None
    by_hand: bool = False
    topics: tuple[int, ...] = ()
    channel: Channel | None = None
    kind: AppealKind | None = None
    tag: Tag | None = None
    without: tuple[QuerySet[Any, int], ...] = field(default=(), compare=False)
    only: QuerySet[Any, int] | None = field(default=None, compare=False)

    def strokes(self) -> QuerySet[Stroke]:
        """The strokes of these appeals."""
        rows = Stroke.objects.all()
        if self.unit is not None:
            under = Unit.objects.filter(path__startswith=self.unit.path).values("pk")
            rows = rows.filter(unit__in=under) if self.by_hand else rows.filter(place__in=under)
        if self.topics:
            rows = rows.filter(topic__in=self.topics)
        if self.channel is not None:
            rows = rows.filter(channel=self.channel)
        if self.kind is not None:
            rows = rows.filter(kind=self.kind)
        if self.tag is not None:
            rows = rows.filter(appeal__in=Appeal.objects.filter(tags=self.tag).values("pk"))
        if self.only is not None:
            rows = rows.filter(appeal__in=self.only)
        for hidden in self.without:
            rows = rows.exclude(appeal__in=hidden)
        return rows


def of_unit(unit: Unit | None, *, on: date, **more: Any) -> Scope:
    """What a unit's own figures count: everything of its own but what went past it."""
    return Scope(unit=unit, without=(hiding.past(unit, on=on),) if unit is not None else (), **more)


def seen_by(actor: Actor, scope: Scope) -> Scope:
    """The same, without what is kept from this reader."""
    return replace(scope, without=(*scope.without, hiding.behind_walls(actor)))


def of_topic(topic: Topic) -> tuple[int, ...]:
    """A topic with everything below it in the tree."""
    found, front = {topic.pk}, {topic.pk}
    while front:
        front = set(Topic.objects.filter(parent__in=front).values_list("pk", flat=True)) - found
        found |= front
    return tuple(sorted(found))


@dataclass(frozen=True)
class Report:
    """The catalogue for one scope and period, as of one day."""

    period: Period
    on: date
    sums: Sums
    figures: Mapping[str, Figure]

    def __getitem__(self, code: str) -> Figure:
        return self.figures[code]

    def count(self, code: str) -> int:
        """A plain count."""
        return int(self.figures[code].n)


def of(scope: Scope, period: Period, *, on: date) -> Report:
    """Every figure of the catalogue. `on` is the day of computing: what is due later is not counted yet."""
    return report(sums(scope, period, on=on), period, on=on)


def report(added: Sums, period: Period, *, on: date) -> Report:
    """The figures these sums come to."""
    numbers = {name: parameters.value(name, on=period.until) for name in NUMBERS}
    days = (on - period.until).days
    return Report(period, on, added, catalogue.figures(added, numbers=numbers, days_since=days))


@planning.by_values()
def sums(scope: Scope, period: Period, *, on: date) -> Sums:
    """The strokes of a period added up, and what was in hand when it began."""
    rows = scope.strokes()
    return Sums(period=_added(_inside(rows, period, on=on)), carried=_carried(rows, period))


@planning.by_values()
def by(
    scope: Scope, period: Period, column: str, *, on: date, key: Callable[[Any], Any] = lambda one: one
) -> dict[Any, Sums]:
    """The same by a column of the strokes: place, unit, topic, channel or kind. `key` gathers several values into one
    (a place into its school); what it gives None for is left out."""
    rows = scope.strokes()
    added = _added_by(_inside(rows, period, on=on), column, key)
    carried: dict[Any, dict[Standing, int]] = defaultdict(lambda: defaultdict(int))
    before = rows.filter(measure=Measure.IN_HAND, day__lt=period.since).order_by().values_list(column, "standing")
    for value, standing, amount in before.annotate(Sum("amount")):
        carried[key(value)][Standing(standing)] += amount
    names = (added.keys() | carried.keys()) - {None}
    return {name: Sums(dict(added[name]), dict(carried[name])) for name in names}


@planning.by_values()
def inside_by(
    scope: Scope,
    period: Period,
    column: str,
    measures: Iterable[Measure],
    *,
    on: date,
    key: Callable[[Any], Any] = lambda one: one,
) -> dict[Any, Sums]:
    """Only what these measures hold within the period, by a column: a board of all schools waits for no more."""
    rows = _inside(scope.strokes().filter(measure__in=[*measures]), period, on=on)
    found = _added_by(rows, column, key)
    return {name: Sums(dict(added)) for name, added in found.items() if name is not None}


def _added_by(
    rows: QuerySet[Stroke], column: str, key: Callable[[Any], Any]
) -> dict[Any, dict[tuple[Measure, Standing], int]]:
    added: dict[Any, dict[tuple[Measure, Standing], int]] = defaultdict(lambda: defaultdict(int))
    found = rows.order_by().values_list(column, "measure", "standing")
    for value, measure, standing, amount in found.annotate(Sum("amount")):
        added[key(value)][Measure(measure), Standing(standing)] += amount
    return added


@planning.by_values()
def by_month(scope: Scope, period: Period, *, on: date) -> dict[str, Sums]:
    """The sums of each month the period touches, in order."""
    rows = _inside(scope.strokes(), period, on=on).order_by().values_list("day", "measure", "standing")
    months: dict[str, dict[tuple[Measure, Standing], int]] = {name: defaultdict(int) for name in period.months()}
    for day, measure, standing, amount in rows.annotate(Sum("amount")):
        months[f"{day:%Y-%m}"][Measure(measure), Standing(standing)] += amount
    return {name: Sums(dict(found)) for name, found in months.items()}


@planning.by_values()
def cases(scope: Scope, period: Period, indicator: Indicator, *, below: bool, on: date) -> set[int]:
    """The appeals that stand in the numerator of a figure, or below its line."""
    rows = standing_in(scope, period, indicator, below=below, on=on)
    found = set(rows.values_list("appeal_id", flat=True))
    return found | _open_at_start(scope, period, indicator) if below and indicator.carried else found


@planning.by_values()
def standing_in(scope: Scope, period: Period, indicator: Indicator, *, below: bool, on: date) -> QuerySet[Stroke]:
    """The strokes within the period that a figure counts above or below its line."""
    measures = indicator.below if below else indicator.above
    measures = measures or tuple(measure for part, _ in indicator.parts for measure in part.below)
    rows = scope.strokes().filter(measure__in=measures, standing__in=STANDINGS[indicator.reach])
    return _inside(rows, period, on=on)


def case_rows(scope: Scope, period: Period, indicator: Indicator, *, below: bool, on: date) -> Q:
    """The same as a condition on appeals, for lists of any length."""
    found = Q(pk__in=standing_in(scope, period, indicator, below=below, on=on).values("appeal"))
    if below and indicator.carried:
        found |= Q(pk__in=_carried_cases(scope, period, indicator).filter(amount__sum__gt=0).values("appeal"))
    return found


@planning.by_values()
def in_hand(scope: Scope, *, on: date) -> int:
    """How many are open at the end of that day, whatever becomes of them later."""
    found = scope.strokes().filter(measure=Measure.IN_HAND, day__lte=on).aggregate(Sum("amount"))
    return found["amount__sum"] or 0


@planning.by_values()
def open_at(scope: Scope, *, on: date) -> set[int]:
    """The appeals that were open at the end of that day."""
    rows = scope.strokes().filter(measure=Measure.IN_HAND, day__lte=on).order_by().values_list("appeal_id")
    return {pk for pk, amount in rows.annotate(Sum("amount")) if amount > 0}


def _open_at_start(scope: Scope, period: Period, indicator: Indicator) -> set[int]:
    rows = _carried_cases(scope, period, indicator).values_list("appeal_id", "amount__sum")
    return {pk for pk, amount in rows if amount > 0}


def _carried_cases(scope: Scope, period: Period, indicator: Indicator) -> QuerySet[Stroke, Any]:
    rows = scope.strokes().filter(measure=Measure.IN_HAND, day__lt=period.since)
    rows = rows.filter(standing__in=STANDINGS[indicator.reach]).order_by()
    return rows.values("appeal").annotate(Sum("amount"))


def _inside(rows: QuerySet[Stroke], period: Period, *, on: date) -> QuerySet[Stroke]:
    last = min(period.until, on)
    # The index is led by the measure: all are named where none was.
    rows = rows.filter(measure__in=list(Measure), day__gte=period.since, day__lte=last)
    # Whatever falls due today is late tomorrow.
    return rows.exclude(Q(measure__in=AFTER_THE_DAY) & Q(day__gte=on))


def _added(rows: QuerySet[Stroke]) -> dict[tuple[Measure, Standing], int]:
    found = rows.order_by().values_list("measure", "standing").annotate(Sum("amount"))
    return {(Measure(measure), Standing(standing)): amount for measure, standing, amount in found}


def _carried(rows: QuerySet[Stroke], period: Period) -> dict[Standing, int]:
    before = rows.filter(measure=Measure.IN_HAND, day__lt=period.since).order_by().values_list("standing")
    return {Standing(standing): amount for standing, amount in before.annotate(Sum("amount"))}


def gathered(some: Iterable[Sums]) -> Sums:
    """Several sums added up."""
    period: dict[tuple[Measure, Standing], int] = defaultdict(int)
    carried: dict[Standing, int] = defaultdict(int)
    for one in some:
        for key, amount in one.period.items():
            period[key] += amount
        for standing, amount in one.carried.items():
            carried[standing] += amount
    return Sums(dict(period), dict(carried))
