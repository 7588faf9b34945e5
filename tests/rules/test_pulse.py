from datetime import datetime, timedelta

import pytest

from huying.rules.pulse import Beat, distrust
from tests.rules.almanac import at

NOON = at("2026-11-24 12:00")


def test_a_steady_clock_is_trusted():
    before, now = Beat(NOON, 1000.0), Beat(NOON + timedelta(seconds=15), 1015.0)
    assert distrust(now=now, before=before, last_recorded=NOON) == ""


@pytest.mark.parametrize("leap", [timedelta(days=30), timedelta(days=1), timedelta(hours=3)])
def test_a_leap_of_the_wall_clock_while_the_process_runs_is_held(leap):
    before, now = Beat(NOON, 1000.0), Beat(NOON + leap, 1015.0)
    assert "跳了" in distrust(now=now, before=before, last_recorded=NOON)


def test_an_hour_of_drift_is_not_a_leap():
    before, now = Beat(NOON, 1000.0), Beat(NOON + timedelta(hours=1), 1015.0)
    assert distrust(now=now, before=before, last_recorded=NOON) == ""


def test_a_clock_set_back_is_held_even_by_a_fresh_process():
    reason = distrust(now=Beat(NOON - timedelta(days=1), 5.0), before=None, last_recorded=NOON)
    assert "倒退" in reason


def test_a_night_switched_off_is_downtime_not_a_leap():
    assert distrust(now=Beat(NOON + timedelta(hours=20), 5.0), before=None, last_recorded=NOON) == ""


def test_a_machine_that_slept_keeps_both_clocks_together():
    before, now = Beat(NOON, 1000.0), Beat(NOON + timedelta(hours=9), 1000.0 + 9 * 3600)
    assert distrust(now=now, before=before, last_recorded=NOON) == ""


def test_two_machines_may_be_some_seconds_apart():
    assert distrust(now=Beat(NOON - timedelta(seconds=20), 5.0), before=None, last_recorded=NOON) == ""


def test_the_first_beat_of_all_is_trusted():
    assert (
        distrust(now=Beat(datetime.fromisoformat("2026-11-24T12:00:00+00:00"), 0.0), before=None, last_recorded=None)
        == ""
    )
