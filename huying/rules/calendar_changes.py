"""What a change of a calendar may not touch: a day that has begun.

A date that has passed stands, and so does whether it was kept: whoever changes the calendar afterwards cannot turn
late into on time. Only the notice of a year that was not known yet corrects its days, for its dates were provisional.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NoReturn

from huying.rules.calendars import BadCalendar, Calendar, local_day


class DayHasBegun(BadCalendar):
    """A day would be rewritten that has begun; `values["day"]` is the first such."""


def refuse_rewriting(before: Calendar, after: Calendar, days: Iterable[date], *, at: datetime) -> None:
    """Raises `DayHasBegun` when one of these days has begun and is not worked by the same hours as before."""
    for day in sorted(days):
        begins = min(before.open_of(day), after.open_of(day))
        if begins <= at and before.hours_of(day) != after.hours_of(day):
            _refuse(day)


def refuse_hasty_week(starts_on: date, *, at: datetime) -> None:
    """Raises `DayHasBegun` for weekly hours that would begin before tomorrow."""
    if starts_on <= local_day(at):
        _refuse(starts_on)


def _refuse(day: date) -> NoReturn:
    raise DayHasBegun("%(day)s 已经开始，日历不能再改", day=day.isoformat())
