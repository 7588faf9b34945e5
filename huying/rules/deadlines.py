"""When a thing is due, and why: one limit from one moment on one calendar, with what has moved it since.

Counting starts the day after (民法典第二百零一条): the day of the start is day zero, worked or not. A limit in working
or calendar days ends with the working hours of its due day; one in hours or minutes ends to the minute.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from huying.rules import workdays
from huying.rules.limits import Amount, CalendarDays, Hours, LimitFact, Minutes, WorkingDays, WorkingHours
from huying.rules.workdays import BeyondHorizon, Calendar, local_day


@dataclass(frozen=True, slots=True)
class Hold:
    """A stretch in which the clock stood still: a pause, or a deferral."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Extension:
    """A later date that was granted at a moment."""

    at: datetime
    until: datetime


Change = Hold | Extension


@dataclass(frozen=True)
class Due:
    """When it is due, and all that made the date: `explanations.explain` opens it.

    `first` is the date before anything moved it, `ceiling` the outer date that an inner one may not pass. `sent` dates
    were set by a person or a sender, not counted.
    """

    at: datetime
    provisional: bool
    start: datetime
    first: datetime
    calendar: Calendar
    limit: LimitFact | None = None
    changes: tuple[Change, ...] = ()
    ceiling: datetime | None = None
    is_sent: bool = False

    @property
    def is_capped(self) -> bool:
        """Whether the outer date, not the limit, made this one."""
        return self.ceiling is not None and self.at == self.ceiling


def due(
    limit: LimitFact,
    start: datetime,
    calendar: Calendar,
    *,
    changes: Sequence[Change] = (),
    ceiling: datetime | None = None,
) -> Due:
    """When the limit ends, after its holds and extensions in their order, and never after the ceiling.

    Raises `BeyondHorizon` and `NoWorkingDay`.
    """
    first = end_of(limit, start, calendar)
    moved = _moved(first, start, calendar, changes)
    at = moved if ceiling is None else min(moved, ceiling)
    return Due(
        at=at,
        provisional=_is_provisional(limit, start, moved, calendar, changes),
        start=start,
        first=first,
        calendar=calendar,
        limit=limit,
        changes=tuple(changes),
        ceiling=ceiling,
    )


def sent(at: datetime, *, start: datetime, calendar: Calendar, changes: Sequence[Change] = ()) -> Due:
    """A date that was set by the sender or by a person, moved only by what was granted."""
    moved = _moved(at, start, calendar, changes)
    return Due(
        at=moved, provisional=False, start=start, first=at, calendar=calendar, changes=tuple(changes), is_sent=True
    )


def end_of(limit: LimitFact, start: datetime, calendar: Calendar) -> datetime:
    """When the bare limit ends, before anything moved it."""
    match limit.amount:
        case WorkingDays(value):
            return calendar.close_of(workdays.workday_after(calendar, local_day(start), value))
        case CalendarDays(value):
            return calendar.close_of(_calendar_day(limit, local_day(start), value, calendar))
        case WorkingHours(value):
            return workdays.add_working_time(calendar, start, timedelta(hours=_sane(value)))
        case Hours(value):
            return start + timedelta(hours=_sane(value))
        case Minutes(value):
            return start + timedelta(minutes=_sane(value, most=_MOST_MINUTES))
    raise TypeError(limit.amount)


def margin_before(calendar: Calendar, outer: datetime, *, start: datetime, days: int) -> datetime:
    """The ceiling of an inner date: so many working days before the outer one, or the outer itself when that is past.

    However late the start, the inner date never ends after the outer one.
    """
    if days < 1:
        return outer
    earlier = calendar.close_of(workdays.workday_before(calendar, local_day(outer), days))
    return earlier if earlier > start else outer


def latest_extension(calendar: Calendar, at: datetime, *, days: int, outer: datetime | None) -> datetime:
    """The furthest date an extension may name: so many working days on, and never past a sender's limit."""
    furthest = calendar.close_of(workdays.workday_after(calendar, local_day(at), days))
    return furthest if outer is None else min(furthest, outer)


def days_later(calendar: Calendar, at: datetime, *, days: int) -> datetime:
    """The close of the day so many calendar days on: how far a petition may be extended (信访工作条例第三十四条)."""
    return calendar.close_of(local_day(at) + timedelta(days=days))


def length_of(amount: Amount, calendar: Calendar, *, on: date) -> timedelta:
    """The working time that an amount stands for, as a cap on pauses: days are ordinary working days of that time."""
    match amount:
        case WorkingDays(value) | CalendarDays(value):
            return value * calendar.full_day_length(on)
        case WorkingHours(value) | Hours(value):
            return timedelta(hours=value)
    return timedelta(minutes=amount.value)


_MOST_HOURS: Final = workdays.HORIZON // timedelta(hours=1)
_MOST_MINUTES: Final = workdays.HORIZON // timedelta(minutes=1)


def _sane(value: int, *, most: int = _MOST_HOURS) -> int:
    if value > most:
        raise BeyondHorizon("期限超出了日历能推算的两年")
    return value


def _calendar_day(limit: LimitFact, start: date, value: int, calendar: Calendar) -> date:
    if value > workdays.HORIZON.days:
        raise BeyondHorizon("期限超出了日历能推算的两年")
    last = start + timedelta(days=value)
    return workdays.first_workday_from(calendar, last) if limit.moves_past_holidays else last


def _moved(at: datetime, start: datetime, calendar: Calendar, changes: Sequence[Change]) -> datetime:
    for change in _in_one_piece(changes):
        if isinstance(change, Extension):
            at = max(at, change.until)
        # A pause that begins when the date has passed saves nobody.
        elif change.start < at:
            stood = workdays.working_time(calendar, max(change.start, start), change.end)
            at = workdays.add_working_time(calendar, at, stood)
    return at


def _in_one_piece(changes: Sequence[Change]) -> list[Change]:
    """Pauses that follow each other without a gap are one pause: a date that falls between them is still held."""
    whole: list[Change] = []
    for change in changes:
        last = whole[-1] if whole else None
        if isinstance(change, Hold) and isinstance(last, Hold) and last.end == change.start:
            whole[-1] = Hold(last.start, change.end)
        else:
            whole.append(change)
    return whole


def _is_provisional(
    limit: LimitFact, start: datetime, at: datetime, calendar: Calendar, changes: Sequence[Change]
) -> bool:
    """Whether a notice that is not in yet could still move the date."""
    granted = bool(changes) and isinstance(changes[-1], Extension) and changes[-1].until == at
    if granted:
        return False
    counts_work = isinstance(limit.amount, WorkingDays | WorkingHours) or limit.moves_past_holidays
    if not counts_work and not any(isinstance(change, Hold) for change in changes):
        return False
    return not workdays.is_firm(calendar, local_day(start), local_day(at))
