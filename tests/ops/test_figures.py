"""Figures counted from events, against a recomputation that knows nothing of ours."""

import json
from datetime import date, datetime, timedelta
from io import StringIO
from statistics import median

import chinese_calendar
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from huying.appeals.actions.send_back import send_back
from huying.people import calendars
from huying.rules import courses as rules
from huying.rules.courses import Course
from huying.rules.periods import Period
from huying.rules.workdays import SHANGHAI
from tests import given
from tests.cast import at


def figures(since, until, **options):
    out = StringIO()
    call_command(
        "figures", since=date.fromisoformat(since), until=date.fromisoformat(until), json=True, stdout=out, **options
    )
    return out.getvalue()


def test_a_month_of_one_answered_and_one_open_appeal(stage):
    given.closed(stage)
    given.registered(stage)
    found = json.loads(figures("2026-11-01", "2026-12-31"))
    # 24 November 10:12 to 15:00 is 4 hours 48 minutes, a fifth of a day; both are due on 1 December.
    indicators, counters = found.pop("indicators"), found.pop("counters")
    assert indicators["on_time_rate"] == {"n": 1, "N": 2, "value": 0.5, "small": True}
    assert indicators["volume"] == {"n": 2}
    assert counters["rated_by_phone"] == {"n": 1}
    assert found == {
        "received": 2,
        "answered": 1,
        "median_days_to_answer": 0.2,
        "on_time": {"n": 1, "N": 2},
        "by_month": [
            {"month": "2026-11", "received": 2, "answered": 1},
            {"month": "2026-12", "received": 0, "answered": 0},
        ],
    }


def test_an_answer_that_was_sent_back_is_no_answer(stage):
    appeal = given.called_back(stage, call=given.BAD_CALL)
    send_back(appeal, reason="没有解决", by=stage.dispatcher, at=at(17))
    assert json.loads(figures("2026-11-01", "2026-11-30"))["answered"] == 0


def test_the_same_ledger_gives_the_same_bytes(stage):
    given.closed(stage)
    first = figures("2026-11-01", "2026-11-30")
    assert first == figures("2026-11-01", "2026-11-30")
    assert list(json.loads(first)) == sorted(json.loads(first))


def test_a_unit_counts_its_own_alone(stage):
    given.registered(stage)
    assert json.loads(figures("2026-11-01", "2026-11-30", unit="other_school"))["received"] == 0
    assert json.loads(figures("2026-11-01", "2026-11-30", unit="county"))["received"] == 1


def test_nothing_counts_as_nothing(stage):
    found = json.loads(figures("2026-11-01", "2026-11-30"))
    assert (found["median_days_to_answer"], found["on_time"]) == (None, {"n": 0, "N": 0})


@pytest.mark.parametrize(
    ("options", "code"), [({"until": date(2020, 1, 1)}, 2), ({"until": date(2030, 1, 1), "unit": "nowhere"}, 1)]
)
def test_wrong_arguments_are_said(stage, options, code):
    with pytest.raises(CommandError) as refused:
        call_command("figures", since=date(2026, 1, 1), json=True, **options)
    assert refused.value.returncode == code


moments = st.datetimes(datetime(2019, 1, 1), datetime(2020, 12, 1))
histories = st.lists(st.tuples(moments, st.one_of(st.none(), st.integers(0, 60 * 24 * 60))), max_size=12)


@settings(max_examples=150, deadline=None)
@drawn(rows=histories)
def test_a_naive_recomputation_agrees(rows):
    since, until = date(2019, 3, 1), date(2020, 6, 30)
    courses = [
        Course(
            received.replace(tzinfo=SHANGHAI),
            None if minutes is None else (received + timedelta(minutes=minutes)).replace(tzinfo=SHANGHAI),
        )
        for received, minutes in rows
    ]
    found = rules.summary(courses, period=Period(since, until), calendar=calendars.shipped())
    assert (found["received"], found["answered"]) == (
        sum(since <= received.date() <= until for received, _ in rows),
        sum(m is not None and since <= (r + timedelta(minutes=m)).date() <= until for r, m in rows),
    )
    days = [m / 1440 for r, m in rows if m is not None and since <= (r + timedelta(minutes=m)).date() <= until]
    assert found["median_days_to_answer"] == (round(median(days), 6) if days else None)
    assert found["on_time"] == naive_on_time(rows, since, until)


def naive_on_time(rows, since, until):
    n = total = 0
    for received, minutes in rows:
        day, left = received.date(), 5
        while left:
            day += timedelta(days=1)
            left -= chinese_calendar.is_workday(day)
        if since <= day <= until:
            total += 1
            closes = datetime.combine(day, datetime.min.time()) + timedelta(hours=17)
            n += minutes is not None and received + timedelta(minutes=minutes) <= closes
    return {"n": n, "N": total}
