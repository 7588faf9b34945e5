"""Spans of days that figures are asked for: a month, a term, a year, or any other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huying.rules.workdays import local_day


@dataclass(frozen=True)
class Period:
    """From one local day to another, both inside."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise ValueError("a period ends on or after its first day")

    def holds(self, at: datetime | None) -> bool:
        """Whether that moment falls on one of its days."""
        return at is not None and self.since <= local_day(at) <= self.until

    def months(self) -> Iterator[str]:
        """The months it touches, as 2026-11."""
        day = self.since.replace(day=1)
        while day <= self.until:
            yield f"{day:%Y-%m}"
            day = (day + timedelta(days=32)).replace(day=1)

    @classmethod
    def month(cls, month: str, *, first_day: int = 1) -> "Period":
        """The month named 2026-11. With `first_day` 19 it runs from the 19th of the month before to the 18th."""
        year, number = (int(part) for part in month.split("-"))
        first = date(year, number, 1)
        if first_day == 1:
            return cls(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))
        return cls((first - timedelta(days=1)).replace(day=first_day), first.replace(day=first_day - 1))

    @property
    def before(self) -> "Period":
        """The period just before: the month before a natural month, otherwise as many days."""
        if self.is_month:
            last = self.since - timedelta(days=1)
            return Period(last.replace(day=1), last)
        days = self.until - self.since + timedelta(days=1)
        return Period(self.since - days, self.since - timedelta(days=1))

    @property
    def year_before(self) -> "Period":
        """The same days of the year before; a leap day becomes the 28th, the end of a month its end."""
        return Period(_year_before(self.since), _year_before(self.until))

    @property
    def is_month(self) -> bool:
        """Whether it is one natural month, whole."""
        return self.since.day == 1 and self.until == (self.since + timedelta(days=32)).replace(day=1) - timedelta(
            days=1
        )


def _year_before(day: date) -> date:
    try:
        earlier = day.replace(year=day.year - 1)
    except ValueError:
        earlier = day.replace(year=day.year - 1, day=28)
    # The last of February stays the last of February.
    ends = (day + timedelta(days=1)).day == 1
    return (earlier.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1) if ends else earlier
