"""What a school shows of its work: this month so far, and how much came in each of the last months."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from huying.oversight import boards, figures
from huying.rules.enums import Measure
from huying.rules.periods import Period

MONTHS = 5
KEPT_SECONDS = 3600
# The chart at its real size: a public label is never smaller than 18 px.
WIDTH, FLOOR, TALLEST, BAR = 296, 150, 106, 32


@dataclass(frozen=True)
class Bar:
    """One month of the chart."""

    month: int
    count: int
    x: int
    height: int
    is_current: bool

    @property
    def y(self) -> int:
        return FLOOR - self.height

    @property
    def middle(self) -> int:
        return self.x + BAR // 2

    @property
    def words(self) -> str:
        """6月: said in the reader's language, so not kept with the figures."""
        return _("%(month)d月") % {"month": self.month}

    @property
    def above(self) -> int:
        """Where the number stands."""
        return self.y - 8


@dataclass(frozen=True)
class Shown:
    """The figures of a school's home."""

    received: int
    answered: int
    due: int
    on_time: int
    bars: tuple[Bar, ...]

    @property
    def late(self) -> int:
        return self.due - self.on_time

    @property
    def words(self) -> str:
        """The chart, told: 6月 36 件，7月 6 件."""
        return "，".join(_("%(month)s %(n)d 件") % {"month": bar.words, "n": bar.count} for bar in self.bars)


def of_school(school: Any, *, on: date) -> Shown:
    """The figures up to this day. The plain numbers are kept for an hour."""
    key = f"months:{school.pk}:{on.isoformat()}"
    counted = cache.get(key)
    if counted is None:
        counted = _counted(school, on=on)
        cache.set(key, counted, KEPT_SECONDS)
    *numbers, rows = counted
    return Shown(*numbers, bars=bars(rows))


def _counted(school: Any, *, on: date) -> tuple[Any, ...]:
    """received, answered, due, on time, and (month, received) of each month shown; what went past the school is in
    none of them, for a difference would tell the school of it."""
    scope = figures.of_unit(school, on=on)
    month = figures.of(scope, Period(on.replace(day=1), on), on=on)
    due = month["on_time_rate"]
    trend = boards.by_month(scope, Measure.RECEIVED, last=f"{on:%Y-%m}")
    return month.count("volume"), month.count("answered"), due.N, int(due.n), trend[-MONTHS:]


def bars(rows: list[tuple[str, int]]) -> tuple[Bar, ...]:
    """One bar a month from zero; nothing to draw when nothing came."""
    most = max((count for _month, count in rows), default=0)
    if not most:
        return ()
    step = (WIDTH - 6) // len(rows)
    return tuple(
        Bar(
            month=int(month[-2:]),
            count=count,
            x=14 + step * place,
            height=round(TALLEST * count / most),
            is_current=place == len(rows) - 1,
        )
        for place, (month, count) in enumerate(rows)
    )
