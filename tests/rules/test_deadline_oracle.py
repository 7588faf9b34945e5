"""The engine against the walker: random cases from 2019 to 2027 on several calendars, with pauses and extensions."""

import random
from datetime import date, datetime, time, timedelta

import pytest

from huying.rules import deadlines, statutory, workdays
from huying.rules.deadlines import Change, Extension, Hold
from huying.rules.workdays import Calendar, DayFact, Interval
from tests.rules.almanac import CHINA, CST, limit
from tests.rules.oracle import SlowCalendar, walk_days, walk_due

FIRST, LAST = datetime(2019, 1, 1, tzinfo=CST), datetime(2027, 12, 31, 23, 59, tzinfo=CST)
MINUTES = int((LAST - FIRST).total_seconds() // 60)


def national() -> tuple[Calendar, SlowCalendar]:
    off = {day for day, fact in CHINA.days.items() if not fact.is_workday}
    unknown = {day for year in (2027, 2028, 2029) for day in statutory.days_off(year)}
    worked = {day for day, fact in CHINA.days.items() if fact.is_workday}
    return CHINA, SlowCalendar(off | unknown, worked, {})


def school(seed: int) -> tuple[Calendar, SlowCalendar]:
    """A school with closed days, make-up days and half days of its own, over the nation's."""
    draw = random.Random(seed)
    some = [date(2019, 1, 1) + timedelta(days=draw.randrange(3285)) for _ in range(240)]
    closed, extra, half = set(some[:80]), set(some[80:160]) - set(some[:80]), set(some[160:])
    days = {day: DayFact(day, day in extra, "校历") for day in closed | extra}
    hours = {day: (Interval(time(8), time(12)),) for day in half}
    _, slow = national()
    own = workdays.over(CHINA, Calendar(name="实验小学", days=days, hours=hours))
    off, worked = (slow.off | closed) - extra, (slow.worked | extra) - closed
    return own, SlowCalendar(off, worked, {day: ((time(8), time(12)),) for day in half})


def seasons() -> tuple[Calendar, SlowCalendar]:
    """A school whose hours follow the seasons, and which works four days a week for a while."""
    summer = ((time(7, 30), time(11, 30)), (time(14, 30), time(18)))
    winter = ((time(8, 30), time(12)), (time(13), time(16, 30)))
    weeks = tuple(
        (date(year, month, day), last, hours)
        for year in range(2019, 2028)
        for month, day, last, hours in ((5, 1, 4, summer), (10, 9, 4, winter), (12, 14, 3, winter))
    )
    later = tuple(
        (first, {number: tuple(Interval(*one) for one in hours) for number in range(last + 1)})
        for first, last, hours in weeks
    )
    _, slow = national()
    own = workdays.over(CHINA, Calendar(name="四季", later=later))
    return own, SlowCalendar(slow.off, slow.worked, {}, weeks)


PAIRS = (national(), school(1), school(2), seasons())


def agree_on_a_random_case(draw: random.Random) -> None:
    fast, slow = draw.choice(PAIRS)
    start = FIRST + timedelta(minutes=draw.randrange(MINUTES))
    unit = draw.choice(["wd", "cd", "wh", "h", "min"])
    value = draw.randint(1, {"wd": 30, "cd": 60, "wh": 60, "h": 200, "min": 3000}[unit])
    moves = draw.random() < 0.3
    changes = _random_changes(draw, start)
    found = deadlines.due(limit(f"{value}{unit}", moves_past_holidays=moves), start, fast, changes=changes).at
    walked = walk_due(slow, start, value, unit, [_plain(one) for one in changes], moves=moves)
    assert found == walked, (start.isoformat(), value, unit, moves, changes)


def _random_changes(draw: random.Random, start: datetime) -> list[Change]:
    changes: list[Change] = []
    here = start
    for _ in range(draw.choice([0, 0, 1, 1, 2, 3])):
        first = here + timedelta(minutes=draw.randrange(4_000))
        here = first + timedelta(minutes=draw.randrange(6_000))
        changes.append(Hold(first, here) if draw.random() < 0.7 else Extension(first, here))
    return changes


def _plain(change: Change) -> tuple[str, datetime, datetime]:
    if isinstance(change, Hold):
        return ("hold", change.start, change.end)
    return ("until", change.at, change.until)


def agree_on_a_random_day(draw: random.Random) -> None:
    fast, slow = draw.choice(PAIRS)
    start = FIRST + timedelta(minutes=draw.randrange(MINUTES))
    unit, value, moves = draw.choice(["wd", "cd"]), draw.randint(1, 60), draw.random() < 0.3
    found = deadlines.end_of(limit(f"{value}{unit}", moves_past_holidays=moves), start, fast)
    walked = walk_days(slow, start, value, unit, moves=moves and unit == "cd")
    assert found == walked, (start.isoformat(), value, unit, moves)


def test_engine_and_walker_agree_on_some_cases():
    draw = random.Random(20260924)
    for _ in range(60):
        agree_on_a_random_case(draw)
    for _ in range(2_000):
        agree_on_a_random_day(draw)


@pytest.mark.proof
def test_engine_and_walker_agree_minute_by_minute_on_two_thousand_cases():
    draw = random.Random(731)
    for _ in range(2_000):
        agree_on_a_random_case(draw)


@pytest.mark.proof
def test_engine_and_walker_agree_day_by_day_on_a_hundred_thousand_cases():
    draw = random.Random(1001)
    for _ in range(100_000):
        agree_on_a_random_day(draw)
