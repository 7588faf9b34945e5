"""Strokes of one appeal, each story with the days it must leave its marks on."""

from datetime import date

import pytest

from huying.rules.case import StepFact
from huying.rules.enums import Action, ActorKind, AppealKind, ClockKind, Flag, Measure, Standing, State
from huying.rules.periods import Period
from huying.rules.strokes import DateFact, added, tallied
from tests.rules.almanac import at

A, S, M, K = Action, State, Measure, ClockKind
CLASS, GRADE = 7, 5


class Story:
    """An appeal told step by step; states and flags are said only when they change."""

    def __init__(self, when: str = "2026-11-02 09:00", **born):
        self.steps: list[StepFact] = []
        self.dates: list[DateFact] = []
        self.flags: frozenset[Flag] = born.pop("flags", frozenset())
        self.state: State | None = None
        self.add(
            A.REGISTER, when, S.RECEIVED, **{"kind": "HELP", "topic": "seat", "channel": "web", "place": 3, **born}
        )

    def add(self, action, when, to=None, flags=None, **data):
        self.flags = self.flags if flags is None else frozenset(flags)
        before, self.state = self.state, to or self.state
        self.steps.append(
            StepFact(
                len(self.steps) + 1, action, at(when), ActorKind.STAFF, 1, None, before, self.state, self.flags, data
            )
        )
        return self

    def due(self, kind, start, until, stopped=None, round=1):
        self.dates.append(DateFact(kind, round, at(start), at(until), at(stopped) if stopped else None))
        return self

    def strokes(self, **more):
        found = tallied(self.steps, self.dates, **more)
        return {(one.measure, f"{one.day:%m-%d}", one.amount): one for one in found.strokes}

    def marks(self, **more):
        """(measure, day) of every stroke but the standing ones of receipt."""
        return {(measure, day) for measure, day, _ in self.strokes(**more)} - {
            (M.RECEIVED, "11-02"),
            (M.IN_HAND, "11-02"),
        }


def delivered() -> Story:
    return (
        Story()
        .add(A.DISPATCH, "2026-11-02 10:00", S.DISPATCHED, lead_unit=CLASS)
        .add(A.ACKNOWLEDGE, "2026-11-02 11:00", S.HANDLING)
        .add(A.CONTACT, "2026-11-03 09:00", reached=True)
        .add(A.ANSWER, "2026-11-04 09:00", S.ANSWERED)
        .add(A.APPROVE_ANSWER, "2026-11-04 15:00", S.CALLBACK, callback_required=True)
        .due(K.ACKNOWLEDGE, "2026-11-02 10:00", "2026-11-02 17:30", "2026-11-02 11:00")
        .due(K.FIRST_CONTACT, "2026-11-02 10:00", "2026-11-03 17:30", "2026-11-03 09:00")
        .due(K.ANSWER, "2026-11-02 10:00", "2026-11-06 17:30", "2026-11-04 09:00")
        .due(K.OUTER, "2026-11-02 09:00", "2026-11-09 17:30", "2026-11-04 15:00")
    )


def test_an_answer_in_time_stands_on_the_day_it_was_due():
    assert delivered().marks() == {
        (M.DISPATCHED, "11-02"),
        (M.SIGNED_IN_TIME, "11-02"),
        (M.CONTACT_DUE, "11-02"),
        (M.CONTACT_IN_TIME, "11-02"),
        (M.CONTACTED, "11-03"),
        (M.ANSWERED, "11-04"),
        (M.FEEDBACK_DUE, "11-06"),
        (M.FEEDBACK_IN_TIME, "11-06"),
        (M.DUE, "11-09"),
        (M.ON_TIME, "11-09"),
    }


def test_what_is_open_past_its_date_stays_below_the_line():
    open_ = (
        Story()
        .due(K.OUTER, "2026-11-02 09:00", "2026-11-09 17:30")
        .due(K.TRIAGE, "2026-11-02 09:00", "2026-11-03 09:00")
    )
    assert open_.marks() == {(M.DUE, "11-09"), (M.FINAL_OPEN, "11-09"), (M.STEP_OPEN, "11-03")}


def test_it_is_late_only_when_its_day_is_over():
    open_ = Story().due(K.OUTER, "2026-11-02 09:00", "2026-11-09 17:30")
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    one = [tallied(open_.steps, open_.dates)]
    counted = frozenset({Standing.COUNTED})
    for day, due, late in ((8, 0, 0), (9, 1, 0), (10, 1, 1)):
        sums = added(one, november, on=date(2026, 11, day))
        assert (sums.of([M.DUE], counted), sums.of([M.FINAL_OPEN], counted)) == (due, late)


def test_an_answer_sent_back_leaves_the_date_to_the_one_that_stands():
    story = (
        delivered()
        .add(A.SEND_BACK, "2026-11-05 09:00", S.HANDLING)
        .add(A.ANSWER, "2026-11-10 09:00", S.ANSWERED)
        .add(A.APPROVE_ANSWER, "2026-11-10 15:00", S.CALLBACK)
    )
    marks = story.marks()
    assert {(M.DUE, "11-09"), (M.FINAL_LATE, "11-09"), (M.FEEDBACK_IN_TIME, "11-06"), (M.SENT_BACK, "11-05")} <= marks
    assert (M.ON_TIME, "11-09") not in marks
    assert {(M.ANSWERED, "11-04"), (M.ANSWERED, "11-10")} <= marks


def test_a_second_try_that_was_not_approved_takes_nothing_back_twice():
    story = delivered().add(A.REOPEN, "2026-11-05 09:00", S.RECEIVED, lead_unit=None)
    story.add(A.DISPATCH, "2026-11-05 10:00", S.DISPATCHED, lead_unit=GRADE).add(
        A.ANSWER, "2026-11-06 09:00", S.ANSWERED
    )
    story.add(A.SEND_BACK, "2026-11-06 10:00", S.HANDLING)
    # The first round was answered in time, and that stays so.
    assert (M.ON_TIME, "11-09") in story.marks()


CALL = {"reached": True, "contacted": True, "resolved": True, "satisfaction": "SATISFIED"}


def test_of_several_calls_about_one_answer_the_last_valid_one_speaks():
    story = (
        delivered()
        .add(A.CALL_BACK, "2026-11-05 09:00", reached=False)
        .add(A.CALL_BACK, "2026-11-05 15:00", **{**CALL, "satisfaction": "DISSATISFIED", "resolved": False})
        .add(A.CALL_BACK, "2026-11-06 09:00", **CALL)
    )
    said = {
        (M.CALLED, "11-06"),
        (M.CALLED_CONTACTED, "11-06"),
        (M.CALLED_RESOLVED, "11-06"),
        (M.CALLED_SATISFIED, "11-06"),
    }
    tried = {(M.TRIED, "11-05"), (M.TRIED, "11-06"), (M.NOT_REACHED, "11-05")}
    about_the_answer = {(M.ANSWER_TRIED, "11-04"), (M.ANSWER_CALLED, "11-04"), (M.RATED_BY_PHONE, "11-06")}
    assert story.marks() - delivered().marks() == said | tried | about_the_answer


def test_nobody_reached_is_no_yes():
    marks = delivered().add(A.CALL_BACK, "2026-11-05 09:00", reached=False).marks() - delivered().marks()
    assert marks == {(M.TRIED, "11-05"), (M.NOT_REACHED, "11-05"), (M.ANSWER_TRIED, "11-04")}


def closed() -> Story:
    return delivered().add(A.CLOSE, "2026-11-06 16:00", S.CLOSED, finding="PARTLY", counted=True)


def test_closed_at_once_until_it_comes_again():
    assert closed().marks() - delivered().marks() == {
        (M.CLOSED, "11-06"),
        (M.CLOSED_AT_ONCE, "11-06"),
        (M.FOUND, "11-06"),
        (M.FOUND_TRUE, "11-06"),
        (M.IN_HAND, "11-06"),
    }
    assert (M.CLOSED_AT_ONCE, "11-06") not in closed().marks(repeated_at=[at("2027-02-03 16:00")])  # the 89th day
    assert (M.CLOSED_AT_ONCE, "11-06") in closed().marks(repeated_at=[at("2027-02-04 16:00")])  # the 90th
    again = closed().add(A.REOPEN, "2026-12-01 09:00", S.RECEIVED, lead_unit=None)
    assert again.marks() - closed().marks() == {(M.REOPENED, "12-01"), (M.IN_HAND, "12-01")}
    assert (M.CLOSED_AT_ONCE, "11-06") not in again.marks()


def test_closing_again_after_a_dispute_is_no_second_closing():
    story = closed().add(A.DISPUTE, "2026-11-07 09:00").add(A.CLOSE, "2026-11-09 09:00", S.CLOSED, finding="PARTLY")
    assert story.marks() - closed().marks() == {(M.DISPUTED, "11-07")}


def test_what_was_entered_late_counts_from_the_day_it_came():
    born = {"received_at": "2026-10-30T09:00:00+08:00", "flags": {Flag.LATE_ENTRY}, "repeat_of": 4}
    assert Story("2026-11-02 09:00", **born).marks() == {
        (M.RECEIVED, "10-30"),
        (M.IN_HAND, "10-30"),
        (M.LATE_ENTERED, "10-30"),
        (M.REPEATED, "10-30"),
    }


@pytest.mark.parametrize(
    ("start", "stopped", "days"),
    [
        ("2026-11-03 09:00", "2026-11-03 10:00", ["11-03"]),  # an hour is a day
        ("2026-11-03 09:00", "2026-11-06 10:00", ["11-03", "11-04", "11-05"]),
        ("2026-11-03 09:00", None, ["11-03", "11-04", "11-05", "11-06", "11-07"]),  # up to the cap
    ],
)
def test_every_day_of_a_pause_is_counted(start, stopped, days):
    story = Story().due(K.PAUSE_CAP, start, "2026-11-08 09:00", stopped)
    assert sorted(day for measure, day in story.marks() if measure is M.PAUSED_DAYS) == days


def test_an_act_waits_for_its_second_person_until_somebody_looked():
    refused = Story().add(A.REFUSE, "2026-11-03 09:00", S.REFUSED, {Flag.UNREVIEWED})
    assert refused.marks() == {(M.REFUSED, "11-03"), (M.UNREVIEWED, "11-03"), (M.IN_HAND, "11-03")}
    confirmed = Story().add(A.REFUSE, "2026-11-03 09:00", S.REFUSED, {Flag.UNREVIEWED})
    confirmed.add(A.CONFIRM, "2026-11-04 09:00", flags=(), reviews=2)
    assert confirmed.marks() == {(M.REFUSED, "11-03"), (M.IN_HAND, "11-03")}
    overturned = Story().add(A.REFUSE, "2026-11-03 09:00", S.REFUSED, {Flag.UNREVIEWED})
    overturned.add(A.OVERTURN, "2026-11-04 09:00", S.RECEIVED, (), reviews=2)
    assert overturned.marks() == {
        (M.REFUSED, "11-03"), (M.OVERTURNED, "11-04"), (M.IN_HAND, "11-03"), (M.IN_HAND, "11-04"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("story", "standing"),
    [
        (Story(), Standing.COUNTED),
        (Story(kind="PRAISE"), Standing.PRAISE),
        (Story().add(A.REFUSE, "2026-11-03 09:00", S.REFUSED), Standing.OUTSIDE),
        (Story().add(A.JOIN, "2026-11-03 09:00", S.JOINED), Standing.OUTSIDE),
        (
            Story().add(A.JOIN, "2026-11-03 09:00", S.JOINED).add(A.UNJOIN, "2026-11-04 09:00", S.RECEIVED),
            Standing.COUNTED,
        ),
        (closed().add(A.EXCLUDE, "2026-11-09 09:00", counted=False), Standing.EXCLUDED),
    ],
)
def test_where_an_appeal_stands_in_appraisal(story, standing):
    assert tallied(story.steps, story.dates).standing is standing


def test_every_voice_of_a_joined_group_is_called_back_for_itself():
    voice = Story().add(A.JOIN, "2026-11-03 09:00", S.JOINED).add(A.APPROVE_ANSWER, "2026-11-04 15:00")
    found = voice.add(A.CALL_BACK, "2026-11-05 09:00", **CALL).strokes()
    assert found[M.CALLED, "11-05", 1].standing is Standing.COUNTED
    assert found[M.RECEIVED, "11-02", 1].standing is Standing.OUTSIDE


def test_a_place_taken_over_is_no_joining_undone():
    voice = Story().add(A.JOIN, "2026-11-03 09:00", S.JOINED)
    heir = voice.add(A.UNJOIN, "2026-11-04 09:00", S.HANDLING, inherits=True, lead_unit=CLASS)
    assert (M.UNJOINED, "11-04") not in heir.marks()


def test_strokes_are_in_the_hands_of_who_had_it_then():
    story = (
        Story()
        .add(A.DISPATCH, "2026-11-02 10:00", S.DISPATCHED, lead_unit=CLASS)
        .add(A.DECLINE, "2026-11-02 11:00")
        .add(A.APPROVE_DECLINE, "2026-11-02 12:00", S.RECEIVED, lead_unit=None)
        .add(A.DISPATCH, "2026-11-03 10:00", S.DISPATCHED, lead_unit=GRADE, is_ruling=True)
        .due(K.ACKNOWLEDGE, "2026-11-02 10:00", "2026-11-02 17:30", "2026-11-02 12:00")
        .due(K.ACKNOWLEDGE, "2026-11-03 10:00", "2026-11-03 17:30")
    )
    found = story.strokes()
    assert (found[M.DECLINED, "11-02", 1].unit, found[M.DISPATCHED, "11-02", 1].unit) == (CLASS, CLASS)
    assert (found[M.RULED, "11-03", 1].unit, found[M.DISPATCHED, "11-03", 1].unit) == (GRADE, GRADE)
    # Declined is not signed for.
    assert not [key for key in found if key[0] is M.SIGNED_IN_TIME]


def test_classes_are_those_it_has_now():
    story = Story().add(A.RECLASSIFY, "2026-11-03 09:00", kind="COMPLAINT", topic=9)
    found = tallied(story.steps, [])
    assert (found.kind, found.topic, found.channel, found.place) == (AppealKind.COMPLAINT, 9, "web", 3)


def test_a_repeat_that_was_unlinked_is_none_but_the_earlier_one_is_counted_anew():
    linked = Story(repeat_of=4).add(A.UNLINK_REPEAT, "2026-11-03 09:00", repeat_of=None)
    assert (M.REPEATED, "11-02") not in linked.marks()
    assert tallied(linked.steps, []).earlier == {4}


@pytest.mark.parametrize(("is_true", "denied"), [(False, True), (True, False)])
def test_only_a_no_denies_a_contact(is_true, denied):
    story = delivered().add(A.DISPUTE_CONTACT, "2026-11-05 09:00", contact=4, is_true=is_true)
    assert ((M.CONTACT_DENIED, "11-05") in story.marks()) is denied


def test_a_red_line_counts_while_it_stands():
    marked = Story().add(A.MARK_SAFETY, "2026-11-03 09:00", flags={Flag.SAFETY})
    assert (M.RED_LINE, "11-02") in marked.marks()
    assert (M.RED_LINE, "11-02") not in marked.add(A.CLEAR_SAFETY, "2026-11-04 09:00", flags=()).marks()


def test_a_call_before_any_answer_is_a_try_and_no_more():
    assert Story().add(A.CALL_BACK, "2026-11-03 09:00", **CALL).marks() == {(M.TRIED, "11-03")}


@pytest.mark.parametrize(
    ("said", "marks"),
    [
        ({"contacted": False, "resolved": False, "satisfaction": "NOT_RATED"}, set()),
        ({"contacted": True, "resolved": False, "satisfaction": "BASICALLY"}, {M.CALLED_CONTACTED, M.CALLED_BASICALLY}),
    ],
)
def test_what_a_parent_said_is_counted_word_for_word(said, marks):
    found = delivered().add(A.CALL_BACK, "2026-11-05 09:00", reached=True, **said).marks()
    answers = {M.CALLED_CONTACTED, M.CALLED_RESOLVED, M.CALLED_SATISFIED, M.CALLED_BASICALLY, M.CALLED_DISSATISFIED}
    assert {measure for measure, _ in found} & answers == marks


@pytest.mark.parametrize(("finding", "marks"), [("NOT_APPLICABLE", set()), ("UNSUBSTANTIATED", {M.FOUND})])
def test_only_a_finding_is_a_finding(finding, marks):
    found = delivered().add(A.CLOSE, "2026-11-06 16:00", S.CLOSED, finding=finding).marks()
    assert {measure for measure, _ in found} & {M.FOUND, M.FOUND_TRUE} == marks


def test_closed_after_rework_is_marked_so():
    story = delivered().add(A.SEND_BACK, "2026-11-05 09:00", S.HANDLING)
    story.add(A.APPROVE_ANSWER, "2026-11-05 15:00", S.CALLBACK).add(A.CLOSE, "2026-11-06 16:00", S.CLOSED)
    assert (M.CLOSED_REWORKED, "11-06") in story.marks()


@pytest.mark.parametrize(("spoken", "measure"), [(True, M.RATED_SPOKEN), (False, M.RATED)])
def test_a_rating_with_a_code_that_was_read_out_is_apart(spoken, measure):
    rated = delivered().add(A.RATE, "2026-11-05 09:00", satisfaction="SATISFIED", is_spoken=spoken)
    assert (measure, "11-05") in rated.marks()


def test_a_withdrawal_counts_when_it_is_asked_for():
    asked = Story().add(A.WITHDRAW, "2026-11-03 09:00", flags={Flag.WITHDRAW_PENDING})
    done = asked.add(A.WITHDRAW, "2026-11-06 09:00", S.WITHDRAWN, ())
    assert [day for measure, day in done.marks() if measure is M.WITHDRAWN] == ["11-03"]


def test_a_step_done_late_stands_on_its_due_day_and_one_in_time_nowhere():
    late = Story().due(K.TRIAGE, "2026-11-02 09:00", "2026-11-03 09:00", "2026-11-04 09:00")
    in_time = Story().due(K.TRIAGE, "2026-11-02 09:00", "2026-11-03 09:00", "2026-11-02 10:00")
    assert (late.marks(), in_time.marks()) == ({(M.STEP_LATE, "11-03")}, set())


def test_a_contact_or_a_first_answer_too_late_is_below_the_line_alone():
    story = Story().add(A.CONTACT, "2026-11-05 09:00", reached=True)
    story.due(K.FIRST_CONTACT, "2026-11-02 10:00", "2026-11-03 17:30", "2026-11-05 09:00")
    story.due(K.ANSWER, "2026-11-02 10:00", "2026-11-06 17:30")
    marks = story.marks()
    assert {(M.CONTACT_DUE, "11-02"), (M.FEEDBACK_DUE, "11-06")} <= marks
    assert not {measure for measure, _ in marks} & {M.CONTACT_IN_TIME, M.FEEDBACK_IN_TIME}


def test_history_from_a_sheet_owes_no_first_contact():
    story = Story(flags={Flag.IMPORTED}).due(K.FIRST_CONTACT, "2026-11-02 10:00", "2026-11-03 17:30")
    assert M.CONTACT_DUE not in {measure for measure, _ in story.marks()}


def test_a_joining_undone_is_counted():
    apart = Story().add(A.JOIN, "2026-11-03 09:00", S.JOINED).add(A.UNJOIN, "2026-11-04 09:00", S.RECEIVED)
    assert (M.UNJOINED, "11-04") in apart.marks()


def test_what_is_in_hand_before_the_period_is_carried_over():
    open_ = Story()
    december = Period(date(2026, 12, 1), date(2026, 12, 31))
    sums = added([tallied(open_.steps, [])] * 2, december, on=date(2026, 12, 31))
    assert (sums.period, sums.carried) == ({}, {Standing.COUNTED: 2})


def test_what_brings_an_outer_number_came_from_outside():
    assert (M.FROM_OUTSIDE, "11-02") in Story(external_ref="R-1").marks()
    assert (M.FROM_OUTSIDE, "11-02") not in Story(external_ref="").marks()


def test_without_events_there_is_nothing_to_count():
    assert tallied([], []) is None
