from dataclasses import replace
from datetime import date, timedelta

import pytest

from huying.rules import deadlines, workdays
from huying.rules.deadlines import Extension, Hold
from huying.rules.limits import Amount, CalendarDays, Hours, Minutes, WorkingDays, WorkingHours
from huying.rules.workdays import BeyondHorizon, Calendar, DayFact
from tests.rules.almanac import CHINA, at, limit, said


@pytest.mark.parametrize(
    ("start", "written", "due"),
    [
        # 2025: National Day and Mid-Autumn 1–8 October; Sunday 28 September and Saturday 11 October are worked.
        ("2025-09-28 10:00", "5wd", "2025-10-11 17:00"),  # 29 30 | 9 10 11: the make-up Saturday is the fifth
        ("2025-09-26 10:00", "1wd", "2025-09-28 17:00"),  # Friday → make-up Sunday
        ("2025-09-27 10:00", "1wd", "2025-09-28 17:00"),  # a plain Saturday is day zero as well
        ("2025-09-30 16:59", "1wd", "2025-10-09 17:00"),  # eight days off in between
        # Spring Festival 2026: 15–23 February off; Saturdays 14 and 28 February are worked.
        ("2026-02-11 09:00", "3wd", "2026-02-14 17:00"),  # 12 13 14
        ("2026-02-13 09:00", "3wd", "2026-02-25 17:00"),  # 14 | 24 25
        ("2026-02-24 09:00", "5wd", "2026-03-02 17:00"),  # 25 26 27, make-up Saturday 28 | 2
        # Received on Saturday at 23:59: still that Saturday, day zero.
        ("2026-11-21 23:59", "1wd", "2026-11-23 17:00"),
        ("2026-11-22 00:01", "1wd", "2026-11-23 17:00"),
        # On a make-up Saturday: it is a working day, and it is day zero.
        ("2026-02-28 09:00", "1wd", "2026-03-02 17:00"),
        # In July clocks run on: school holidays are no statutory holidays.
        ("2026-07-17 09:00", "5wd", "2026-07-24 17:00"),  # 20 21 22 23 24
        # 29 February.
        ("2028-02-28 09:00", "1cd", "2028-02-29 17:00"),
        ("2024-02-28 09:00", "1wd", "2024-02-29 17:00"),
        ("2024-02-29 09:00", "5wd", "2024-03-07 17:00"),
        # Calendar days count through the holiday and end at the close of an ordinary day.
        ("2026-09-24 09:00", "10cd", "2026-10-04 17:00"),
        # Hours and minutes.
        ("2026-09-18 10:00", "4wh", "2026-09-18 15:30"),
        ("2026-09-18 23:50", "15min", "2026-09-19 00:05"),
        ("2026-09-18 10:00", "72h", "2026-09-21 10:00"),
    ],
)
def test_real_cases(start, written, due):
    found = deadlines.due(limit(written), at(start), CHINA)
    assert (said(found.at), found.provisional) == (due, start.startswith("2028") and written.endswith("wd"))


def test_a_limit_that_moves_past_holidays_ends_on_the_first_day_worked():
    moving = limit("10cd", moves_past_holidays=True)
    assert said(deadlines.due(moving, at("2026-09-24 09:00"), CHINA).at) == "2026-10-08 17:00"
    assert said(deadlines.due(moving, at("2026-11-20 09:00"), CHINA).at) == "2026-11-30 17:00"


@pytest.mark.parametrize(
    ("start", "written", "due", "provisional"),
    [
        ("2026-12-30 09:00", "1wd", "2026-12-31 17:00", False),
        ("2026-12-31 09:00", "1wd", "2027-01-04 17:00", True),  # 1 is New Year's Day, 2 and 3 a weekend
        ("2026-12-31 16:30", "1wh", "2027-01-04 08:30", True),
        ("2026-12-31 09:00", "5cd", "2027-01-05 17:00", False),  # calendar days need no notice
        ("2026-12-31 23:50", "15min", "2027-01-01 00:05", False),
        ("2027-02-04 09:00", "1wd", "2027-02-09 17:00", True),  # 5–8 February by law, the notice will give more
    ],
)
def test_an_unknown_year_gives_a_provisional_date_and_never_an_error(start, written, due, provisional):
    found = deadlines.due(limit(written), at(start), CHINA)
    assert (said(found.at), found.provisional) == (due, provisional)


def test_a_calendar_day_limit_that_moves_is_provisional_too():
    moving = limit("5cd", moves_past_holidays=True)
    assert deadlines.due(moving, at("2026-12-31 09:00"), CHINA).provisional


def test_a_pause_moves_the_date_by_exactly_its_working_time():
    # 2 hours on Monday afternoon; due Friday 17:00 → Monday 10:00.
    pause = Hold(at("2026-11-23 14:00"), at("2026-11-23 16:00"))
    found = deadlines.due(limit("5wd"), at("2026-11-20 09:00"), CHINA, changes=[pause])
    assert (said(found.first), said(found.at)) == ("2026-11-27 17:00", "2026-11-30 10:00")


def test_a_pause_over_a_weekend_moves_nothing():
    pause = Hold(at("2026-11-20 17:00"), at("2026-11-23 08:00"))
    assert said(deadlines.due(limit("5wd"), at("2026-11-20 09:00"), CHINA, changes=[pause]).at) == "2026-11-27 17:00"


def test_a_pause_that_begins_after_the_date_saves_nobody():
    pause = Hold(at("2026-11-30 09:00"), at("2026-12-02 09:00"))
    assert said(deadlines.due(limit("5wd"), at("2026-11-20 09:00"), CHINA, changes=[pause]).at) == "2026-11-27 17:00"


def test_a_pause_makes_a_date_of_calendar_days_provisional_in_an_unknown_year():
    pause = Hold(at("2026-12-31 09:00"), at("2026-12-31 16:00"))
    assert deadlines.due(limit("2cd"), at("2026-12-30 09:00"), CHINA, changes=[pause]).provisional


def test_a_granted_extension_is_a_firm_date():
    granted = Extension(at("2026-12-30 10:00"), at("2027-01-08 17:00"))
    found = deadlines.due(limit("3wd"), at("2026-12-29 09:00"), CHINA, changes=[granted])
    assert (said(found.at), found.provisional) == ("2027-01-08 17:00", False)


def test_an_extension_never_makes_a_date_earlier():
    granted = Extension(at("2026-11-24 10:00"), at("2026-11-25 17:00"))
    assert said(deadlines.due(limit("5wd"), at("2026-11-20 09:00"), CHINA, changes=[granted]).at) == "2026-11-27 17:00"


def test_a_pause_after_an_extension_moves_the_extended_date():
    granted = Extension(at("2026-11-24 10:00"), at("2026-12-01 17:00"))
    pause = Hold(at("2026-11-30 08:00"), at("2026-11-30 09:00"))
    found = deadlines.due(limit("5wd"), at("2026-11-20 09:00"), CHINA, changes=[granted, pause])
    assert said(found.at) == "2026-12-02 09:00"


def test_an_inner_date_never_ends_after_its_ceiling():
    found = deadlines.due(limit("5wd"), at("2026-11-20 09:00"), CHINA, ceiling=at("2026-11-26 17:00"))
    assert (said(found.at), found.is_capped) == ("2026-11-26 17:00", True)
    assert not deadlines.due(limit("1wd"), at("2026-11-20 09:00"), CHINA, ceiling=at("2026-11-26 17:00")).is_capped


@pytest.mark.parametrize(
    ("outer", "start", "days", "ceiling"),
    [
        ("2026-11-27 17:00", "2026-11-20 09:00", 1, "2026-11-26 17:00"),
        ("2026-11-27 12:00", "2026-11-20 09:00", 1, "2026-11-26 17:00"),  # a sender's date may end at noon
        ("2026-11-23 17:00", "2026-11-23 09:00", 1, "2026-11-23 17:00"),  # no room for the margin: the outer itself
        ("2026-11-20 17:00", "2026-11-24 09:00", 1, "2026-11-20 17:00"),  # dispatched too late: born late
        ("2026-10-09 17:00", "2026-09-28 09:00", 1, "2026-10-08 17:00"),
        ("2026-11-27 17:00", "2026-11-20 09:00", 0, "2026-11-27 17:00"),
    ],
)
def test_the_schools_own_date_lies_a_working_day_before_the_outer_one(outer, start, days, ceiling):
    assert said(deadlines.margin_before(CHINA, at(outer), start=at(start), days=days)) == ceiling


def test_how_far_an_extension_may_go():
    due = at("2026-09-24 17:00")
    assert said(deadlines.latest_extension(CHINA, due, days=5, outer=None)) == "2026-10-09 17:00"  # 28 29 30 | 8 9
    assert said(deadlines.latest_extension(CHINA, due, days=5, outer=at("2026-09-29 12:00"))) == "2026-09-29 12:00"
    assert said(deadlines.days_later(CHINA, due, days=30)) == "2026-10-24 17:00"


def test_a_senders_date_is_taken_as_sent():
    found = deadlines.sent(at("2026-11-28 12:00"), start=at("2026-11-20 09:00"), calendar=CHINA)
    assert (said(found.at), found.provisional, found.is_sent, found.limit) == ("2026-11-28 12:00", False, True, None)


@pytest.mark.parametrize(
    ("amount", "length"),
    [
        (WorkingDays(5), timedelta(hours=37, minutes=30)),
        (CalendarDays(2), timedelta(hours=15)),
        (WorkingHours(4), timedelta(hours=4)),
        (Hours(4), timedelta(hours=4)),
        (Minutes(15), timedelta(minutes=15)),
    ],
)
def test_a_cap_in_days_is_so_much_working_time(amount, length):
    assert deadlines.length_of(amount, CHINA, on=date(2026, 11, 2)) == length


@pytest.mark.parametrize("written", ["10000wd", "10000cd", "100000wh", "100000h", "99999999min"])
def test_a_limit_past_the_horizon_is_refused(written):
    with pytest.raises(BeyondHorizon):
        deadlines.due(limit(written), at("2026-11-20 09:00"), CHINA)


def test_a_length_of_no_known_unit_is_a_programming_error():
    with pytest.raises(TypeError):
        deadlines.end_of(replace(limit("1wd"), amount=Amount(1)), at("2026-11-20 09:00"), CHINA)


def test_a_schools_closed_day_moves_its_own_dates():
    closed = Calendar(name="实验小学", days={date(2026, 11, 23): DayFact(date(2026, 11, 23), False, "校运会")})
    own = workdays.over(CHINA, closed)
    assert said(deadlines.due(limit("1wd"), at("2026-11-20 09:00"), own).at) == "2026-11-24 17:00"
