"""What must hold of every date, whatever the calendar, the limit and the moment."""

import os
import time
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.rules import deadlines, workdays
from huying.rules.deadlines import Hold
from huying.rules.limits import LimitFact
from huying.rules.workdays import Calendar, DayFact, Interval
from tests.rules.almanac import CHINA, CST, limit

MINUTE = timedelta(minutes=1)
HALF = (Interval(datetime.min.time().replace(hour=8), datetime.min.time().replace(hour=12)),)

moments = st.datetimes(datetime(2019, 1, 1), datetime(2027, 12, 1)).map(
    lambda naive: naive.replace(second=0, microsecond=0, tzinfo=CST)
)
days = st.dates(date(2019, 1, 2), date(2028, 1, 20))
limits = st.builds(
    lambda value, unit, moves: limit(f"{value}{unit}", moves_past_holidays=moves),
    st.integers(1, 40),
    st.sampled_from(["wd", "cd", "wh", "h", "min"]),
    st.booleans(),
)
spans = st.integers(0, 6_000)


def with_day(calendar: Calendar, day: date, *, worked: bool) -> Calendar:
    extra = {**calendar.days, day: DayFact(day, worked, "特别安排")}
    return Calendar(week=calendar.week, days=extra, hours=calendar.hours, confirmed_years=calendar.confirmed_years)


CALENDARS = (
    CHINA,
    Calendar(confirmed_years=CHINA.confirmed_years),
    workdays.over(CHINA, Calendar(name="半天", hours={date(2026, 3, day): HALF for day in range(2, 28)})),
)
calendars = st.integers(0, 2).map(CALENDARS.__getitem__)


def due_at(fact: LimitFact, start: datetime, calendar: Calendar, *holds: Hold) -> datetime:
    return deadlines.due(fact, start, calendar, changes=holds).at


def counts_whole_days(fact: LimitFact) -> bool:
    return fact.amount.unit.value in ("WD", "CD")


@settings(max_examples=150, deadline=None)
@given(limits, moments, days, calendars)
def test_adding_a_holiday_never_makes_a_date_earlier(fact, start, day, calendar):
    assert due_at(fact, start, with_day(calendar, day, worked=False)) >= _floor(fact, start, calendar, day)


def _floor(fact: LimitFact, start: datetime, calendar: Calendar, day: date) -> datetime:
    """The old date; one that ends on the new holiday itself keeps its day, and ends when an ordinary day does."""
    before = due_at(fact, start, calendar)
    is_half = calendar.hours.get(day) is not None
    return before if not is_half else min(before, calendar.close_of(day))


@settings(max_examples=150, deadline=None)
@given(limits, moments, days, calendars)
def test_adding_a_make_up_day_never_makes_a_date_later(fact, start, day, calendar):
    if not calendar.is_workday(day):
        assert due_at(fact, start, with_day(calendar, day, worked=True)) <= due_at(fact, start, calendar)


@settings(max_examples=150, deadline=None)
@given(limits, moments, st.integers(0, 3_000), spans, calendars)
def test_a_pause_moves_the_date_by_exactly_its_working_time(fact, start, after, length, calendar):
    begin = start + after * MINUTE
    pause = Hold(begin, begin + length * MINUTE)
    plain, paused = due_at(fact, start, calendar), due_at(fact, start, calendar, pause)
    if begin >= plain:
        assert paused == plain
    else:
        stood = workdays.working_time(calendar, pause.start, pause.end)
        assert workdays.working_time(calendar, plain, paused) == stood


@settings(max_examples=150, deadline=None)
@given(limits, moments, st.integers(0, 3_000), spans, spans, calendars)
def test_splitting_a_pause_in_two_changes_nothing(fact, start, after, first, second, calendar):
    begin = start + after * MINUTE
    middle, end = begin + first * MINUTE, begin + (first + second) * MINUTE
    whole = due_at(fact, start, calendar, Hold(begin, end))
    assert due_at(fact, start, calendar, Hold(begin, middle), Hold(middle, end)) == whole


@settings(max_examples=150, deadline=None)
@given(limits, moments, calendars, st.integers(1, 2_000))
def test_a_later_start_is_never_due_earlier(fact, start, calendar, minutes):
    assert due_at(fact, start + minutes * MINUTE, calendar) >= due_at(fact, start, calendar)


@settings(max_examples=100, deadline=None)
@given(moments, calendars, st.integers(1, 30), st.sampled_from(["wd", "cd", "wh"]))
def test_a_longer_limit_is_never_due_earlier(start, calendar, value, unit):
    longer, shorter = limit(f"{value + 1}{unit}"), limit(f"{value}{unit}")
    assert due_at(longer, start, calendar) >= due_at(shorter, start, calendar)


@settings(max_examples=100, deadline=None)
@given(limits, moments, calendars)
def test_a_date_lies_after_its_start(fact, start, calendar):
    assert due_at(fact, start, calendar) > start or counts_whole_days(fact)
    if fact.amount.unit.value == "WD":
        assert calendar.is_workday(workdays.local_day(due_at(fact, start, calendar)))


@settings(max_examples=100, deadline=None)
@given(moments, spans, calendars)
def test_adding_working_time_and_measuring_it_agree(start, minutes, calendar):
    end = workdays.add_working_time(calendar, start, minutes * MINUTE)
    assert workdays.working_time(calendar, start, end) == minutes * MINUTE


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_answer_does_not_depend_on_the_servers_time_zone(zone, monkeypatch):
    start = datetime(2026, 9, 18, 23, 30, tzinfo=CST)
    here = due_at(limit("5wd"), start, CHINA)
    monkeypatch.setitem(os.environ, "TZ", zone)
    time.tzset()
    try:
        assert due_at(limit("5wd"), start, CHINA) == here
    finally:
        monkeypatch.undo()
        time.tzset()
