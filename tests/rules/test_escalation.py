from datetime import date, timedelta

import pytest

from huying.rules import escalation
from huying.rules.clocks import ClockState
from huying.rules.deadlines import due
from huying.rules.enums import ClockKind, Colour, LimitUnit, Rung, Severity
from huying.rules.escalation import SHIPPED, LadderFact
from tests.rules.almanac import CHINA, at, limit, said

ON = date(2026, 9, 1)


def steps(started: str, due_at: str, *, done: int = 0, ladder=None, kind=ClockKind.ANSWER):
    ladder = ladder or escalation.ladder_for(SHIPPED, kind, severity=Severity.NORMAL, on=ON)
    left = escalation.steps_left(ladder, done=done, started_at=at(started), due_at=at(due_at), calendar=CHINA)
    return [(one.rung, said(one.at), one.tells, one.colour) for one in left]


def test_the_shipped_ladder_climbs_to_the_county():
    # Due Thursday 24 September 2026; 25–27 off, 28 29 30 worked, 1–7 October off.
    assert steps("2026-09-17 09:00", "2026-09-24 17:00") == [
        (1, "2026-09-23 17:00", Rung.WORKER, Colour.YELLOW),
        (2, "2026-09-28 08:00", Rung.HEAD, Colour.RED),
        (3, "2026-09-29 08:00", Rung.PRINCIPAL, Colour.RED),
        (4, "2026-10-08 08:00", Rung.COUNTY, Colour.RED),
    ]


def test_a_holiday_never_makes_a_step_earlier():
    assert steps("2026-09-28 09:00", "2026-10-08 17:00")[0] == (1, "2026-09-30 17:00", Rung.WORKER, Colour.YELLOW)
    assert steps("2026-09-28 09:00", "2026-09-30 17:00")[1] == (2, "2026-10-08 08:00", Rung.HEAD, Colour.RED)


def test_nobody_is_warned_of_a_date_that_was_never_so_far_off():
    assert steps("2026-11-24 09:00", "2026-11-24 14:00")[0] == (2, "2026-11-25 08:00", Rung.HEAD, Colour.RED)


def test_what_is_done_is_not_done_again():
    assert [one[0] for one in steps("2026-09-17 09:00", "2026-09-24 17:00", done=2)] == [3, 4]
    assert steps("2026-09-17 09:00", "2026-09-24 17:00", done=4) == []


def test_the_next_step_is_the_first_one_left():
    ladder = escalation.ladder_for(SHIPPED, ClockKind.ANSWER, severity=None, on=ON)
    asked = {"started_at": at("2026-09-17 09:00"), "due_at": at("2026-09-24 17:00"), "calendar": CHINA}
    assert escalation.next_step(ladder, done=1, **asked).tells is Rung.HEAD
    assert escalation.next_step(ladder, done=4, **asked) is None


@pytest.mark.parametrize("kind", [ClockKind.DISPUTE_WINDOW, ClockKind.PAUSE_CAP, ClockKind.WITHDRAWAL])
def test_a_window_has_no_ladder(kind):
    assert escalation.ladder_for(SHIPPED, kind, severity=None, on=ON) == ()


def test_a_report_that_is_due_at_once_goes_to_the_top_at_once():
    assert steps("2026-11-21 22:00", "2026-11-21 22:15", kind=ClockKind.REPORT_AT_ONCE) == [
        (1, "2026-11-21 22:15", Rung.PRINCIPAL, Colour.RED),
        (2, "2026-11-21 22:30", Rung.COUNTY, Colour.RED),
    ]


def test_urgent_appeals_may_have_steps_of_their_own():
    urgent = LadderFact(1, 0, Rung.HEAD, Colour.RED, severity=Severity.URGENT)
    ladder = escalation.ladder_for([*SHIPPED, urgent], ClockKind.ANSWER, severity=Severity.URGENT, on=ON)
    assert ladder == (urgent,)
    assert len(escalation.ladder_for([*SHIPPED, urgent], ClockKind.ANSWER, severity=Severity.NORMAL, on=ON)) == 4


def test_a_step_in_force_later_is_not_there_yet():
    later = LadderFact(1, -2, Rung.WORKER, Colour.YELLOW, clock=ClockKind.ANSWER, valid_from=date(2027, 1, 1))
    assert later not in escalation.ladder_for([*SHIPPED, later], ClockKind.ANSWER, severity=None, on=ON)


def test_steps_may_count_from_the_start_and_in_hours():
    ladder = (
        LadderFact(1, 0, Rung.DESK, Colour.NOTICE, from_start=True),
        LadderFact(2, 2, Rung.HEAD, Colour.NOTICE, unit=LimitUnit.HOURS, from_start=True),
    )
    assert [one[1] for one in steps("2026-11-24 09:00", "2026-11-27 17:00", ladder=ladder)] == [
        "2026-11-24 09:00",
        "2026-11-24 11:00",
    ]


def test_no_step_is_due_before_the_one_below_it():
    crossed = (LadderFact(1, 3, Rung.HEAD, Colour.RED), LadderFact(2, 1, Rung.COUNTY, Colour.RED))
    assert [one[1] for one in steps("2026-11-20 09:00", "2026-11-23 17:00", ladder=crossed)] == [
        "2026-11-26 08:00",
        "2026-11-26 08:00",
    ]


@pytest.mark.parametrize(
    ("now", "colour"),
    [
        ("2026-09-23 16:59", None),
        ("2026-09-23 17:00", Colour.YELLOW),
        ("2026-09-24 18:00", Colour.YELLOW),
        ("2026-09-27 12:00", Colour.YELLOW),  # the weekend is not a working day
        ("2026-09-28 08:00", Colour.RED),
    ],
)
def test_yellow_a_working_day_before_and_red_on_the_first_after(now, colour):
    found = due(limit("6wd"), at("2026-09-17 09:00"), CHINA)
    state = ClockState(ClockKind.ANSWER, 1, at("2026-09-17 09:00"), found)
    assert said(found.at) == "2026-09-24 17:00"
    assert escalation.colour_at(state, at(now)) is colour


def test_a_stopped_clock_keeps_the_colour_it_was_stopped_in():
    found = due(limit("6wd"), at("2026-09-17 09:00"), CHINA)
    state = ClockState(ClockKind.ANSWER, 1, at("2026-09-17 09:00"), found, stopped_at=at("2026-09-24 10:00"))
    assert escalation.colour_at(state, at("2026-10-20 09:00")) is Colour.YELLOW
    assert (state.is_late, state.is_late_at(at("2026-10-20 09:00")), state.is_running) == (False, False, False)


def test_a_window_has_no_colour():
    found = due(limit("7cd"), at("2026-09-17 09:00"), CHINA)
    state = ClockState(ClockKind.DISPUTE_WINDOW, 1, at("2026-09-17 09:00"), found)
    assert escalation.colour_at(state, found.at + timedelta(days=30)) is None
