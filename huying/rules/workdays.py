"""Arithmetic on work calendars: working days and working time, forwards and backwards.

Nothing here loops without an end: a calendar in which no work is done for two years is refused.
"""

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from huying.rules.calendars import (
    DAY,
    FIRST_YEAR,
    LAST_YEAR,
    MICROSECOND,
    NATIONAL,
    SHANGHAI,
    STANDARD_HOURS,
    STANDARD_WEEK,
    WEEKDAYS,
    BadCalendar,
    BeyondHorizon,
    Calendar,
    DayFact,
    Hours,
    Interval,
    Week,
    Year,
    at_local,
    days_from,
    local_day,
    micros,
    over,
)

__all__ = [
    "FIRST_YEAR",
    "HORIZON",
    "LAST_YEAR",
    "NATIONAL",
    "SHANGHAI",
    "STANDARD_HOURS",
    "STANDARD_WEEK",
    "WEEKDAYS",
    "BadCalendar",
    "BeyondHorizon",
    "Calendar",
    "DayFact",
    "Hours",
    "Interval",
    "NoWorkingDay",
    "Week",
    "add_working_time",
    "at_local",
    "days_from",
    "first_workday_from",
    "is_firm",
    "local_day",
    "over",
    "workday_after",
    "workday_before",
    "workdays_between",
    "working_time",
]

HORIZON: Final = timedelta(days=731)


class NoWorkingDay(BadCalendar):
    """No day is worked for two years on end."""


def workday_after(calendar: Calendar, day: date, number: int) -> date:
    """The `number`-th working day after a day, which itself counts as zero, worked or not."""
    if number < 1:
        raise BeyondHorizon("期限至少要有一个工作日")
    wanted = number
    for year in range(day.year, day.year + 4):
        days = calendar.year(year).days
        start = bisect_right(days, day.toordinal())
        if start + wanted <= len(days):
            return _within(day, date.fromordinal(days[start + wanted - 1]))
        wanted -= len(days) - start
        _refuse_idleness(calendar, year)
    raise BeyondHorizon("%(number)s 个工作日超出了日历能推算的两年", number=number)


def workday_before(calendar: Calendar, day: date, number: int) -> date:
    """The `number`-th working day before a day."""
    wanted = number
    for year in range(day.year, day.year - 4, -1):
        days = calendar.year(year).days
        end = bisect_left(days, day.toordinal())
        if wanted <= end:
            return date.fromordinal(days[end - wanted])
        wanted -= end
    raise NoWorkingDay("往前两年里没有一个工作日，请检查工作日历")


def first_workday_from(calendar: Calendar, day: date) -> date:
    """The day itself when it is worked, else the next one that is."""
    return day if calendar.is_workday(day) else workday_after(calendar, day, 1)


def workdays_between(calendar: Calendar, day: date, until: date) -> int:
    """How many working days lie after `day`, up to and with `until`; negative when `until` lies before."""
    if until < day:
        return -workdays_between(calendar, until, day)
    return sum(
        bisect_right(calendar.year(year).days, until.toordinal())
        - bisect_right(calendar.year(year).days, day.toordinal())
        for year in range(day.year, until.year + 1)
    )


def working_time(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How much working time lies between two moments; nothing when `end` is not after `start`."""
    if end <= start:
        return timedelta(0)
    first, last = local_day(start).year, local_day(end).year
    inside = sum(calendar.year(year).total for year in range(first, last))
    return (inside + _worked(calendar, end) - _worked(calendar, start)) * MICROSECOND


def add_working_time(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """The moment by which `amount` of working time has passed since `start`; `start` itself for nothing."""
    wanted = amount // MICROSECOND
    if wanted <= 0:
        return start
    year = local_day(start).year
    wanted += _worked(calendar, start)
    for number in range(year, year + 4):
        laid = calendar.year(number)
        if wanted <= laid.total:
            return _within_moment(start, _moment_in(laid, wanted))
        wanted -= laid.total
        _refuse_idleness(calendar, number)
    raise BeyondHorizon("期限超出了日历能推算的两年")


def is_firm(calendar: Calendar, start: date, end: date) -> bool:
    """Whether the official notices of all years from `start` to `end` are in."""
    return all(calendar.knows(year) for year in range(start.year, end.year + 1))


def _absolute(at: datetime) -> int:
    local = at.astimezone(SHANGHAI)
    return local.toordinal() * DAY + micros(local.time())


def _worked(calendar: Calendar, at: datetime) -> int:
    """Working time of the moment's year up to the moment."""
    laid = calendar.year(local_day(at).year)
    here = _absolute(at)
    index = bisect_right(laid.opens, here) - 1
    if index < 0:
        return 0
    before = laid.ends[index - 1] if index else 0
    return min(before + here - laid.opens[index], laid.ends[index])


def _moment_in(laid: Year, wanted: int) -> datetime:
    """The moment of the year at which so much work is done; at a border it is the close, not the next opening."""
    index = bisect_left(laid.ends, wanted)
    before = laid.ends[index - 1] if index else 0
    days, rest = divmod(laid.opens[index] + wanted - before, DAY)
    midnight = datetime.combine(date.fromordinal(days), time(0), SHANGHAI)
    return (midnight + rest * MICROSECOND).astimezone(UTC)


def _within(day: date, found: date) -> date:
    if found - day > HORIZON:
        raise BeyondHorizon("%(day)s 离起算日超过两年", day=found.isoformat())
    return found


def _within_moment(start: datetime, found: datetime) -> datetime:
    if found - start > HORIZON:
        raise BeyondHorizon("%(day)s 离起算日超过两年", day=local_day(found).isoformat())
    return found


def _refuse_idleness(calendar: Calendar, year: int) -> None:
    """A calendar that does not work for two years on end is a mistake, not a long holiday."""
    if not calendar.year(year).days and not calendar.year(year + 1).days:
        raise NoWorkingDay(
            "%(calendar)s：%(year)s 和 %(next)s 两年没有一个工作日，请检查工作日历",
            calendar=calendar.name,
            year=year,
            next=year + 1,
        )
