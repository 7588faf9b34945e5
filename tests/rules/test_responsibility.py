"""Who held it, how long, and in whose hands a date passed."""

from datetime import timedelta

from huying.rules import responsibility
from huying.rules.case import StepFact
from huying.rules.clockfacts import ClockState, Rulebook
from huying.rules.clocks import clocks
from huying.rules.deadlines import Due
from huying.rules.enums import Action, ActorKind, ClockKind, Flag, State, Station
from tests.rules.almanac import CHINA, at

A, S, F, K = Action, State, Flag, ClockKind
TEACHER, HEAD, DESK = 13, 14, 12
SCHOOL, CLASS, OFFICE = 2, 4, 6


class Course:
    """Events in order: what, when, where it leads, by whom."""

    def __init__(self, **first):
        self.steps = []
        self.take(A.REGISTER, "2026-11-23 09:00", S.RECEIVED, place=SCHOOL, kind="COMPLAINT", channel="web", **first)

    def take(self, action, when, to, *, by=None, flags=(), **data):
        former = self.steps[-1].to_state if self.steps else None
        place = (len(self.steps) + 1, action, at(when), ActorKind.STAFF, by, None, former, to, frozenset(flags), data)
        self.steps.append(StepFact(*place))
        return self

    def chain(self, when, states=None):
        found = clocks(self.steps, Rulebook(national=CHINA)) if states is None else states
        return responsibility.chain(self.steps, found, CHINA, at=at(when))


def sent():
    course = Course()
    course.take(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED, by=DESK, lead_unit=CLASS, in_charge=None)
    return course.take(A.ACKNOWLEDGE, "2026-11-23 11:00", S.HANDLING, by=TEACHER, in_charge=TEACHER)


def told(chain):
    return [
        (hold.station, hold.unit, hold.person, hold.since_event, hold.until_event, hold.worked / timedelta(hours=1))
        for hold in chain.holds
    ]


def test_each_stretch_lies_with_somebody_and_begins_and_ends_with_an_event():
    course = sent().take(A.CONTACT, "2026-11-23 15:00", S.HANDLING, by=TEACHER)
    course.take(A.ANSWER, "2026-11-24 10:00", S.ANSWERED, by=TEACHER)
    course.take(A.APPROVE_ANSWER, "2026-11-24 11:00", S.CALLBACK, by=HEAD)
    course.take(A.CLOSE, "2026-11-24 16:00", S.CLOSED, by=DESK)
    # Working hours 08:00–12:00 and 13:30–17:00.
    assert told(course.chain("2026-11-25 09:00")) == [
        (Station.DESK, SCHOOL, DESK, 1, 2, 1.0),
        (Station.UNIT, CLASS, TEACHER, 2, 3, 1.0),
        (Station.HAND, CLASS, TEACHER, 3, 5, 6.5),
        (Station.REVIEW, CLASS, HEAD, 5, 6, 1.0),
        (Station.CALL, SCHOOL, DESK, 6, 7, 3.5),
    ]


def test_what_still_lies_there_is_counted_up_to_now_and_named_if_somebody_is_in_charge():
    chain = sent().chain("2026-11-24 09:00")
    assert told(chain)[-1] == (Station.HAND, CLASS, TEACHER, 3, None, 5.5)
    assert [hold.since_event for hold in chain.of_person(TEACHER)] == [2, 3]
    assert chain.of_person(99) == ()


def test_a_date_that_passed_is_told_with_the_stretch_it_passed_in():
    course = sent().take(A.ANSWER, "2026-12-02 10:00", S.ANSWERED, by=TEACHER)
    chain = course.chain("2026-12-02 10:00")
    answer = next(lapse for lapse in chain.lapses if lapse.kind is K.ANSWER)
    assert (chain.holds[answer.hold].person, answer.unit, answer.met_at) == (TEACHER, CLASS, at("2026-12-02 10:00"))
    assert answer.over > timedelta(hours=8)
    assert [lapse.due_at for lapse in chain.lapses] == sorted(lapse.due_at for lapse in chain.lapses)


def test_a_date_met_in_time_or_a_window_that_ran_out_is_no_lapse():
    course = sent().take(A.CONTACT, "2026-11-23 15:00", S.HANDLING, by=TEACHER)
    assert course.chain("2026-11-24 09:00").lapses == ()
    window = _clock(K.DISPUTE_WINDOW, "2026-11-23 12:00")
    assert course.chain("2026-11-24 09:00", [window]).lapses == ()


def test_the_part_of_a_helping_unit_is_told_of_that_unit_not_of_the_hand():
    late = _clock(K.ASSISTING, "2026-11-23 16:00", unit=OFFICE)
    (lapse,) = sent().chain("2026-11-24 09:00", [late]).lapses
    assert (lapse.unit, lapse.hold, lapse.met_at, lapse.over) == (OFFICE, None, None, timedelta(hours=2))


def test_a_date_that_passed_when_nobody_had_it_is_nobodys():
    course = Course().take(A.REFUSE, "2026-11-23 10:00", S.REFUSED, by=DESK)
    (lapse,) = course.chain("2026-11-25 09:00", [_clock(K.REVIEW, "2026-11-24 10:00")]).lapses
    assert (lapse.hold, lapse.unit) == (None, None)


def test_waiting_for_the_family_stands_apart_and_other_hands_are_other_stretches():
    course = sent().take(A.PAUSE, "2026-11-23 14:00", S.HANDLING, by=TEACHER, flags=[F.PAUSED])
    course.take(A.RESUME, "2026-11-23 16:00", S.HANDLING, by=TEACHER)
    course.take(A.HAND_OVER, "2026-11-24 09:00", S.HANDLING, in_charge=HEAD)
    course.take(A.DEFER, "2026-11-24 10:00", S.DEFERRED, by=17)
    holds = course.chain("2026-11-24 11:00").holds
    assert [(hold.person, hold.paused) for hold in holds[2:]] == [
        (TEACHER, False),
        (TEACHER, True),
        (TEACHER, False),
        (HEAD, False),
        (HEAD, False),
    ]


def test_what_another_ends_is_not_put_on_them():
    course = Course().take(A.WITHDRAW, "2026-11-26 10:00", S.WITHDRAWN, by=99)
    assert told(course.chain("2026-11-27 09:00"))[0][:3] == (Station.DESK, SCHOOL, None)


def test_what_comes_back_after_its_end_begins_anew():
    course = Course().take(A.REFUSE, "2026-11-23 10:00", S.REFUSED, by=DESK)
    course.take(A.OVERTURN, "2026-11-24 10:00", S.RECEIVED, by=HEAD)
    assert [(hold.since_event, hold.until_event) for hold in course.chain("2026-11-25 09:00").holds] == [
        (1, 2),
        (3, None),
    ]


def _clock(kind, due_at, **fields):
    start = at("2026-11-23 09:00")
    due = Due(at=at(due_at), provisional=False, start=start, first=at(due_at), calendar=CHINA)
    return ClockState(kind=kind, round=1, started_at=at("2026-11-23 09:00"), due=due, **fields)
