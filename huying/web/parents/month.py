"""What a school shows of its work: this month so far, and how much came in each of the last months."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from huying.appeals import figures

MONTHS = 5
KEPT_SECONDS = 3600
# The chart at its real size: a public label is never smaller than 18 px.
WIDTH, FLOOR, TALLEST, BAR = 296, 150, 106, 32


@dataclass(frozen=True)
class Bar:
    """One month of the chart."""

    month: str
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
        return "，".join(_("%(month)s %(n)d 件") % {"month": bar.month, "n": bar.count} for bar in self.bars)


def of_school(school: Any, *, on: date) -> Shown:
    """The figures up to this day. They are counted from the whole ledger, so they are kept for an hour."""
    key = f"home:{school.pk}:{on.isoformat()}"
    kept: Shown | None = cache.get(key)
    if kept is None:
        kept = _counted(school, on=on)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _counted(school: Any, *, on: date) -> Shown:
    month = figures.of_school(school, since=on.replace(day=1), until=on, on=on)
    trend = figures.of_school(school, since=_first(on), until=on, on=on)["by_month"]
    return Shown(
        received=month["received"],
        answered=month["answered"],
        due=month["on_time"]["N"],
        on_time=month["on_time"]["n"],
        bars=bars([(row["month"], row["received"]) for row in trend]),
    )


def bars(rows: list[tuple[str, int]]) -> tuple[Bar, ...]:
    """One bar a month from zero; nothing to draw when nothing came."""
    most = max((count for _month, count in rows), default=0)
    if not most:
        return ()
    step = (WIDTH - 6) // len(rows)
    return tuple(
        Bar(
            month=_("%(month)d月") % {"month": int(month[-2:])},
            count=count,
            x=14 + step * place,
            height=round(TALLEST * count / most),
            is_current=place == len(rows) - 1,
        )
        for place, (month, count) in enumerate(rows)
    )


def _first(on: date) -> date:
    """The first day of the earliest month shown."""
    months = on.year * 12 + on.month - 1 - (MONTHS - 1)
    return date(months // 12, months % 12 + 1, 1)
