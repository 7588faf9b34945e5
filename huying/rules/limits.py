"""Time limits as dated data: how long, for what, since when, and who says so.

Working days and calendar days are different types and never mixed. An appeal is judged by the limits in force on the
day it was born; a later row changes nothing for it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Final

from huying.rules.enums import AppealKind, ClockKind, LimitUnit, Severity, UnitLevel
from huying.rules.refusals import Refusal


class BadLimit(Refusal):
    """The limit makes no sense; the text says why, in words for people."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time in one unit; the subclasses are the units."""

    value: int

    unit: ClassVar[LimitUnit]

    def __post_init__(self) -> None:
        if self.value < 1:
            raise BadLimit("期限至少是 1，不能是 0 或负数")


class WorkingDays(Amount):
    unit = LimitUnit.WORKING_DAYS


class CalendarDays(Amount):
    unit = LimitUnit.CALENDAR_DAYS


class WorkingHours(Amount):
    unit = LimitUnit.WORKING_HOURS


class Hours(Amount):
    unit = LimitUnit.HOURS


class Minutes(Amount):
    unit = LimitUnit.MINUTES


AMOUNTS: Final[dict[LimitUnit, type[Amount]]] = {
    kind.unit: kind for kind in (WorkingDays, CalendarDays, WorkingHours, Hours, Minutes)
}
_WRITTEN: Final = re.compile(r"(\d+)(wd|cd|wh|h|min)")


def amount(value: int, unit: LimitUnit) -> Amount:
    """A length of time in the type of its unit; `BadLimit` when it is not at least one."""
    return AMOUNTS[unit](value)


def parse(text: str) -> Amount:
    """What `5wd`, `10cd`, `4wh`, `72h` or `15min` says; `BadLimit` for anything else."""
    found = _WRITTEN.fullmatch(text.strip().lower())
    if found is None or len(found[1]) > 9:
        raise BadLimit("看不懂期限“%(text)s”：请写成 5wd、10cd、4wh、72h 或 15min", text=text)
    return amount(int(found[1]), LimitUnit(found[2].upper()))


_MOST: Final[dict[LimitUnit, int]] = {
    LimitUnit.WORKING_DAYS: 480,
    LimitUnit.CALENDAR_DAYS: 731,
    LimitUnit.WORKING_HOURS: 3_600,
    LimitUnit.HOURS: 17_544,
    LimitUnit.MINUTES: 1_052_640,
}


def is_sane(length: Amount) -> bool:
    """Whether a limit of this length can end within the two years a calendar reaches."""
    return length.value <= _MOST[length.unit]


@dataclass(frozen=True, slots=True)
class LimitFact:
    """One dated row: this step takes so long, for what it applies to. None and "" mean "every"."""

    step: ClockKind
    amount: Amount
    kind: AppealKind | None = None
    tier: UnitLevel | None = None
    topic: int | None = None
    severity: Severity | None = None
    channel: str = ""
    moves_past_holidays: bool = False
    source: str = ""
    valid_from: date = date.min
    valid_to: date = date.max
    id: int | None = None

    @property
    def narrowness(self) -> int:
        """How many conditions it sets: the narrower row wins."""
        said = (self.kind, self.tier, self.topic, self.severity)
        return sum(one is not None for one in said) + bool(self.channel)


@dataclass(frozen=True, slots=True)
class About:
    """What a limit may depend on. `topics` is the topic with its parents."""

    kind: AppealKind | None = None
    tier: UnitLevel | None = None
    topics: frozenset[int] = field(default_factory=frozenset)
    severity: Severity | None = None
    channel: str = ""


def applies(limit: LimitFact, about: About) -> bool:
    """Whether every condition the row sets is met."""
    return (
        limit.kind in (None, about.kind)
        and limit.tier in (None, about.tier)
        and (limit.topic is None or limit.topic in about.topics)
        and limit.severity in (None, about.severity)
        and limit.channel in ("", about.channel)
    )


def pick(limits: Iterable[LimitFact], step: ClockKind, about: About, *, on: date) -> LimitFact | None:
    """The row in force on that day for this step: the narrowest, then the newest; None when none speaks of it."""
    rows = fitting(limits, step, about, on=on)
    return narrowest(rows) if rows else None


def fitting(limits: Iterable[LimitFact], step: ClockKind, about: About, *, on: date) -> list[LimitFact]:
    """Every row in force on that day that speaks of this step."""
    return [
        limit
        for limit in limits
        if limit.step is step and limit.valid_from <= on <= limit.valid_to and applies(limit, about)
    ]


def narrowest(rows: Iterable[LimitFact]) -> LimitFact:
    """The row that sets most conditions; of two as narrow the newer."""
    return max(rows, key=lambda one: (one.narrowness, one.valid_from, one.id or 0))
