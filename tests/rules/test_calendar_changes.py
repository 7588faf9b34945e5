"""Whoever changes a calendar reaches no day that has begun, and so no date that has passed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.rules import deadlines
from huying.rules.calendar_changes import DayHasBegun, refuse_hasty_week, refuse_rewriting
from huying.rules.deadlines import Hold
from huying.rules.limits import LimitFact
from huying.rules.workdays import Calendar, DayFact, Interval, local_day
from tests.rules.almanac import CHINA, CST, at, limit

HOURS = (
    (Interval(time(8), time(12)),),
    (Interval(time(7), time(11)), Interval(time(12), time(18, 30))),
    (Interval(time(0, 5), time(23, 55)),),
)
moments = st.datetimes(datetime(2026, 1, 5), datetime(2026, 11, 1)).map(lambda naive: naive.replace(tzinfo=CST))
limits = st.builds(
    lambda value, unit, moves: limit(f"{value}{unit}", moves_past_holidays=moves),
    st.integers(1, 30),
    st.sampled_from(["wd", "cd", "wh", "h"]),
    st.booleans(),
)
day_changes = st.lists(
    st.tuples(st.integers(-3, 30), st.booleans(), st.sampled_from([None, *HOURS])), min_size=1, max_size=8
)


def changed(calendar: Calendar, now: datetime, drawn: list[tuple[int, bool, tuple[Interval, ...] | None]]) -> Calendar:
    """Days, half days and a later week as somebody would have them; where that is refused, they stay as they are."""
    today = local_day(now)
    for offset, is_workday, hours in drawn:
        day = today + timedelta(days=offset)
        after = replace(calendar, days={**calendar.days, day: DayFact(day, is_workday, "改")}, _years={})
        if hours is not None:
            after = replace(after, hours={**after.hours, day: hours}, _years={})
        try:
            refuse_rewriting(calendar, after, [day], at=now)
        except DayHasBegun:
            continue
        calendar = after
    return replace(calendar, later=((today + timedelta(days=1), {2: HOURS[1], 5: HOURS[0]}),), _years={})


@settings(max_examples=400, deadline=None)
@given(limits, moments, st.integers(0, 60 * 24 * 40), day_changes, st.integers(0, 2_000), st.integers(0, 3_000))
def test_a_date_that_has_passed_stands_and_one_to_come_does_not_become_late(
    fact: LimitFact, start: datetime, minutes: int, drawn: list, first: int, length: int
):
    now = start + timedelta(minutes=minutes)
    after = changed(CHINA, now, drawn)
    held = Hold(start + timedelta(minutes=first), start + timedelta(minutes=first + length))
    holds = [held] if held.end <= now else []
    before_at = deadlines.due(fact, start, CHINA, changes=holds).at
    after_at = deadlines.due(fact, start, after, changes=holds).at
    if before_at <= now:
        assert after_at == before_at
    else:
        assert after_at > now


TUESDAY = date(2026, 11, 24)


def closed(day: date) -> Calendar:
    return replace(CHINA, days={**CHINA.days, day: DayFact(day, is_workday=False, name="停课")}, _years={})


def test_a_day_may_be_closed_until_its_hours_begin():
    refuse_rewriting(CHINA, closed(TUESDAY), [TUESDAY], at=at("2026-11-24 07:59"))
    with pytest.raises(DayHasBegun, match="2026-11-24 已经开始，日历不能再改") as refused:
        refuse_rewriting(CHINA, closed(TUESDAY), [TUESDAY], at=at("2026-11-24 08:00"))
    assert refused.value.values == {"day": "2026-11-24"}


def test_a_day_off_counts_as_begun_when_the_hours_it_would_get_have():
    sunday = date(2026, 11, 29)
    early = {sunday: (Interval(time(6), time(12)),)}
    after = replace(CHINA, days={**CHINA.days, sunday: DayFact(sunday, is_workday=True)}, hours=early, _years={})
    with pytest.raises(DayHasBegun):
        refuse_rewriting(CHINA, after, [sunday], at=at("2026-11-29 06:30"))


def test_a_day_that_stays_as_it_was_may_be_named():
    named = replace(CHINA, days={**CHINA.days, TUESDAY: DayFact(TUESDAY, is_workday=True, name="开放日")}, _years={})
    refuse_rewriting(CHINA, named, [TUESDAY], at=at("2026-12-24 08:00"))


def test_a_week_begins_tomorrow_at_the_earliest():
    refuse_hasty_week(date(2026, 11, 25), at=at("2026-11-24 23:59"))
    for first in (date(2026, 11, 23), TUESDAY):
        with pytest.raises(DayHasBegun, match=f"{first.isoformat()} 已经开始"):
            refuse_hasty_week(first, at=at("2026-11-24 06:00"))
