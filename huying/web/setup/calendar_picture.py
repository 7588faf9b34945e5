"""A year as twelve month pictures: every day with its mark in words and shape, never in colour alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from huying.rules.explanations import of_day
from huying.rules.workdays import WEEKDAYS, Calendar

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Cell:
    """One day: its number, the one-letter mark, what it is in words, and whether the change at hand touches it."""

    day: date
    mark: str
    css: str
    words: str
    is_changed: bool = False


@dataclass(frozen=True)
class Month:
    """One month as weeks of seven cells; None stands for days of another month. `told` is the month in words."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]
    told: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One day that is not as it was."""

    day: date
    was: str
    becomes: str


def year_of(calendar: Calendar, year: int) -> list[Month]:
    """The twelve months."""
    return [month_of(calendar, date(year, month, 1)) for month in range(1, 13)]


def month_of(calendar: Calendar, first: date, *, before: Calendar | None = None) -> Month:
    """One month; with `before`, days that were otherwise are marked as changed."""
    start = first - timedelta(days=first.weekday())
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    weeks = []
    while start < following:
        days = [start + timedelta(days=number) for number in range(7)]
        weeks.append(tuple(_cell(calendar, day, before) if day.month == first.month else None for day in days))
        start += WEEK
    return Month(first, tuple(weeks), tuple(_told(cell for week in weeks for cell in week if cell is not None)))


def changes(before: Calendar, after: Calendar, days: Iterable[date]) -> list[Change]:
    """The days among these that are not as they were."""
    return [
        Change(day, _said(before, day), _said(after, day))
        for day in sorted(set(days))
        if _said(before, day) != _said(after, day) or before.hours_of(day) != after.hours_of(day)
    ]


def _cell(calendar: Calendar, day: date, before: Calendar | None) -> Cell:
    mark, css = _mark(calendar, day)
    changed = before is not None and bool(changes(before, calendar, [day]))
    return Cell(day, mark, css, of_day(calendar, day, say=_), changed)


def _mark(calendar: Calendar, day: date) -> tuple[str, str]:
    """休: off though a weekday, or by name; 班: worked though its weekday is not; 半: with hours of its own."""
    normal = bool(calendar.week_on(day).get(day.weekday()))
    fact = calendar.fact(day)
    if not fact.is_workday:
        return (_("休"), "off") if normal or fact.name else ("", "end")
    if day in calendar.hours:
        return _("半"), "half"
    return ("", "") if normal else (_("班"), "made")


def _told(cells: Iterable[Cell]) -> Iterable[str]:
    """Stretches of marked days in words: 1–3 元旦."""
    stretches: list[list[Cell]] = []
    for cell in cells:
        last = stretches[-1][-1] if stretches else None
        joins = last is not None and last.words == cell.words and (cell.day - last.day).days == 1
        if not cell.mark:
            continue
        if joins:
            stretches[-1].append(cell)
        else:
            stretches.append([cell])
    for some in stretches:
        first, last_day = some[0].day.day, some[-1].day.day
        span = f"{first}" if first == last_day else f"{first}–{last_day}"
        yield _("%(days)s日 %(words)s") % {"days": span, "words": some[0].words}


def _said(calendar: Calendar, day: date) -> str:
    hours = calendar.hours.get(day)
    times = " ".join(f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in hours) if hours else ""
    return " ".join(part for part in (of_day(calendar, day, say=_), times) if part)


def weekdays() -> list[str]:
    """The heads of the columns."""
    return [_(name) for name in WEEKDAYS]


@dataclass(frozen=True)
class WeekHours:
    """Each weekday with its hours in words, from a day on (None: since before the time that is shown)."""

    starts_on: date | None
    lines: tuple[tuple[str, str], ...]


def weeks_of(calendar: Calendar, first: date, last: date) -> list[WeekHours]:
    """The weekly hours of a time: those its first day has, and each week that begins within it."""
    later = [start for start, _week in calendar.later if first < start <= last]
    return [WeekHours(None, week_lines(calendar, first)), *(WeekHours(day, week_lines(calendar, day)) for day in later)]


def week_lines(calendar: Calendar, day: date) -> tuple[tuple[str, str], ...]:
    """Each weekday with its hours, as the week of that day has them; a day off says so."""
    return tuple((_(name), _hours(calendar.week_on(day), number)) for number, name in enumerate(WEEKDAYS))


def _hours(week: Mapping[int, Iterable[object]], number: int) -> str:
    return " ".join(f"{one.opens:%H:%M}–{one.closes:%H:%M}" for one in week.get(number, ())) or _("休息")
