"""Work calendars as the set-up pages list them: whose, in which version, and what was changed last."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from huying.people.models import CalendarChange, CalendarYear, Unit, WorkCalendar
from huying.rules import workdays

NEWEST = 30


@dataclass(frozen=True)
class CalendarLine:
    """One calendar: its unit (None: the nation's), and its version with the moment of it."""

    unit: int | None
    name: str
    version: int
    changed_at: datetime | None
    source: str


@dataclass(frozen=True)
class ChangeLine:
    """One change: who confirmed it, when, from which source, and the days with what they were and became."""

    version: int
    at: datetime
    by: str
    source: str
    days: tuple[tuple[date, bool | None, bool | None], ...]


def listed(paths: tuple[str, ...]) -> list[CalendarLine]:
    """The nation's calendar first, then those of units at and below these paths."""
    below = Q(unit__isnull=True)
    for path in paths:
        below |= Q(unit__path__startswith=path)
    rows = WorkCalendar.objects.filter(below).select_related("unit").order_by("unit__path")
    lines = [_line(one) for one in rows]
    nation = [one for one in lines if one.unit is None]
    return [*(nation or [CalendarLine(None, workdays.NATIONAL, 0, None, "")]),
            *(one for one in lines if one.unit is not None)]  # fmt: skip


def stamp_of(unit: Unit | None) -> str:
    """What a page remembers of the calendar it showed, to see whether somebody changed it meanwhile."""
    return WorkCalendar.objects.filter(unit=unit).values_list("stamp", flat=True).first() or ""


def latest_changes(unit: Unit | None, *, most: int = NEWEST) -> list[ChangeLine]:
    """What was changed last, newest first."""
    rows = CalendarChange.objects.filter(calendar__unit=unit).select_related("by__person").order_by("-version")
    return [_change(one) for one in rows[:most]]


def source_of(year: int) -> str:
    """From which notice a year is confirmed; empty while it is not."""
    row = CalendarYear.objects.filter(calendar__unit__isnull=True, year=year).values_list("source", flat=True).first()
    return row or ""


def _line(row: WorkCalendar) -> CalendarLine:
    last = row.changes.order_by("-version").first()
    at, source = (last.at, last.source) if last is not None else (None, "")
    return CalendarLine(row.unit_id, row.name, row.version, at, source)


def _change(row: CalendarChange) -> ChangeLine:
    days = tuple((date.fromisoformat(day), before, after) for day, before, after in row.days)
    return ChangeLine(row.version, row.at, row.by.person.name if row.by else "", row.source, days)
