"""A second opinion on every date, written the slow and obvious way: it walks, minute by minute or day by day.

It shares nothing with the engine but the days of the calendar: no bisection, no years laid out, no sums.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from tests.rules.almanac import CST

ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)
OPEN = ((time(8), time(12)), (time(13, 30), time(17)))


Stretches = tuple[tuple[time, time], ...]


class SlowCalendar:
    """Days off and make-up days as plain sets; hours of single dates as a plain dictionary.

    `weeks` are the first day of each later week with its last working weekday and its hours.
    """

    def __init__(
        self,
        off: set[date],
        worked: set[date],
        hours: dict[date, Stretches],
        weeks: tuple[tuple[date, int, Stretches], ...] = (),
    ) -> None:
        self.off, self.worked, self.hours, self.weeks = off, worked, hours, weeks

    def week(self, day: date) -> tuple[int, Stretches]:
        found = (4, OPEN)
        for first, last_weekday, stretches in self.weeks:
            if first <= day:
                found = (last_weekday, stretches)
        return found

    def works(self, day: date) -> bool:
        if day in self.worked:
            return True
        return day not in self.off and day.weekday() <= self.week(day)[0]

    def hours_of(self, day: date) -> Stretches:
        return self.hours.get(day, self.week(day)[1]) if self.works(day) else ()

    def close(self, day: date) -> datetime:
        end = (self.hours_of(day) or self.week(day)[1])[-1][1]
        return datetime.combine(day, end, CST)

    def is_working_minute(self, minute: datetime) -> bool:
        return any(opens <= minute.time() < closes for opens, closes in self.hours_of(minute.date()))


def walk_days(calendar: SlowCalendar, start: datetime, value: int, unit: str, *, moves: bool = False) -> datetime:
    """The close of the due day, found by walking the days."""
    day, left = start.astimezone(CST).date(), value
    while left:
        day += ONE_DAY
        if unit == "cd" or calendar.works(day):
            left -= 1
    while moves and not calendar.works(day):
        day += ONE_DAY
    return calendar.close(day)


def walk_minutes(calendar: SlowCalendar, start: datetime, minutes: int) -> datetime:
    """The moment by which so many working minutes have passed, found by walking the minutes."""
    here = start.astimezone(CST)
    while minutes:
        minutes -= calendar.is_working_minute(here)
        here += ONE_MINUTE
    return here


def walk_due(
    calendar: SlowCalendar,
    start: datetime,
    value: int,
    unit: str,
    changes: Iterable[tuple[str, datetime, datetime]],
    *,
    moves: bool = False,
) -> datetime:
    """The date with pauses ("hold", from, to) and extensions ("until", at, to) in their order."""
    if unit in ("wd", "cd"):
        here = walk_days(calendar, start, value, unit, moves=moves)
    elif unit == "wh":
        here = walk_minutes(calendar, start, value * 60)
    else:
        here = start.astimezone(CST) + value * (timedelta(hours=1) if unit == "h" else ONE_MINUTE)
    for kind, first, last in changes:
        if kind == "until":
            here = max(here, last)
        elif first < here:
            here = walk_minutes(calendar, here, count_minutes(calendar, first, last))
    return here


def count_minutes(calendar: SlowCalendar, first: datetime, last: datetime) -> int:
    """Working minutes between two moments, counted one by one."""
    here, found = first.astimezone(CST), 0
    while here < last:
        found += calendar.is_working_minute(here)
        here += ONE_MINUTE
    return found
