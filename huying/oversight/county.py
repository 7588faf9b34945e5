"""What the board above the schools reads: a few grouped questions for all schools together, never one for each."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from huying.appeals import queries
from huying.appeals.models import Appeal, Clock, Topic
from huying.oversight import boards, figures
from huying.oversight.boards import EVERY
from huying.oversight.figures import Scope
from huying.people import planning
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules import attention, lifecycle
from huying.rules.actors import Actor
from huying.rules.attention import Looked
from huying.rules.boards import Work
from huying.rules.enums import ClockKind, Measure, PostKind
from huying.rules.periods import Period
from huying.rules.workdays import local_day

READERS = (PostKind.COUNTY_DISPATCHER, PostKind.COUNTY_SUPERVISOR)
MEASURES = (
    Measure.RECEIVED,
    Measure.DUE,
    Measure.ON_TIME,
    Measure.CALLED,
    Measure.CALLED_SATISFIED,
)
SIGNS = (Measure.DECLINED, Measure.CONTACT_DENIED, Measure.REOPENED)
# A rise in the county is one by so many at least.
LEAST_RISE = 5


@dataclass(frozen=True)
class Waiting:
    """What is open in one school now."""

    open: int = 0
    oldest: datetime | None = None
    late: int = 0
    latest: datetime | None = None
    red: int = 0
    declines: int = 0


@dataclass(frozen=True)
class SchoolLine:
    """One school in the table of all: its work in the period, what is open now, and what it was told about by topic."""

    unit: Unit
    work: Work
    waiting: Waiting
    topics: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Board:
    """The whole page. `topics` are those told of most, in the order of the heat table."""

    schools: list[SchoolLine]
    pressing: list[attention.Looked]
    topics: list[tuple[int, str]]
    rising: list[Work]
    months: list[tuple[str, int]]


class _Places:
    """Which school a place belongs to."""

    def __init__(self, schools: list[Unit]) -> None:
        self.schools = {one.pk for one in schools}
        rows = Unit.objects.values_list("pk", "path")
        self.of = {pk: self._school(path) for pk, path in rows}

    def _school(self, path: str) -> int | None:
        return next((pk for pk in people.ids_of(path) if pk in self.schools), None)

    def __call__(self, place: int | None) -> int | None:
        return self.of.get(place) if place is not None else None


def scope_of(actor: Actor) -> Scope:
    """Everything below the units this actor watches, without what is kept from them."""
    [top, *_others] = sorted(actor.holding(*READERS), key=lambda post: len(post.unit.path))
    return figures.seen_by(actor, Scope(unit=people.unit(top.unit.id)))


def schools_of(actor: Actor) -> list[Unit]:
    """The schools this actor watches from above."""
    sight = Q(pk__in=[])
    for post in actor.holding(*READERS):
        sight |= Q(path__startswith=post.unit.path)
    return list(people.schools().filter(sight))


@planning.by_values()
def board(actor: Actor, period: Period, *, before: Period, at: datetime, topics: int = 8) -> Board:
    """The page of everyone who watches schools."""
    on = local_day(at)
    scope, schools = scope_of(actor), schools_of(actor)
    places = _Places(schools)
    told = dict(_told(scope, period, places, on=on))
    inside = figures.inside_by(scope, period, "place", MEASURES, on=on, key=places)
    waiting = _waiting(actor, places, at=at)
    names = dict(Topic.objects.values_list("pk", "name"))
    lines = [
        SchoolLine(
            one,
            boards.work_of(one.name, inside.get(one.pk, figures.Sums()), received=Measure.RECEIVED),
            waiting.get(one.pk, Waiting()),
            told.get(one.pk, {}),
        )
        for one in schools
    ]
    return Board(
        schools=lines,
        pressing=_looked(scope, lines, actor, places, names, at=at),
        topics=_most(told, names, topics),
        rising=_rising(scope, period, before, names, on=on),
        months=boards.by_month(scope, Measure.RECEIVED, last=f"{min(period.until, on):%Y-%m}"),
    )


def _told(scope: Scope, period: Period, places: _Places, *, on: date) -> Iterator[tuple[int, dict[int, int]]]:
    """School → topic → how many came in."""
    rows = scope.strokes().filter(measure=Measure.RECEIVED, day__gte=period.since, day__lte=min(period.until, on))
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for place, topic, many in rows.order_by().values_list("place", "topic").annotate(Count("pk")):
        school = places(place)
        if school is not None:
            found[school][topic] += many
    yield from ((school, dict(some)) for school, some in found.items())


def _most(told: Mapping[int, Mapping[int, int]], names: Mapping[int, str], many: int) -> list[tuple[int, str]]:
    whole: Counter[int] = Counter()
    for some in told.values():
        whole.update(some)
    return [(pk, names[pk]) for pk, _count in whole.most_common(many)]


def _waiting(actor: Actor, places: _Places, *, at: datetime) -> dict[int, Waiting]:
    """School → what is open in it now, of what the reader may know of."""
    late = Q(next_due_at__lt=at, paused=False)
    rows = queries.visible_to(actor).filter(state__in=lifecycle.OPEN).order_by()
    counted = rows.values_list("place").annotate(
        Count("pk"),
        Min("received_at"),
        late=Count("pk", filter=late),
        latest=Min("next_due_at", filter=late),
        red=Count("pk", filter=Q(safety=True)),
        declines=Count("pk", filter=Q(decline_pending=True)),
    )
    found: dict[int, Waiting] = {}
    for place, many, oldest, n_late, latest, red, declines in counted:
        school = places(place)
        if school is not None:
            one = found.get(school, Waiting())
            found[school] = Waiting(
                one.open + many,
                _earlier(one.oldest, oldest),
                one.late + n_late,
                _earlier(one.latest, latest),
                one.red + red,
                one.declines + declines,
            )
    return found


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)


def _looked(
    scope: Scope, lines: list[SchoolLine], actor: Actor, places: _Places, names: Mapping[int, str], *, at: datetime
) -> list[Looked]:
    """Every school as the rules of attention look at it: what is open now, and the thirty days behind."""
    on = local_day(at)
    days = Period(on - timedelta(days=attention.SILENT_DAYS - 1), on)
    told = dict(_told(scope, days, places, on=on))
    signs = figures.inside_by(scope, days, "place", SIGNS, on=on, key=places)
    unreported = _unreported(actor, places, at=at)
    once = _ever(scope, places, before=days.since)
    found = []
    for line in lines:
        pk, sums = line.unit.pk, signs.get(line.unit.pk, figures.Sums())
        topic, many = max(told.get(pk, {0: 0}).items(), key=lambda pair: (pair[1], -pair[0]))
        found.append(
            Looked(
                pk,
                late=line.waiting.late,
                oldest_days=(on - local_day(line.waiting.latest)).days if line.waiting.latest is not None else 0,
                red_line=line.waiting.red,
                red_line_late=unreported.get(pk, 0),
                same_topic=(names.get(topic, ""), many),
                declined=sums.of([Measure.DECLINED], EVERY),
                ruling=line.waiting.declines,
                contact_denied=sums.of([Measure.CONTACT_DENIED], EVERY),
                reopened=sums.of([Measure.REOPENED], EVERY),
                is_silent=pk not in told and pk in once and line.unit.pupils > 0,
            )
        )
    return found


def _unreported(actor: Actor, places: _Places, *, at: datetime) -> dict[int, int]:
    """School → red lines whose report was due and is not made."""
    due = Clock.objects.filter(kind=ClockKind.REPORT_AT_ONCE, stopped_at__isnull=True, due_at__lt=at)
    rows: QuerySet[Appeal] = queries.visible_to(actor).filter(safety=True, pk__in=due.values("appeal"))
    found: dict[int, int] = {}
    for place, many in rows.order_by().values_list("place").annotate(Count("pk")):
        school = places(place)
        if school is not None:
            found[school] = found.get(school, 0) + many
    return found


def _ever(scope: Scope, places: _Places, *, before: date) -> set[int]:
    """The schools something came from in the year before: there silence means something."""
    rows = scope.strokes().filter(measure=Measure.RECEIVED, day__gte=before - timedelta(days=365), day__lt=before)
    return {school for place in rows.order_by().values_list("place", flat=True).distinct() if (school := places(place))}


def _rising(scope: Scope, period: Period, before: Period, names: Mapping[int, str], *, on: date) -> list[Work]:
    """Topics told of more often than the time before, the steepest first."""
    now, then = (figures.inside_by(scope, one, "topic", [Measure.RECEIVED], on=on) for one in (period, before))
    nothing = figures.Sums()
    found = [
        Work(
            names[pk],
            received=sums.of([Measure.RECEIVED], EVERY),
            before=then.get(pk, nothing).of([Measure.RECEIVED], EVERY),
        )
        for pk, sums in now.items()
    ]
    rising = [one for one in found if one.received - one.before >= LEAST_RISE]
    return sorted(rising, key=lambda one: (one.before - one.received, one.name))[:5]
