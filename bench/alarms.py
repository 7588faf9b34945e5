"""How soon an alarm sees trouble, and how often it cries wolf: simulated years with planted events of known size.

`python -m bench.alarms` prints one table: 200 schools of different sizes, ten topics, school terms and holidays, quiet
weekends, growth, schools that truly differ, matters that several families tell, and weeks in which a topic is in
everybody's mouth. The same years are watched by our level at several settings and by the rules of thumb that offices
use. Seeded; it ends by itself in about two minutes.
"""

import argparse
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from huying.rules import baselines, surveillance
from huying.rules.baselines import WINDOWS, Baseline, DayKind, Days, Series

FIRST = date(2023, 1, 1)
LEARNING_DAYS = 730
TOPICS = 10
A_DAY = timedelta(days=1)
RELEARN = 28
LOOKS_FOR = 42
QUIET = 28
SIZES = (4, 6, 9, 14)
LASTS = 10
SETTINGS = (5.0, 15.0, 50.0, 150.0)
THUMBS = (3, 6, 10)
SEASON = {DayKind.OPENING: 2.0, DayKind.TERM: 1.0, DayKind.REST: 0.35, DayKind.VACATION: 0.15}

Key = tuple[int, int | None, int | None]


@dataclass(frozen=True)
class Years:
    """What was simulated: every series, the kind of each day, and the days that are watched."""

    series: dict[Key, Series]
    days: Days
    first: date
    last: date


def simulate(*, schools: int, years: float, seed: int) -> Years:
    """Years of appeals without any event: two to learn from, then `years` to watch."""
    chance = random.Random(seed)  # noqa: S311
    last = FIRST + timedelta(days=LEARNING_DAYS + round(years * 365))
    kinds = {day: _kind(day) for day in _days(FIRST - 400 * A_DAY, last + 90 * A_DAY)}
    pupils = [chance.lognormvariate(6.8, 0.7) for _ in range(schools)]
    shares = [chance.gammavariate(1.5, 1.0) for _ in range(TOPICS)]
    truly = [[chance.gammavariate(3, 1 / 3) for _ in range(TOPICS)] for _ in range(schools)]
    # About 40 appeals a school and year at the start.
    scale = 40 * schools / 365 / sum(pupils) / sum(shares) / 0.7
    counts: dict[Key, Counter[date]] = defaultdict(Counter)
    talk: dict[tuple[int, int], float] = {}
    for day in _days(FIRST, last):
        growth = 1.15 ** ((day - FIRST).days / 365)
        week = (day - FIRST).days // 7
        for topic in range(TOPICS):
            mood = talk.setdefault((topic, week), chance.lognormvariate(0, 0.2))
            rate = scale * shares[topic] * growth * mood * SEASON[kinds[day]]
            for school in range(schools):
                for _ in range(_poisson(chance, rate * pupils[school] * truly[school][topic])):
                    for told in _told(chance, day, last):
                        counts[school, topic, None][told] += 1
                        counts[school, None, None][told] += 1
    keys = [(school, topic, None) for school in range(schools) for topic in (*range(TOPICS), None)]
    series = {key: Series(key[0], counts[key], topic=key[1], pupils=pupils[key[0]]) for key in keys}
    return Years(series, Days(kinds, dict.fromkeys(DayKind, 1.0)), FIRST + LEARNING_DAYS * A_DAY, last)


def _told(chance: random.Random, day: date, last: date) -> Iterator[date]:
    """One matter, and the other families who tell of it in the next days."""
    yield day
    while chance.random() < 0.2:
        later = day + chance.randrange(5) * A_DAY
        if later <= last:
            yield later


def _poisson(chance: random.Random, mean: float) -> int:
    count, left = 0, chance.expovariate(1.0)
    while left < mean:
        count, left = count + 1, left + chance.expovariate(1.0)
    return count


def _kind(day: date) -> DayKind:
    return baselines.kind_of(day, is_workday=day.weekday() < 5, terms=lambda _: "")


def _days(first: date, last: date) -> Iterator[date]:
    return (first + place * A_DAY for place in range((last - first).days + 1))


@dataclass(frozen=True)
class Month:
    """What is known for four weeks: the baseline, and the level for each setting."""

    baseline: Baseline
    levels: Mapping[float, float]


def learn(years: Years) -> dict[date, Month]:
    """The baselines of every four weeks that are watched, as the daily look would have learnt them."""
    found = {}
    for first in [day for day in _days(years.first, years.last) if (day - years.first).days % RELEARN == 0]:
        past = Counter[date]()
        for (_, topic, _), one in years.series.items():
            if topic is None:
                past.update({day: count for day, count in one.counts.items() if day < first})
        known = {day: _kind(day) for day in _days(FIRST, first - A_DAY)}
        weights = baselines.weights(past, known)
        kinds = {day: _kind(day) for day in _days(FIRST - 400 * A_DAY, first + 120 * A_DAY)}
        baseline = Baseline([*years.series.values()], days=Days(kinds, weights), first=FIRST, on=first)
        watched = [*baseline.all_windows(years.series.values(), last=first)]
        # A year's mean, not that of a day in the holidays: the level is set for the whole year.
        levels = {setting: surveillance.level(watched, allowed=setting) for setting in SETTINGS}
        found[first] = Month(baseline, levels)
    return found


Rule = Callable[[Series, date], bool]


def ours(months: Mapping[date, Month], totals: Mapping[int | None, Counter[date]], setting: float) -> Rule:
    """Our level at a setting of false alarms a year."""
    first = min(months)

    def rule(one: Series, on: date) -> bool:
        month = months[first + (on - first).days // RELEARN * RELEARN * A_DAY]
        level = month.levels[setting]
        return baselines.excess(one, month.baseline, on=on, level=level, totals=totals[one.topic]) is not None

    return rule


def more_than(many: int) -> Rule:
    """A rule of thumb: more than so many of a topic in thirty days."""
    return lambda one, on: one.topic is not None and one.between(on - 29 * A_DAY, on) > many


def doubled(one: Series, on: date) -> bool:
    """Twice as many as in the thirty days before, or more (from two on)."""
    now = one.between(on - 29 * A_DAY, on)
    before = one.between(on - 59 * A_DAY, on - 30 * A_DAY)
    return one.topic is not None and now >= 4 and now >= 2 * before


def false_alarms(years: Years, rule: Rule) -> float:
    """Alarms a year while nothing happens: one that goes on is one."""
    alarms = 0
    for one in years.series.values():
        running: date | None = None
        for day in sorted(day for day in one.counts if years.first <= day <= years.last):
            if rule(one, day):
                alarms += running is None or (day - running).days > QUIET
                running = day
    return alarms / ((years.last - years.first).days / 365)


def plant(years: Years, *, size: int, many: int, seed: int) -> list[tuple[Series, Series, date]]:
    """Events: this many more cases of one topic in one school within ten days, in term; (topic, school, start)."""
    chance = random.Random(seed)  # noqa: S311
    keys = [key for key in years.series if key[1] is not None]
    found = []
    while len(found) < many:
        start = years.first + chance.randrange((years.last - years.first).days - LOOKS_FOR) * A_DAY
        if _kind(start) not in (DayKind.TERM, DayKind.OPENING):
            continue
        school, topic, _ = chance.choice(keys)
        more = Counter(start + chance.randrange(LASTS) * A_DAY for _ in range(size))
        both = [years.series[school, which, None] for which in (topic, None)]
        found.append((*(replace(one, counts=Counter(one.counts) + more) for one in both), start))
    return found


def delays(planted: Sequence[tuple[Series, Series, date]], rule: Rule) -> list[int]:
    """For each event that was seen, after how many days."""
    found = []
    for topic, school, start in planted:
        for day in _days(start, start + LOOKS_FOR * A_DAY):
            if any(one.counts.get(day) and rule(one, day) for one in (topic, school)):
                found.append((day - start).days)
                break
    return found


@dataclass(frozen=True)
class Row:
    """How one rule did."""

    name: str
    false_a_year: float
    seen: tuple[float, ...]
    median: tuple[float, ...]
    slow: tuple[float, ...]


def measure(*, schools: int, years: float, events: int, seed: int) -> list[Row]:
    """Every rule over the same years and the same events."""
    simulated = simulate(schools=schools, years=years, seed=seed)
    months = learn(simulated)
    totals: dict[int | None, Counter[date]] = defaultdict(Counter)
    for one in simulated.series.values():
        totals[one.topic].update(one.counts)
    rules: dict[str, Rule] = {f"ours, {one:g} a year set": ours(months, totals, one) for one in SETTINGS}
    rules |= {f"more than {many} in 30 days": more_than(many) for many in THUMBS}
    rules["twice the 30 days before, from 4 on"] = doubled
    planted = [plant(simulated, size=size, many=events, seed=seed + size) for size in SIZES]
    return [_row(name, rule, simulated, planted) for name, rule in rules.items()]


def _row(name: str, rule: Rule, years: Years, planted: Sequence[list[tuple[Series, Series, date]]]) -> Row:
    waited = [delays(some, rule) for some in planted]
    return Row(
        name,
        false_alarms(years, rule),
        tuple(len(seen) / len(some) for seen, some in zip(waited, planted, strict=True)),
        tuple(statistics.median(seen) if seen else float("nan") for seen in waited),
        tuple(sorted(seen)[int(len(seen) * 0.9)] if seen else float("nan") for seen in waited),
    )


def markdown(rows: Sequence[Row]) -> str:
    """The table as docs/performance.md holds it."""
    head = " | ".join(f"event of {size}" for size in SIZES)
    lines = [f"| rule | false alarms a year | {head} |", "|---" * (len(SIZES) + 2) + "|"]
    for row in rows:
        cells = [
            f"{seen:.0%}, {median:.0f} d ({slow:.0f})"
            for seen, median, slow in zip(row.seen, row.median, row.slow, strict=True)
        ]
        lines.append(f"| {row.name} | {row.false_a_year:.1f} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m bench.alarms", description=__doc__)
    asked.add_argument("--schools", type=int, default=200)
    asked.add_argument("--years", type=float, default=3.0)
    asked.add_argument("--events", type=int, default=400, help="planted for each size")
    asked.add_argument("--seed", type=int, default=7)
    given = asked.parse_args()
    began = time.perf_counter()
    rows = measure(schools=given.schools, years=given.years, events=given.events, seed=given.seed)
    print(markdown(rows))
    series = given.schools * (TOPICS + 1)
    print(f"\n{series:,} series, {len(WINDOWS)} windows, seed {given.seed}, {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
