"""What an indicator is, and its figure: a numerator over a denominator of measures. The catalogue is in `catalogue`.

Every figure shows n and N. N = 0 gives no figure at all; below the floor there are counts and no percentage (6.1).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from huying.rules.enums import Measure, Standing

Key = tuple[Measure, Standing]


class Basis(StrEnum):
    """The day by which a figure selects."""

    RECEIVED = "received"
    DISPATCH = "dispatch"
    DUE = "due"
    ANSWER = "answer"
    CALLBACK = "callback"
    CLOSING = "closing"
    ACT = "act"


class Reach(StrEnum):
    """Which appeals a figure counts."""

    HANDLED = "handled"  # what counts in appraisal
    ALL = "all"  # volume and safety: every appeal
    EXCLUDED = "excluded"  # 不合理诉求, as decided when they were excluded


STANDINGS: Final[Mapping[Reach, frozenset[Standing]]] = {
    Reach.HANDLED: frozenset({Standing.COUNTED}),
    Reach.ALL: frozenset(Standing),
    Reach.EXCLUDED: frozenset({Standing.EXCLUDED}),
}


@dataclass(frozen=True)
class Indicator:
    """One figure: what is above and below the line, by which day, since when the formula stands, and where it is from.

    Without `below` it is a count. `weights` name the parameter (in percent) by which a measure counts; `parts` make a
    composite of other figures. `carried` adds what was in hand when the period began to the denominator. `ripens`: so
    many days after the period it may still change. `mark` is 规, 方案 or 设.
    """

    code: str
    name: str
    formula: str
    basis: Basis
    above: tuple[Measure, ...] = ()
    below: tuple[Measure, ...] = ()
    reach: Reach = Reach.HANDLED
    weights: Mapping[Measure, str] = field(default_factory=dict)
    parts: tuple[tuple["Indicator", str], ...] = ()
    carried: bool = False
    ripens: int = 0
    mark: str = "设"
    version: int = 1
    valid_from: date = date(2026, 1, 1)

    @property
    def is_rate(self) -> bool:
        return bool(self.below)


@dataclass(frozen=True)
class Sums:
    """Strokes added up: those of a period by measure and standing, and what was in hand when it began."""

    period: Mapping[Key, int] = field(default_factory=dict)
    carried: Mapping[Standing, int] = field(default_factory=dict)

    def of(self, measures: Iterable[Measure], standings: frozenset[Standing]) -> int:
        """How many strokes of these measures."""
        return sum(self.period.get((measure, standing), 0) for measure in measures for standing in standings)

    def in_hand(self, standings: frozenset[Standing]) -> int:
        """How many appeals were open when the period began."""
        return sum(self.carried.get(standing, 0) for standing in standings)


@dataclass(frozen=True)
class Figure:
    """One figure of a period. `n` may be weighted; `N` None is a count. `value` is None where nothing may be said."""

    code: str
    n: Fraction
    N: int | None = None
    value: Fraction | None = None
    is_small: bool = False
    is_provisional: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain numbers: n whole where it is, the value with four digits."""
        said: dict[str, Any] = {"n": _number(self.n)}
        if self.N is not None:
            said |= {"N": self.N, "value": None if self.value is None else round(float(self.value), 4)}
            said |= {"small": True} if self.is_small else {}
        elif self.value is not None:
            said |= {"value": round(float(self.value), 4)}
        return said | ({"provisional": True} if self.is_provisional else {})


def _number(n: Fraction) -> int | float:
    return int(n) if n.denominator == 1 else round(float(n), 4)


def figure(one: Indicator, sums: Sums, *, numbers: Mapping[str, int], days_since: int | None = None) -> Figure:
    """One figure from sums. `numbers` are the dated parameters; `days_since` the days passed since the period ended."""
    if one.parts:
        return _composite(one, sums, numbers=numbers)
    standings = STANDINGS[one.reach]
    n = sum(
        (Fraction(sums.of([measure], standings)) * _weight(one, measure, numbers) for measure in one.above),
        start=Fraction(0),
    )
    is_provisional = bool(one.ripens) and days_since is not None and days_since < one.ripens
    if not one.is_rate:
        return Figure(one.code, n, is_provisional=is_provisional)
    below = sums.of(one.below, standings) + (sums.in_hand(standings) if one.carried else 0)
    return Figure(
        one.code,
        n,
        N=below,
        value=n / below if below else None,
        is_small=below < numbers["rate_floor"],
        is_provisional=is_provisional,
    )


def _weight(one: Indicator, measure: Measure, numbers: Mapping[str, int]) -> Fraction:
    name = one.weights.get(measure)
    return Fraction(1) if name is None else Fraction(numbers[name], 100)


def _composite(one: Indicator, sums: Sums, *, numbers: Mapping[str, int]) -> Figure:
    """Points out of a hundred; nothing while one part has nothing to stand on."""
    parts = [(figure(part, sums, numbers=numbers), Fraction(numbers[name], 100)) for part, name in one.parts]
    below = min((part.N or 0 for part, _ in parts), default=0)
    points = sum((part.value * weight * 100 for part, weight in parts if part.value is not None), start=Fraction(0))
    whole = all(part.value is not None for part, _ in parts)
    is_small = below < numbers["rate_floor"]
    return Figure(one.code, Fraction(below), N=below, value=points if whole else None, is_small=is_small)


def change(now: Fraction | int, base: Fraction | int) -> Fraction | None:
    """同比, 环比: how much more than the base, as a share of it; None where there was nothing: then it is new."""
    return None if base == 0 else (Fraction(now) - base) / base


def reduction(this: int, last: int) -> Fraction | None:
    """诉求总量下降率: by what share fewer than last year; None where last year had none."""
    return None if last == 0 else Fraction(last - this, last)


def per_thousand(count: int, pupils: int) -> Fraction | None:
    """千生诉求比; None where nobody knows how many pupils there are."""
    return None if pupils == 0 else Fraction(count * 1000, pupils)
