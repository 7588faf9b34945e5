"""What each unit usually brings, by topic and channel: learnt from its own past, its peers, and the kind of day."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from huying.rules import surveillance
from huying.rules.surveillance import Expected

WINDOWS = (1, 3, 7, 14, 28)
LEARNS_FROM = 730
# What may already be the trouble is not learnt as usual.
GUARD = 28
HALF_LIFE = 365.0
# Before so many days nothing is usual yet.
LEAST_PAST = 56
_WEEKS = 52
_PRIOR_DAYS = 5.0
_ONE_DAY = timedelta(days=1)

Group = tuple[int | None, int | None]


class DayKind(StrEnum):
    """How much a day usually brings depends on this."""

    OPENING = "opening"
    TERM = "term"
    REST = "rest"
    VACATION = "vacation"


def is_vacation(day: date, term: str) -> bool:
    """Whether schools are closed for the season, told by the calendar, else by the usual weeks of the year."""
    if term:
        return "假" in term
    return day.month in (7, 8) or (1, 24) <= (day.month, day.day) <= (2, 20)


def kind_of(day: date, *, is_workday: bool, terms: Callable[[date], str]) -> DayKind:
    """The kind of a day; the first two weeks of a term are its opening."""
    if is_vacation(day, terms(day)):
        return DayKind.VACATION
    if not is_workday:
        return DayKind.REST
    before = day - 14 * _ONE_DAY
    return DayKind.OPENING if is_vacation(before, terms(before)) else DayKind.TERM


@dataclass(frozen=True, slots=True)
class Series:
    """The daily counts of one unit, for one topic and channel (None: all of them). Days without a case are left out."""

    unit: int
    counts: Mapping[date, int]
    topic: int | None = None
    channel: int | None = None
    pupils: float = 1.0

    @property
    def group(self) -> Group:
        return self.topic, self.channel

    @property
    def key(self) -> tuple[int, int | None, int | None]:
        return self.unit, self.topic, self.channel

    def between(self, first: date, last: date) -> int:
        """Cases of these days."""
        return sum(self.counts.get(first + place * _ONE_DAY, 0) for place in range((last - first).days + 1))


@dataclass(frozen=True, slots=True)
class Excess:
    """A window that holds more than it should: how many days, cases, how many were expected, and how often a year
    chance alone brings that to this series."""

    days: int
    observed: int
    expected: float
    times_a_year: float


class Days:
    """The weight of each day, summed up, so that any stretch of days is read at once."""

    def __init__(self, kinds: Mapping[date, DayKind], weights: Mapping[DayKind, float]) -> None:
        self._first = min(kinds)
        self._until = [0.0]
        for place in range((max(kinds) - self._first).days + 1):
            self._until.append(self._until[-1] + weights[kinds[self._first + place * _ONE_DAY]])

    def weight(self, first: date, last: date) -> float:
        """The weight of these days together, as far as they are known."""
        most = len(self._until) - 1
        start = min(max((first - self._first).days, 0), most)
        end = min(max((last - self._first).days + 1, start), most)
        return self._until[end] - self._until[start]


def weights(totals: Mapping[date, int], kinds: Mapping[date, DayKind]) -> dict[DayKind, float]:
    """How many times the usual each kind of day brings, drawn towards the usual where few such days are known."""
    days: dict[DayKind, int] = dict.fromkeys(DayKind, 0)
    cases: dict[DayKind, float] = dict.fromkeys(DayKind, 0.0)
    for day, kind in kinds.items():
        days[kind] += 1
        cases[kind] += totals.get(day, 0)
    usual = max(sum(cases.values()) / len(kinds), 1e-9)
    return {kind: (cases[kind] / usual + _PRIOR_DAYS) / (days[kind] + _PRIOR_DAYS) for kind in DayKind}


class Baseline:
    """What is usual, learnt until some weeks before a day. `days` must reach beyond every day it is asked about."""

    def __init__(self, series: Sequence[Series], *, days: Days, first: date, on: date) -> None:
        self.days = days
        self.until = on - GUARD * _ONE_DAY
        self.first = max(first, self.until - LEARNS_FROM * _ONE_DAY)
        self._rates: dict[tuple[int, int | None, int | None], tuple[float, float]] = {}
        self._clumps: dict[Group, float] = {}
        self._strength: dict[Group, float] = {}
        by_group: dict[Group, list[Series]] = defaultdict(list)
        for one in series:
            by_group[one.group].append(one)
        for group, some in by_group.items() if self.knows_enough else ():
            self._learn(group, some)

    @property
    def knows_enough(self) -> bool:
        """Whether there was any past to learn from."""
        return (self.until - self.first).days >= LEAST_PAST

    def _learn(self, group: Group, some: Sequence[Series]) -> None:
        exposure = self._exposure()
        told = [(self._past(one), exposure * one.pupils) for one in some]
        among = surveillance.peers(told)
        rates = [surveillance.rate_of(cases, exposed, among) for cases, exposed in told]
        self._clumps[group] = surveillance.clumps(self._weeks(some, [rate for rate, _ in rates]))
        self._strength[group] = sum(rate * one.pupils for one, (rate, _) in zip(some, rates, strict=True))
        self._rates.update({one.key: rate for one, rate in zip(some, rates, strict=True)})

    def _past(self, one: Series) -> float:
        """Cases of the past, the older ones counting less."""
        return sum(count * self._fresh(day) for day, count in one.counts.items() if self.first <= day <= self.until)

    def _exposure(self) -> float:
        """What the past weighs in days, the older ones weighing less: month by month is close enough."""
        total, last = 0.0, self.until
        while last >= self.first:
            first = max(last - 29 * _ONE_DAY, self.first)
            total += self.days.weight(first, last) * self._fresh(first + (last - first) / 2)
            last = first - _ONE_DAY
        return total

    def _fresh(self, day: date) -> float:
        return float(0.5 ** ((self.until - day).days / HALF_LIFE))

    def _weeks(self, some: Sequence[Series], rates: Sequence[float]) -> Iterable[tuple[int, float]]:
        """(count, mean) of each series in each past week, the means moved by what all of them did together."""
        strength = sum(rate * one.pupils for one, rate in zip(some, rates, strict=True))
        counts = [_by_week(one, self.until) for one in some]
        for week in range(min(_WEEKS, (self.until - self.first).days // 7)):
            last = self.until - 7 * week * _ONE_DAY
            weight = self.days.weight(last - 6 * _ONE_DAY, last)
            tide = 1.0
            if len(some) > 1:
                tide = surveillance.tide(sum(one[week] for one in counts), strength * weight)
            for one, rate, count in zip(some, rates, counts, strict=True):
                yield count[week], rate * one.pupils * weight * tide

    def expected(self, one: Series, *, last: date, days: int, all_counted: int | None = None) -> Expected:
        """What this series should bring in the days up to `last`. `all_counted`: what the whole group brought in them;
        what the others did more or less than usual is expected of this one too."""
        rate, known = self._rates[one.key]
        first = last - (days - 1) * _ONE_DAY
        weight = self.days.weight(first, last)
        mean = rate * one.pupils * weight
        if all_counted is not None:
            others = self._strength[one.group] * weight - mean
            mean *= surveillance.tide(all_counted - one.between(first, last), max(others, 0.0))
        return surveillance.expected(mean, known=known, clumps=self._clumps[one.group])

    def all_windows(self, some: Iterable[Series], *, last: date) -> Iterable[tuple[Expected, int]]:
        """What every series should bring in every window: what a level is set over."""
        for one in some:
            for days in WINDOWS:
                yield self.expected(one, last=last, days=days), days


def _by_week(one: Series, until: date) -> list[int]:
    found = [0] * _WEEKS
    for day, count in one.counts.items():
        week = (until - day).days // 7
        if 0 <= week < _WEEKS:
            found[week] += count
    return found


def excess(
    one: Series, baseline: Baseline, *, on: date, level: float, totals: Mapping[date, int] | None = None
) -> Excess | None:
    """The window ending on that day that chance explains least, when it is beyond the level; None otherwise."""
    found: list[Excess] = []
    for days in WINDOWS:
        first = on - (days - 1) * _ONE_DAY
        observed = one.between(first, on)
        if observed < surveillance.FEWEST:
            continue
        all_counted = None if totals is None else sum(
            totals.get(first + place * _ONE_DAY, 0) for place in range(days)
        )  # fmt: skip
        usual = baseline.expected(one, last=on, days=days, all_counted=all_counted)
        often = surveillance.times_a_year(observed, usual, days=days)
        if often <= level:
            found.append(Excess(days, observed, usual.mean, often))
    return min(found, key=lambda window: window.times_a_year, default=None)
