"""Small counts, watched for too many and for too few: how often would chance alone bring this?

A window's count is negative binomial: a Poisson count whose rate is only known so well, and whose appeals come in
clumps. An alarm level is no number of cases. It is a promise over all series that are watched together: no more than
so many false alarms a year. From it follows, for each series and window, the count that is too much.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, inf, lgamma, log, log1p

YEAR = 365.0
# Fewer cases than this are a coincidence worth nobody's morning, whatever the statistics say of a silent unit.
FEWEST = 3
_LEAST_MEAN = 1e-4
_STEPS = 20
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Expected:
    """What a window should bring: its mean, and the size of the negative binomial (infinite: a Poisson count)."""

    mean: float
    size: float = inf


def expected(mean: float, *, known: float = inf, clumps: float = 1.0) -> Expected:
    """The count of a window of this mean, when the rate is known as well as `known` cases tell it, and cases come with
    a variance of `clumps` times their mean."""
    least = max(mean, _LEAST_MEAN)
    extra = max(clumps - 1.0, 0.0) + least / known
    return Expected(least, least / extra if extra > 0 else inf)


def likelihood(count: int, of: Expected) -> float:
    """The probability of exactly this count."""
    if count < 0:
        return 0.0
    if of.size == inf:
        return exp(count * log(of.mean) - of.mean - lgamma(count + 1))
    size, mean = of.size, of.mean
    ways = lgamma(size + count) - lgamma(size) - lgamma(count + 1)
    return exp(ways - size * log1p(mean / size) + count * log(mean / (mean + size)))


def at_most(count: int, of: Expected) -> float:
    """The probability of this count or fewer."""
    return min(sum(likelihood(one, of) for one in range(count + 1)), 1.0)


def at_least(count: int, of: Expected) -> float:
    """The probability of this count or more."""
    return max(1.0 - at_most(count - 1, of), 0.0)


def times_a_year(count: int, of: Expected, *, days: int) -> float:
    """How often a year a sliding window of so many days climbs to this count by chance; infinite up to the mean.

    A window climbs to c when a case enters while c - 1 are in it; for a Poisson stream, and for a mixture of them,
    that happens c / days times a day for each window that holds c.
    """
    if count <= of.mean:
        return inf
    return YEAR * count / days * likelihood(count, of)


def threshold(of: Expected, *, days: int, allowed: float, fewest: int = FEWEST) -> int:
    """The least count that chance brings at most `allowed` times a year."""
    count = max(int(of.mean) + 1, fewest)
    while times_a_year(count, of, days=days) > allowed and count < _MOST:
        count += 1
    return count


def level(watched: Iterable[tuple[Expected, int]], *, allowed: float, fewest: int = FEWEST) -> float:
    """The `allowed` of each series and window at which all of them together are false so many times a year.

    Counts jump, so most series use less than their share: what they leave is given to all.
    """
    alike = Counter((_rounded(of), days) for of, days in watched)
    if not alike or allowed <= 0:
        return 0.0
    low, high = log(allowed / alike.total()) - 3, log(allowed)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _together(alike, exp(middle), fewest) > allowed:
            high = middle
        else:
            low = middle
    return exp(low)


def _together(alike: Counter[tuple[Expected, int]], allowed: float, fewest: int) -> float:
    return sum(many * _false(of, days, allowed, fewest) for (of, days), many in alike.items())


def _false(of: Expected, days: int, allowed: float, fewest: int) -> float:
    return times_a_year(threshold(of, days=days, allowed=allowed, fewest=fewest), of, days=days)


def _rounded(of: Expected) -> Expected:
    """Series that differ by less than a twentieth are calibrated as one."""
    return Expected(_step(of.mean), of.size if of.size == inf else _step(of.size))


def _step(value: float) -> float:
    return exp(round(log(value) * 20) / 20)


@dataclass(frozen=True, slots=True)
class Peers:
    """What units of a kind bring: cases for each unit of exposure, how well a new unit is known by that, clumps."""

    rate: float
    known: float
    clumps: float


def peers(counts: Iterable[tuple[float, float]], *, clumps: float = 1.0) -> Peers:
    """The common rate of units with (cases, exposure), and how far they truly differ, by moments."""
    some = [(cases, exposure) for cases, exposure in counts if exposure > 0]
    cases, exposure = sum(one[0] for one in some), sum(one[1] for one in some)
    if not some or exposure <= 0:
        return Peers(0.0, 1.0, clumps)
    # Half a case more: a topic nobody has complained of yet is rare, not impossible.
    rate = (cases + 0.5) / exposure
    means = [rate * one[1] for one in some]
    spare = sum((one[0] - mean) ** 2 - clumps * mean for one, mean in zip(some, means, strict=True))
    differ = spare / sum(mean * mean for mean in means)
    return Peers(rate, min(max(1.0 / differ, 0.5), 50.0) if differ > 0 else 50.0, clumps)


def rate_of(cases: float, exposure: float, among: Peers) -> tuple[float, float]:
    """A unit's own rate drawn towards its peers', and by how many cases it is known."""
    return (among.known + cases) / (among.known / among.rate + exposure), among.known + cases


def clumps(weeks: Iterable[tuple[int, float]]) -> float:
    """How much more than its mean the count of a past window varies: (count, mean) of each; 1 where it does not."""
    some = [(count, mean) for count, mean in weeks if mean > 0]
    if len(some) < 2:
        return 1.0
    # Sums, not a mean of quotients: one case in a window of almost nothing says little.
    over = sum((count - mean) ** 2 for count, mean in some) / sum(mean for _, mean in some)
    return min(max(over, 1.0), 4.0)


def tide(count: float, mean: float, *, weight: float = 10.0) -> float:
    """By how much all the others rise or fall together in the same days, told cautiously while they are few."""
    return min(max((count + weight) / (mean + weight), 0.5), 3.0)
