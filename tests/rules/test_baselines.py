"""What a unit usually brings, and the window that holds more."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from huying.rules import baselines, surveillance
from huying.rules.baselines import Baseline, DayKind, Days, Series

DAY = timedelta(days=1)
FIRST, ON = date(2025, 9, 1), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("day", "is_workday", "term", "kind"),
    [
        (date(2026, 11, 24), True, "", DayKind.TERM),
        (date(2026, 11, 22), False, "", DayKind.REST),
        (date(2026, 7, 15), True, "", DayKind.VACATION),
        (date(2026, 2, 3), True, "", DayKind.VACATION),
        (date(2026, 9, 7), True, "", DayKind.OPENING),
        (date(2026, 11, 24), True, "秋假", DayKind.VACATION),
        (date(2026, 7, 15), True, "夏季学期", DayKind.TERM),
    ],
)
def test_the_kind_of_a_day(day, is_workday, term, kind):
    assert baselines.kind_of(day, is_workday=is_workday, terms=lambda _: term) is kind


def test_days_that_bring_more_weigh_more_and_unknown_kinds_weigh_one():
    kinds = {FIRST + n * DAY: DayKind.TERM if n % 2 else DayKind.REST for n in range(200)}
    weights = baselines.weights({day: 3 for day, kind in kinds.items() if kind is DayKind.TERM}, kinds)
    assert 1.8 < weights[DayKind.TERM] < 2.0 and weights[DayKind.REST] < 0.1
    assert weights[DayKind.VACATION] == 1.0
    assert baselines.weights({}, kinds)[DayKind.TERM] < 0.1


def test_the_weight_of_a_stretch_ends_where_days_are_known():
    days = Days({FIRST + n * DAY: DayKind.TERM for n in range(10)}, dict.fromkeys(DayKind, 0.5))
    assert days.weight(FIRST, FIRST + DAY) == 1.0
    assert days.weight(FIRST - 99 * DAY, FIRST + 99 * DAY) == 5.0
    assert days.weight(FIRST + DAY, FIRST) == 0.0


def county(*, every: int = 14) -> list[Series]:
    """Ten schools, one case each a fortnight on another day."""
    days = (ON - FIRST).days
    return [
        Series(school, Counter(FIRST + n * DAY for n in range(school, days, every)), topic=1, pupils=800.0)
        for school in range(10)
    ]


def learnt(series: list[Series], *, first: date = FIRST) -> Baseline:
    kinds = {first + n * DAY: DayKind.TERM for n in range((ON - first).days + 1)}
    return Baseline(series, days=Days(kinds, dict.fromkeys(DayKind, 1.0)), first=first, on=ON)


def test_a_school_is_expected_to_bring_what_it_brought():
    series = county()
    usual = learnt(series).expected(series[3], last=ON, days=28)
    assert 1.9 < usual.mean < 2.1


def test_what_all_others_bring_more_is_expected_of_one_too():
    series = county()
    baseline = learnt(series)
    calm = baseline.expected(series[3], last=ON, days=28, all_counted=20)
    storm = baseline.expected(series[3], last=ON, days=28, all_counted=60)
    assert 0.9 < calm.mean / 2 < 1.1 and 2.0 < storm.mean / calm.mean <= 3.0


def test_a_burst_is_beyond_the_level_and_an_ordinary_month_is_not():
    series = county()
    baseline = learnt(series)
    level = surveillance.level(baseline.all_windows(series, last=ON), allowed=1.0)
    assert baselines.excess(series[3], baseline, on=ON, level=level) is None
    burst = replace(series[3], counts=Counter(series[3].counts) + Counter(ON - n * DAY for n in range(7)))
    totals = Counter[date]()
    for one in (*series[:3], burst, *series[4:]):
        totals.update(one.counts)
    found = baselines.excess(burst, baseline, on=ON, level=level, totals=totals)
    assert found is not None
    assert (found.days, found.observed) == (7, 7)
    assert found.expected < 1 and found.times_a_year <= level


def test_a_group_of_one_is_judged_by_its_own_past():
    alone = county()[3]
    assert 1.9 < learnt([alone]).expected(alone, last=ON, days=28).mean < 2.1


def test_nothing_is_usual_before_eight_weeks():
    assert learnt(county()).knows_enough
    assert not learnt(county(), first=ON - 60 * DAY).knows_enough


def test_a_series_is_known_by_its_unit_topic_and_channel():
    one = Series(7, {FIRST: 2}, topic=1, channel=3)
    assert (one.key, one.group, one.between(FIRST, FIRST + DAY)) == ((7, 1, 3), (1, 3), 2)
