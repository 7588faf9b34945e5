"""Figures from the courses of appeals: worked out by hand, with n and N."""

from datetime import date

from huying.rules.case import StepFact
from huying.rules.courses import Course, course_of, is_handled, summary
from huying.rules.enums import Action, ActorKind, State
from huying.rules.periods import Period
from tests.rules.almanac import CHINA, at

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def step(action: Action, when: str, to: State, **data) -> StepFact:
    return StepFact(1, action, at(when), ActorKind.STAFF, 1, None, None, to, frozenset(), data)


def test_a_course_tells_when_it_came_and_when_the_answer_that_stands_went_out():
    told = [
        step(Action.REGISTER, "2026-11-24 10:12", State.RECEIVED),
        step(Action.APPROVE_ANSWER, "2026-11-25 15:00", State.CALLBACK),
    ]
    assert course_of(told) == Course(at("2026-11-24 10:12"), at("2026-11-25 15:00"), State.CALLBACK)
    taken_back = [*told, step(Action.SEND_BACK, "2026-11-26 09:00", State.HANDLING)]
    assert course_of(taken_back) == Course(at("2026-11-24 10:12"), None, State.HANDLING)
    nudged = [*told, step(Action.REMIND, "2026-11-26 09:00", State.CALLBACK)]
    assert course_of(nudged) == course_of(told)
    assert course_of([]) is None


def test_what_was_entered_late_counts_from_the_day_it_came():
    late = [step(Action.REGISTER, "2026-11-24 10:12", State.RECEIVED, received_at="2026-11-20T08:00:00+08:00")]
    assert course_of(late) == Course(at("2026-11-20 08:00"))


def test_the_figures_of_a_month_worked_out_by_hand():
    courses = [
        Course(at("2026-11-02 09:00"), at("2026-11-04 09:00"), State.CLOSED),  # two days, in time
        Course(at("2026-11-02 09:00"), at("2026-11-12 09:00"), State.CLOSED),  # ten days; due on Monday the 9th
        Course(at("2026-11-03 09:00"), None, State.HANDLING),  # due on the 10th, not answered
        Course(at("2026-11-03 09:00"), None, State.REFUSED),  # received, not handled
        Course(at("2026-10-08 09:00"), at("2026-10-09 09:00"), State.CLOSED),  # another month
    ]
    assert summary(courses, period=NOVEMBER, calendar=CHINA) == {
        "received": 4,
        "answered": 2,
        "median_days_to_answer": 6.0,
        "on_time": {"n": 1, "N": 3},
        "by_month": [{"month": "2026-11", "received": 4, "answered": 2}],
    }


def test_without_appeals_there_is_no_median_and_nothing_of_nothing_in_time():
    assert summary([], period=NOVEMBER, calendar=CHINA) == {
        "received": 0,
        "answered": 0,
        "median_days_to_answer": None,
        "on_time": {"n": 0, "N": 0},
        "by_month": [{"month": "2026-11", "received": 0, "answered": 0}],
    }


def test_what_was_refused_referred_joined_or_withdrawn_is_not_handled():
    outside = [state for state in State if not is_handled(Course(at("2026-11-02 09:00"), state=state))]
    assert outside == [State.REFUSED, State.REFERRED, State.JOINED, State.WITHDRAWN]
