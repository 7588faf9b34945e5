"""What a change of a calendar may not touch: a day that has begun.

A date that has passed stands, and so does whether it was kept: whoever changes the calendar afterwards cannot turn
late into on time. Only the notice of a year that was not known yet corrects its days, for its dates were provisional.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from huying.rules.calendars import BadCalendar, Calendar

WORDS: Final = "%(day)s 已经开始，日历不能再改"


class DayHasBegun(BadCalendar):
    """A day would be rewritten that has begun; `day` is the first such."""

    def __init__(self, day: date) -> None:
        super().__init__(WORDS, day=day.isoformat())
        self.day = day


def refuse_rewriting(before: Calendar, after: Calendar, days: Iterable[date], *, at: datetime) -> None:
    """Raises `DayHasBegun` when one of these days has begun and is not worked by the same hours as before."""
    for day in sorted(days):
        begins = min(before.open_of(day), after.open_of(day))
        if begins <= at and before.hours_of(day) != after.hours_of(day):
            raise DayHasBegun(day)
