"""The yearly target (投诉总量下降 10–15 %): a trend with its margin, and whether the intake is healthy. Never a rank.

Fewer complaints can mean fewer reasons or closed doors. The figure alone cannot tell, so it never stands alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt
from typing import Final

from huying.rules.enums import TargetStanding
from huying.rules.survey import SURE

# A change of fewer than so many is told as numbers only.
FEWEST: Final = 10
# A share of the intake that moves by more than so many points wants to be looked at.
MOVED: Final = 0.05


@dataclass(frozen=True, slots=True)
class Band:
    """The target of a year: a fall of at least and at most so many per cent."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Trend:
    """This year until a day against the same days of last year. `change` is a share (-0.12: twelve per cent fewer),
    None where there is too little to compare; `low` to `high` is what chance alone leaves open."""

    now: int
    before: int
    change: float | None
    low: float | None
    high: float | None
    standing: TargetStanding


@dataclass(frozen=True, slots=True)
class Intake:
    """How appeals came in over a stretch of days, complaints or not."""

    received: int
    late_entered: int = 0
    from_outside: int = 0
    not_taken_on: int = 0
    channels: int = 0
    pupils: int = 0


def same_days_before(on: date) -> tuple[date, date]:
    """From the first of January of last year to the same day; the last of February where this year has one more."""
    try:
        last = on.replace(year=on.year - 1)
    except ValueError:
        last = on.replace(year=on.year - 1, day=28)
    return date(on.year - 1, 1, 1), last


def trend(now: int, before: int, *, band: Band) -> Trend:
    """How the year stands so far."""
    if before < FEWEST:
        return Trend(now, before, None, None, None, TargetStanding.TOO_FEW)
    change = now / before - 1
    # The ratio of two counts: its logarithm varies by the inverse of both.
    half = SURE * sqrt(1 / max(now, 0.5) + 1 / before)
    middle = log(max(now, 0.5) / before)
    return Trend(now, before, change, exp(middle - half) - 1, exp(middle + half) - 1, _standing(now, before, band))


def _standing(now: int, before: int, band: Band) -> TargetStanding:
    # In whole numbers: 90 of 100 is ten per cent fewer, whatever a fraction of two makes of it.
    if now > before:
        return TargetStanding.RISING
    if now * 100 > before * (100 - band.least):
        return TargetStanding.SHORT
    return TargetStanding.WITHIN if now * 100 >= before * (100 - band.most) else TargetStanding.BEYOND


def shares(intake: Intake) -> Mapping[str, float | None]:
    """What to look at beside the figure: shares of what was received, and appeals for each 1,000 pupils."""
    of = intake.received
    per = intake.received / intake.pupils * 1000 if intake.pupils else None
    return {
        "late_entered": intake.late_entered / of if of >= FEWEST else None,
        "from_outside": intake.from_outside / of if of >= FEWEST else None,
        "not_taken_on": intake.not_taken_on / of if of >= FEWEST else None,
        "per_1000_pupils": per,
    }


def looks_unwell(now: Intake, before: Intake) -> tuple[str, ...]:
    """What moved the way it moves where people are kept from complaining: more that reaches us only from outside, more
    entered late, more not taken on, fewer ways in."""
    first, then = shares(now), shares(before)
    moved = []
    for name in ("from_outside", "late_entered", "not_taken_on"):
        later, earlier = first[name], then[name]
        if later is not None and earlier is not None and later - earlier > MOVED:
            moved.append(name)
    return (*moved, *(("channels",) if now.channels < before.channels else ()))
