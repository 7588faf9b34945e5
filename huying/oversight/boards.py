"""What the pages of leadership read: one unit's month, and what lies behind each of its numbers.

Every figure leaves out what went past the unit and what is kept from the reader; every list shows what the reader may
know of, and no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from django.db.models import Count, Min, Q, QuerySet

from huying.appeals import queries, sealedwords
from huying.appeals.models import Appeal, Tag, Topic
from huying.channels.models import Channel
from huying.oversight import doors, figures, hiding
from huying.oversight.figures import Report, Scope
from huying.people import planning
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules import boards, lifecycle, permissions
from huying.rules.actors import Actor
from huying.rules.boards import Work
from huying.rules.enums import AppealKind, Measure, Standing, UnitLevel
from huying.rules.indicators import Indicator, Sums
from huying.rules.periods import Period

SHOWN = 3
MONTHS = 12
EVERY = frozenset(Standing)
COUNTED = frozenset({Standing.COUNTED})


class NoSuchBoard(Exception):
    """There is no such page for this person: the same answer whether the unit exists or not."""


@dataclass(frozen=True)
class Narrowed:
    """Which appeals are asked about beside their unit; everything left out means "every"."""

    topic: Topic | None = None
    channel: Channel | None = None
    kind: AppealKind | None = None
    tag: Tag | None = None


@dataclass(frozen=True)
class Looking:
    """A page that is open: who looks, at which unit, at which days, as of when."""

    actor: Actor
    unit: Unit
    period: Period
    before: Period
    at: datetime
    on: date
    narrowed: Narrowed = field(default_factory=Narrowed)

    @property
    def by_hand(self) -> bool:
        """Below the school it is not where an appeal belongs that counts, but who had it in hand."""
        return UnitLevel(self.unit.level).tier < UnitLevel.SCHOOL.tier

    def scope(self, *, by_hand: bool | None = None) -> Scope:
        """Everything of the unit, without what went past it and what is kept from the reader."""
        kept = self.narrowed
        own = figures.of_unit(
            self.unit,
            on=self.on,
            by_hand=self.by_hand if by_hand is None else by_hand,
            topics=figures.of_topic(kept.topic) if kept.topic is not None else (),
            channel=kept.channel,
            kind=kept.kind,
            tag=kept.tag,
        )
        return figures.seen_by(self.actor, own)


@dataclass(frozen=True)
class UnitLine:
    """One row of the table of units. `open` is what is in hand now."""

    unit: Unit
    work: Work
    open: int


@dataclass(frozen=True)
class Month:
    """What one page shows."""

    report: Report
    before: int
    topics: list[Work]
    units: list[UnitLine]
    months: list[tuple[str, int]]
    open: int
    oldest: datetime | None
    oldest_open: list[Appeal]
    red: list[Appeal]
    in_bursts: int
    doors: tuple[int, int]


def units_of(actor: Actor) -> list[Unit]:
    """The units whose page this actor may open by name: one's own school, or the schools one watches."""
    sight = Q(pk__in=[])
    for post in actor.holding(*permissions.OVERSEERS):
        sight |= Q(path__startswith=post.unit.path)
    return list(people.schools().filter(sight))


def unit_for(actor: Actor, pk: int) -> Unit:
    """A unit at or below one this actor heads or watches; NoSuchBoard otherwise."""
    unit = Unit.objects.filter(pk=pk, is_active=True).first()
    posts = actor.holding(*permissions.OVERSEERS, *permissions.HEADS)
    if unit is None or not any(post.unit.holds(unit.path) for post in posts):
        raise NoSuchBoard
    return unit


def channels() -> QuerySet[Channel]:
    """The doors a page can be narrowed to."""
    return Channel.objects.filter(is_active=True)


def tags() -> QuerySet[Tag]:
    """The labels a page can be narrowed to."""
    return Tag.objects.order_by("name")


@planning.by_values()
def month(look: Looking) -> Month:
    """Everything on the page of one unit."""
    scope = look.scope()
    report = figures.of(scope, look.period, on=look.on)
    measure = Measure.DISPATCHED if look.by_hand else Measure.RECEIVED
    before = figures.inside_by(scope, look.before, "topic", [measure], on=look.on)
    waiting = open_cases(look)
    counted = waiting.aggregate(many=Count("pk"), oldest=Min("received_at"))
    return Month(
        report=report,
        before=sum(one.of([measure], EVERY) for one in before.values()),
        topics=_topics(look, before, measure),
        units=_units(look),
        months=_months(look, measure),
        open=counted["many"],
        oldest=counted["oldest"],
        oldest_open=_listed(waiting.order_by("received_at", "pk"))[:SHOWN],
        red=_listed(waiting.filter(safety=True).order_by("received_at", "pk"))[:SHOWN],
        in_bursts=len(doors.rated_in_bursts(scope, look.period)),
        doors=doors.tested(look.unit, look.period),
    )


def _listed(rows: QuerySet[Appeal]) -> QuerySet[Appeal]:
    return sealedwords.marked(rows).select_related("channel", "topic", "lead_unit")


def open_cases(look: Looking) -> QuerySet[Appeal]:
    """What is open now, as far as the reader may know of it, without what went past the unit."""
    under = Unit.objects.filter(path__startswith=look.unit.path).values("pk")
    own = Q(lead_unit__in=under) if look.by_hand else Q(place__in=under)
    rows = queries.visible_to(look.actor).filter(own, state__in=lifecycle.OPEN)
    return _narrowed(rows, look.narrowed).exclude(pk__in=hiding.past(look.unit, on=look.on))


def _narrowed(rows: QuerySet[Appeal], kept: Narrowed) -> QuerySet[Appeal]:
    if kept.topic is not None:
        rows = rows.filter(topic__in=figures.of_topic(kept.topic))
    if kept.channel is not None:
        rows = rows.filter(channel=kept.channel)
    if kept.kind is not None:
        rows = rows.filter(kind=kept.kind)
    return rows.filter(tags=kept.tag) if kept.tag is not None else rows


def cases(look: Looking, one: Indicator, *, below: bool, by_hand: bool | None = None) -> QuerySet[Appeal]:
    """The appeals behind a number, as far as the reader may know of them."""
    behind = figures.case_rows(look.scope(by_hand=by_hand), look.period, one, below=below, on=look.on)
    return _listed(queries.visible_to(look.actor).filter(behind))


def _topics(look: Looking, before: Mapping[int, Sums], measure: Measure) -> list[Work]:
    """What was told of, the most frequent first, each with the time before."""
    now = figures.inside_by(look.scope(), look.period, "topic", [measure], on=look.on)
    names = dict(Topic.objects.filter(pk__in={*now, *before}).values_list("pk", "name"))
    nothing = Sums()
    found = [
        Work(
            name,
            received=now.get(pk, nothing).of([measure], EVERY),
            before=before.get(pk, nothing).of([measure], EVERY),
        )
        for pk, name in names.items()
    ]
    return sorted(found, key=lambda one: (-one.received, -one.before, one.name))


UNIT_MEASURES = (
    Measure.DISPATCHED,
    Measure.DUE,
    Measure.ON_TIME,
    Measure.FINAL_OPEN,
    Measure.CALLED,
    Measure.CALLED_SATISFIED,
    Measure.SENT_BACK,
    Measure.REOPENED,
    Measure.CONTACT_DENIED,
    Measure.DECLINED,
)


def _units(look: Looking) -> list[UnitLine]:
    """The units directly below, by who had it in hand, in the order of the tree; those without work are left out."""
    below = {one.pk: one for one in Unit.objects.filter(parent=look.unit).order_by("position", "path")}
    inside = dict(Unit.objects.filter(path__startswith=look.unit.path).values_list("pk", "path"))
    place = partial(_child_of, inside, below)
    found = figures.inside_by(look.scope(by_hand=True), look.period, "unit", UNIT_MEASURES, on=look.on, key=place)
    waiting: dict[int, int] = {}
    for lead, many in open_cases(look).order_by().values_list("lead_unit").annotate(Count("pk")):
        child = place(lead)
        if child is not None:
            waiting[child] = waiting.get(child, 0) + many
    return [
        UnitLine(unit, work_of(unit.name, found.get(pk, Sums())), waiting.get(pk, 0))
        for pk, unit in below.items()
        if pk in found or pk in waiting
    ]


def _child_of(inside: Mapping[int, str], below: Mapping[int, Unit], unit: int | None) -> int | None:
    path = inside.get(unit, "") if unit is not None else ""
    return next((pk for pk in people.ids_of(path) if pk in below), None) if path else None


def work_of(name: str, sums: Sums, *, before: int = 0, received: Measure = Measure.DISPATCHED) -> Work:
    """What sums say of one unit."""

    def many(measure: Measure) -> int:
        return sums.of([measure], COUNTED)

    return Work(
        name,
        received=sums.of([received], EVERY if received is Measure.RECEIVED else COUNTED),
        before=before,
        due=many(Measure.DUE),
        on_time=many(Measure.ON_TIME),
        called=many(Measure.CALLED),
        satisfied=many(Measure.CALLED_SATISFIED),
        late_open=many(Measure.FINAL_OPEN),
        sent_back=many(Measure.SENT_BACK),
        reopened=many(Measure.REOPENED),
        contact_denied=sums.of([Measure.CONTACT_DENIED], EVERY),
        declined=many(Measure.DECLINED),
    )


def _months(look: Looking, measure: Measure) -> list[tuple[str, int]]:
    """How many came in each of the last twelve months, the last one that of the page."""
    last = f"{min(look.period.until, look.on):%Y-%m}"
    return by_month(look.scope(), measure, last=last)


@planning.by_values()
def by_month(scope: Scope, measure: Measure, *, last: str) -> list[tuple[str, int]]:
    """How many of a measure stand in each of the twelve months up to this one."""
    names = [boards.earlier(last, many) for many in reversed(range(MONTHS))]
    first, end = Period.month(names[0]).since, Period.month(last).until
    found: dict[str, int] = dict.fromkeys(names, 0)
    rows = scope.strokes().filter(measure=measure, day__gte=first, day__lte=end)
    for day, many in rows.order_by().values_list("day").annotate(many=Count("pk")):
        found[f"{day:%Y-%m}"] += many
    return [*found.items()]
