"""Laws of the clocks over random courses of an appeal: which step follows which is drawn, the laws hold all along."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from huying.rules import clocks
from huying.rules.case import StepFact
from huying.rules.clocks import Rulebook
from huying.rules.enums import Action, ActorKind, ClockKind, Flag, State
from tests.rules.almanac import CHINA, CST

A, S, F, K = Action, State, Flag, ClockKind
BOOK = Rulebook(national=CHINA)

# What may follow in which state: action, state after, flags set, flags cleared, what is written down.
COURSE = {
    S.RECEIVED: [
        (A.DISPATCH, S.DISPATCHED, (), (F.PAUSED,), {"assisting": [5]}),
        (A.DISPATCH, S.DISPATCHED, (), (F.PAUSED,), {}),
        (A.PAUSE, S.RECEIVED, (F.PAUSED,), (), {}),
        (A.RECLASSIFY, S.RECEIVED, (F.IS_PETITION,), (), {"kind": "INQUIRY"}),
        (A.ANSWER_AT_ONCE, S.CALLBACK, (), (F.PAUSED,), {}),
    ],
    S.DISPATCHED: [
        (A.ACKNOWLEDGE, S.HANDLING, (), (), {}),
        (A.DISPATCH, S.DISPATCHED, (), (), {"assisting": [6]}),
        (A.DECLINE, S.DISPATCHED, (F.DECLINE_PENDING,), (), {}),
        (A.APPROVE_DECLINE, S.RECEIVED, (), (F.DECLINE_PENDING,), {}),
        (A.CONTACT, S.DISPATCHED, (), (), {"reached": True}),
    ],
    S.HANDLING: [
        (A.PAUSE, S.HANDLING, (F.PAUSED,), (), {}),
        (A.RESUME, S.HANDLING, (), (F.PAUSED,), {}),
        (A.APPROVE_EXTENSION, S.HANDLING, (), (), {"due_in": 9}),
        (A.DEFER, S.DEFERRED, (), (F.PAUSED,), {"review_in": 40}),
        (A.ASSIST, S.HANDLING, (), (), {"for_unit": 5}),
        (A.ANSWER, S.ANSWERED, (), (), {}),
        (A.MARK_SAFETY, S.HANDLING, (), (), {"signal": "bullying"}),
    ],
    S.DEFERRED: [(A.UNDEFER, S.HANDLING, (), (), {})],
    S.ANSWERED: [(A.SEND_BACK, S.HANDLING, (), (), {}), (A.APPROVE_ANSWER, S.CALLBACK, (), (), {})],
    S.CALLBACK: [
        (A.SEND_BACK, S.HANDLING, (), (), {}),
        (A.CLOSE, S.CLOSED, (), (), {}),
        (A.DISPUTE, S.CALLBACK, (), (), {}),
    ],
    S.CLOSED: [(A.REOPEN, S.RECEIVED, (), (), {})],
}
EDITS = (A.ASSIGN, A.ADD_MESSAGE, A.REMIND, A.ASK, A.ESCALATE, A.HAND_OVER, A.NAME_SUBJECT, A.RECUSE, A.REPLACE_CODE)
BIRTH = datetime(2026, 9, 21, 9, tzinfo=CST)

draws = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 6_000)), max_size=14)


def course(drawn: list[tuple[int, int]], *, outer: bool) -> list[StepFact]:
    """The events that these draws make, from 21 September 2026 on."""
    return list(_steps(drawn, outer=outer))


def _steps(drawn: list[tuple[int, int]], *, outer: bool) -> Iterator[StepFact]:
    sent = (BIRTH + timedelta(days=9)).isoformat() if outer else None
    state, flags, at = S.RECEIVED, frozenset(), BIRTH
    yield _step(1, A.REGISTER, at, None, state, flags, {"kind": "COMPLAINT", "outer_due_at": sent})
    for number, (choice, minutes) in enumerate(drawn, start=2):
        action, following, on, off, said = COURSE[state][choice % len(COURSE[state])]
        at += timedelta(minutes=minutes)
        flags = (flags | set(on)) - set(off)
        yield _step(number, action, at, state, following, flags, _dated(said, at))
        state = following


def _dated(said: dict, at: datetime) -> dict:
    data = dict(said)
    if "due_in" in data:
        data["due_at"] = (at + timedelta(days=data.pop("due_in"))).isoformat()
    if "review_in" in data:
        data["review_on"] = (at + timedelta(days=data.pop("review_in"))).date().isoformat()
    return data


def _step(number, action, at, before, after, flags, data) -> StepFact:
    return StepFact(number, action, at, ActorKind.STAFF, None, None, before, after, frozenset(flags), data)


def lines(found: tuple[clocks.ClockState, ...]) -> list[tuple]:
    return [(one.kind, one.round, one.unit, one.started_at, one.due.at, one.stopped_at) for one in found]


@settings(max_examples=120, deadline=None)
@given(draws, st.booleans())
def test_the_inner_date_never_ends_after_the_outer_one(drawn, outer):
    found = clocks.clocks(course(drawn, outer=outer), BOOK)
    ends = {one.round: one.due.at for one in found if one.kind is K.OUTER}
    answers = {one.round: one.due.at for one in found if one.kind is K.ANSWER}
    assert all(at <= ends[number] for number, at in answers.items())
    assert all(one.due.at <= answers[one.round] for one in found if one.kind is K.ASSISTING)


@settings(max_examples=120, deadline=None)
@given(draws, st.booleans(), st.integers(1, 15), st.sampled_from(EDITS))
def test_nothing_a_handler_edits_moves_a_clock(drawn, outer, where, edit):
    events = course(drawn, outer=outer)
    place = min(where, len(events))
    last = events[place - 1]
    edited = _step(900, edit, last.at, last.to_state, last.to_state, last.flags, {})
    with_edit = [*events[:place], edited, *events[place:]]
    assert lines(clocks.clocks(with_edit, BOOK)) == lines(clocks.clocks(events, BOOK))


@settings(max_examples=120, deadline=None)
@given(draws, st.booleans())
def test_a_sender_s_date_moves_for_nobody(drawn, outer):
    found = clocks.clocks(course(drawn, outer=outer), BOOK)
    fixed = [one.due.at for one in found if one.kind is K.OUTER and one.round == 1]
    if outer:
        assert fixed == [BIRTH + timedelta(days=9)]


@settings(max_examples=120, deadline=None)
@given(draws, st.booleans())
def test_a_clock_once_started_is_there_for_good_and_in_its_place(drawn, outer):
    events = course(drawn, outer=outer)
    for number in range(1, len(events)):
        before = lines(clocks.clocks(events[:number], BOOK))
        after = lines(clocks.clocks(events[: number + 1], BOOK))
        assert [line[:4] for line in after[: len(before)]] == [line[:4] for line in before]


@settings(max_examples=120, deadline=None)
@given(draws, st.booleans())
def test_a_finished_file_has_nothing_running_but_the_appellants_windows(drawn, outer):
    events = course(drawn, outer=outer)
    found = clocks.clocks(events, BOOK)
    if events[-1].to_state is S.CLOSED:
        assert {one.kind for one in found if one.is_running} <= {K.DISPUTE_WINDOW, K.REOPEN_WINDOW}
    else:
        assert any(one.is_running for one in found)


@settings(max_examples=120, deadline=None)
@given(draws, st.booleans())
def test_no_clock_is_stopped_before_it_started(drawn, outer):
    found = clocks.clocks(course(drawn, outer=outer), BOOK)
    assert all(one.stopped_at is None or one.stopped_at >= one.started_at for one in found)
