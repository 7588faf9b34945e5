"""The yearly target: a trend with its margin, and the health of the intake beside it."""

from datetime import date

import pytest

from huying.rules import targets
from huying.rules.enums import TargetStanding
from huying.rules.targets import Band, Intake

BAND = Band(10, 15)


@pytest.mark.parametrize(
    ("now", "before", "standing"),
    [
        (3, 9, TargetStanding.TOO_FEW),
        (101, 100, TargetStanding.RISING),
        (100, 100, TargetStanding.SHORT),
        (91, 100, TargetStanding.SHORT),
        (90, 100, TargetStanding.WITHIN),
        (85, 100, TargetStanding.WITHIN),
        (84, 100, TargetStanding.BEYOND),
        (0, 100, TargetStanding.BEYOND),
    ],
)
def test_how_a_year_stands(now, before, standing):
    assert targets.trend(now, before, band=BAND).standing is standing


def test_a_trend_says_what_chance_alone_leaves_open():
    found = targets.trend(88, 100, band=BAND)
    assert found.change is not None and round(found.change, 2) == -0.12
    # ln 0.88 ± 1.96 · √(1/88 + 1/100): 34 per cent fewer to 17 per cent more
    assert found.low is not None and found.high is not None
    assert (round(found.low, 2), round(found.high, 2)) == (-0.34, 0.17)
    assert targets.trend(1, 2, band=BAND).change is None


def test_the_same_days_of_last_year():
    assert targets.same_days_before(date(2026, 11, 24)) == (date(2025, 1, 1), date(2025, 11, 24))
    assert targets.same_days_before(date(2028, 2, 29)) == (date(2027, 1, 1), date(2027, 2, 28))


def test_shares_are_told_only_of_enough():
    assert targets.shares(Intake(9, late_entered=3))["late_entered"] is None
    told = targets.shares(Intake(100, late_entered=3, from_outside=20, not_taken_on=5, pupils=2000))
    assert told == {"late_entered": 0.03, "from_outside": 0.2, "not_taken_on": 0.05, "per_1000_pupils": 50.0}


def test_fewer_complaints_with_closed_doors_are_seen():
    before = Intake(100, late_entered=2, from_outside=10, not_taken_on=5, channels=4)
    well = Intake(88, late_entered=2, from_outside=9, not_taken_on=5, channels=4)
    unwell = Intake(60, late_entered=9, from_outside=30, not_taken_on=9, channels=3)
    assert targets.looks_unwell(well, before) == ()
    assert targets.looks_unwell(unwell, before) == ("from_outside", "late_entered", "not_taken_on", "channels")
    assert targets.looks_unwell(Intake(5), Intake(100)) == ()
