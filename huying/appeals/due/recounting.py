"""When a calendar is corrected: which open dates move, shown first; then moved, logged, and told if promised."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet

from huying.appeals import clocks, facts, rulebook
from huying.appeals.models import Appeal, Clock, DateMove
from huying.channels import post
from huying.people import calendars
from huying.people.models import Unit, WorkCalendar
from huying.rules import workdays
from huying.rules.clocks import Rulebook
from huying.rules.enums import ClockKind
from huying.rules.notices import Notice
from huying.rules.workdays import Calendar, DayFact, local_day

CHUNK = 500


@dataclass(frozen=True)
class Move:
    """One date that another calendar moves."""

    appeal: int
    number: str
    kind: ClockKind
    old_due_at: datetime
    new_due_at: datetime
    is_promise: bool


@dataclass(frozen=True)
class Recounted:
    """What a correction came to: appeals counted again, the dates it moved, and the calendar as it then is."""

    seen: int
    moves: tuple[Move, ...]
    calendar: Calendar | None = None


@transaction.atomic
def confirm_year(notice: Notice, *, source: str, at: datetime, by: int | None = None) -> Recounted:
    """The year is confirmed, and every open date it touches is counted again, logged, and told if it was promised."""
    calendar = calendars.confirm_year(notice, source=source, at=at, by=by)
    return recount(since=min(one.day for one in notice.days), calendar=calendar, at=at)


@transaction.atomic
def set_days(
    unit: Unit | None, facts_: Sequence[DayFact], *, source: str, at: datetime, by: int | None = None
) -> Recounted:
    """These days of a unit's calendar are as given, and the open dates they touch are counted again."""
    calendars.set_days(unit, facts_, source=source, at=at, by=by)
    return recount(since=min(one.day for one in facts_), calendar=calendars.of_unit(unit), at=at)


@transaction.atomic
def after_change(change: Callable[[], object], *, unit: Unit | None, since: date, at: datetime) -> Recounted:
    """A change of days, hours or weeks is made, and the open dates from that day on are counted again.

    Raises `NoWorkingDay` when nothing would be left to work on for two years, and then nothing is changed.
    """
    _made(change, unit=unit, at=at)
    return recount(since=since, calendar=calendars.of_unit(unit), at=at)


def rehearse(change: Callable[[], object], *, unit: Unit | None, since: date, at: datetime) -> Recounted:
    """Which dates a change of a calendar would move. Nothing stays written.

    The change is made, its calendars are kept in memory, and it is taken back at once: whoever is writing meanwhile
    waits for that, and not for the counting.
    """
    with transaction.atomic():
        calendar = _made(change, unit=unit, at=at)
        laid = {place.pk: calendars.both_for(place) for place in _places_open_after(since, unit)}
        transaction.set_rollback(True)
    seen, moves = 0, []
    for appeal in _open_after(since, unit):
        if appeal.place_id in laid:
            seen += 1
            moves += _moves(appeal, _upon(appeal, *laid[appeal.place_id]))
    return Recounted(seen, tuple(moves), calendar)


def foresee_year(notice: Notice, *, source: str, at: datetime) -> Recounted:
    """Which dates would move if this notice were confirmed. Nothing stays written."""
    since = min(one.day for one in notice.days)
    return rehearse(lambda: calendars.confirm_year(notice, source=source, at=at), unit=None, since=since, at=at)


def _upon(appeal: Appeal, national: Calendar, own: Calendar) -> Rulebook:
    book, _ = rulebook.of_place(appeal.place, born_on=local_day(appeal.received_at))
    return replace(book, national=national, own=own)


def _made(change: Callable[[], object], *, unit: Unit | None, at: datetime) -> Calendar:
    change()
    calendar = calendars.calendar_for(unit)
    workdays.workday_after(calendar, local_day(at), 1)
    return calendar


def recount(*, since: date, calendar: WorkCalendar, at: datetime) -> Recounted:
    """Every open appeal with a date on or after that day has the dates of today's calendar."""
    seen, moves = 0, []
    for appeal in _open_after(since, calendar.unit):
        before = _dates(appeal)
        clocks.sync(appeal, at=at)
        seen += 1
        moved = _compared(appeal, before, _dates(appeal))
        _log(appeal, moved, calendar=calendar, at=at)
        moves += moved
    return Recounted(seen, tuple(moves))


def _open_after(since: date, unit: Unit | None) -> Iterator[Appeal]:
    return _rows_open_after(since, unit).select_related(*facts.NEEDED).order_by("pk").iterator(chunk_size=CHUNK)


def _places_open_after(since: date, unit: Unit | None) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=_rows_open_after(since, unit).values("place")))


def _rows_open_after(since: date, unit: Unit | None) -> QuerySet[Appeal]:
    """Appeals below a unit with a running clock that ends on or after the day; a date before it cannot move."""
    start = workdays.at_local(since, time(0))
    running = Clock.objects.filter(stopped_at__isnull=True, due_at__gte=start).values("appeal")
    rows = Appeal.objects.filter(pk__in=running)
    return rows if unit is None else rows.filter(place__path__startswith=unit.path)


def _dates(appeal: Appeal) -> dict[int, tuple[ClockKind, datetime]]:
    rows = Clock.objects.filter(appeal=appeal, stopped_at__isnull=True)
    return {pk: (ClockKind(kind), due_at) for pk, kind, due_at in rows.values_list("pk", "kind", "due_at")}


def _compared(
    appeal: Appeal, before: dict[int, tuple[ClockKind, datetime]], after: dict[int, tuple[ClockKind, datetime]]
) -> list[Move]:
    return [
        _move(appeal, kind, before[pk][1], due_at)
        for pk, (kind, due_at) in after.items()
        if pk in before and before[pk][1] != due_at
    ]


def _moves(appeal: Appeal, book: Rulebook) -> list[Move]:
    rows = {
        (one.kind, one.unit_id, one.started_at): one.due_at
        for one in Clock.objects.filter(appeal=appeal, stopped_at__isnull=True)
    }
    found = []
    for state in clocks.states_by(appeal, book):
        old = rows.get((state.kind.value, state.unit, state.started_at))
        if state.is_running and old is not None and old != state.due.at:
            found.append(_move(appeal, state.kind, old, state.due.at))
    return found


def _move(appeal: Appeal, kind: ClockKind, old: datetime, new: datetime) -> Move:
    return Move(appeal.pk, appeal.number, kind, old, new, is_promise=kind is ClockKind.OUTER)


def _log(appeal: Appeal, moves: Sequence[Move], *, calendar: WorkCalendar, at: datetime) -> None:
    name = f"{calendar.name}，第 {calendar.version} 版"
    DateMove.objects.bulk_create(
        [
            DateMove(
                appeal=appeal, kind=one.kind, old_due_at=one.old_due_at, new_due_at=one.new_due_at, calendar=name, at=at
            )
            for one in moves
        ]
    )
    for one in moves:
        if one.is_promise and not appeal.imported:
            post.tell(
                "date_moved",
                key=f"moved:{appeal.pk}:{calendar.pk}.{calendar.version}",
                at=at,
                post=post.APPELLANT,
                appeal=appeal.pk,
                number=appeal.number,
                data={"old": one.old_due_at.isoformat(), "new": one.new_due_at.isoformat()},
            )
