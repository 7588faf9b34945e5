"""What starts, stops and moves a clock. Stories are told as events; the clocks follow."""

from dataclasses import replace
from datetime import date
from itertools import accumulate, pairwise

import pytest

from huying.rules import clocks
from huying.rules.case import StepFact
from huying.rules.clocks import Rulebook
from huying.rules.enums import Action, ActorKind, AppealKind, ClockKind, Flag, RedLine, Severity, State, UnitLevel
from huying.rules.limits import About, LimitFact, WorkingDays
from huying.rules.shipped import SHIPPED
from huying.rules.workdays import Calendar, DayFact
from tests.rules.almanac import CHINA, at, said

A, S, F, K = Action, State, Flag, ClockKind
BOOK = Rulebook(national=CHINA)


class Story:
    """Events in order, each a line: what, when, where it leads, which flags stand after it."""

    def __init__(self, **data: object) -> None:
        self.events: list[StepFact] = []
        self.state: State | None = None
        self.flags: frozenset[Flag] = frozenset()
        self.step(A.REGISTER, "2026-11-23 09:00", S.RECEIVED, kind="COMPLAINT", channel="web", **data)

    def step(self, action: Action, when: str, to: State | None = None, *, on=(), off=(), **data: object) -> "Story":
        self.flags = (self.flags | set(on)) - set(off)
        event = StepFact(
            sequence=len(self.events) + 1,
            action=action,
            at=at(when),
            actor_kind=ActorKind.STAFF,
            person=None,
            unit=None,
            from_state=self.state,
            to_state=to or self.state,
            flags=self.flags,
            data=data,
        )
        self.events.append(event)
        self.state = event.to_state
        return self

    def all(self, book: Rulebook = BOOK) -> tuple[clocks.ClockState, ...]:
        return clocks.clocks(self.events, book)

    def of(self, *kinds: ClockKind, book: Rulebook = BOOK) -> list[tuple[str, str, str]]:
        """Started, due, stopped ("" while it runs)."""
        return [_line(one) for one in self.all(book) if one.kind in kinds]

    def dates(self, book: Rulebook = BOOK) -> clocks.Dates:
        return clocks.dates(self.all(book), self.state)


def _line(one: clocks.ClockState) -> tuple[str, str, str]:
    return said(one.started_at)[5:], said(one.due.at)[5:], said(one.stopped_at)[5:] if one.stopped_at else ""


def registered(**data: object) -> Story:
    """Monday 23 November 2026, 09:00."""
    return Story(**data)


def dispatched(**data: object) -> Story:
    return registered(**data).step(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED)


def handled(**data: object) -> Story:
    return dispatched(**data).step(A.ACKNOWLEDGE, "2026-11-23 11:00", S.HANDLING)


def answered(**data: object) -> Story:
    return handled(**data).step(A.ANSWER, "2026-11-24 10:00", S.ANSWERED)


def delivered(**data: object) -> Story:
    return answered(**data).step(A.APPROVE_ANSWER, "2026-11-24 15:00", S.CALLBACK)


def test_registration_starts_the_dispatchers_and_the_outer_clock():
    story = registered()
    assert story.of(K.TRIAGE) == [("11-23 09:00", "11-23 14:30", "")]  # 4 working hours: 3 before noon, 1 after
    assert story.of(K.OUTER) == [("11-23 09:00", "11-30 17:00", "")]  # 5 WD
    assert said(story.dates().next_due_at) == "2026-11-23 14:30"
    assert (story.dates().due_at, said(story.dates().outer_due_at)) == (None, "2026-11-30 17:00")


def test_the_outer_clock_runs_from_receipt_the_dispatchers_from_registration():
    story = registered(received_at="2026-11-20T16:00:00+08:00")
    assert story.of(K.OUTER) == [("11-20 16:00", "11-27 17:00", "")]
    assert story.of(K.TRIAGE) == [("11-23 09:00", "11-23 14:30", "")]


def test_a_senders_date_is_taken_as_sent():
    story = registered(outer_due_at="2026-11-26T12:00:00+08:00").step(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED)
    outer = next(one for one in story.all() if one.kind is K.OUTER)
    assert (said(outer.due.at), outer.is_fixed) == ("2026-11-26 12:00", True)
    assert story.of(K.ANSWER) == [("11-23 10:00", "11-25 17:00", "")]  # the working day before


def test_dispatch_starts_signing_contact_decline_and_the_answer():
    story = dispatched()
    assert story.of(K.TRIAGE)[0][2] == "11-23 10:00"
    assert story.of(K.ACKNOWLEDGE) == [("11-23 10:00", "11-23 15:30", "")]
    assert story.of(K.FIRST_CONTACT, K.DECLINE) == [("11-23 10:00", "11-24 17:00", "")] * 2
    # 5 WD would be the 30th; the outer date is the 30th; a working day before it is Friday the 27th.
    assert story.of(K.ANSWER) == [("11-23 10:00", "11-27 17:00", "")]


@pytest.mark.parametrize(("kind", "due"), [("INQUIRY", "11-24"), ("HELP", "11-26"), ("SUGGESTION", "11-27")])
def test_the_answer_is_due_by_kind(kind, due):
    story = Story()
    story.events[0] = replace(story.events[0], data={"kind": kind})
    story.step(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED)
    assert story.of(K.ANSWER)[0][1] == f"{due} 17:00"


def test_signing_starts_no_clock_and_stops_its_own():
    story = handled()
    assert story.of(K.ACKNOWLEDGE)[0][2] == "11-23 11:00"
    assert story.of(K.ANSWER) == dispatched().of(K.ANSWER)


def test_an_attempt_that_reached_nobody_does_not_stop_the_contact_clock():
    story = handled().step(A.CONTACT, "2026-11-23 14:00", reached=False, impossible=False)
    assert story.of(K.FIRST_CONTACT)[0][2] == ""
    story.step(A.CONTACT, "2026-11-23 15:00", reached=True)
    assert story.of(K.FIRST_CONTACT)[0][2] == "11-23 15:00"


def test_decline_and_a_new_dispatch_reset_nothing():
    story = dispatched().step(A.DECLINE, "2026-11-23 15:00", on=[F.DECLINE_PENDING])
    assert story.of(K.DECLINE_RULING) == [("11-23 15:00", "11-24 10:00", "")]  # 2 h today, 2 h tomorrow
    story.step(A.APPROVE_DECLINE, "2026-11-23 16:00", S.RECEIVED, off=[F.DECLINE_PENDING])
    assert story.of(K.DECLINE_RULING)[0][2] == "11-23 16:00"
    assert story.of(K.TRIAGE)[1] == ("11-23 16:00", "11-24 11:00", "")  # to dispatch it again is new work
    story.step(A.DISPATCH, "2026-11-24 08:30", S.DISPATCHED)
    assert story.of(K.ANSWER) == [("11-23 10:00", "11-27 17:00", "")]
    assert story.of(K.FIRST_CONTACT) == [("11-23 10:00", "11-24 17:00", "")]
    assert len(story.of(K.ACKNOWLEDGE)) == 2
    assert story.of(K.DECLINE)[1] == ("11-24 08:30", "11-25 17:00", "")  # another unit may say "not ours" as well


def test_a_rejected_decline_gives_no_second_one():
    story = dispatched().step(A.DECLINE, "2026-11-23 15:00", on=[F.DECLINE_PENDING])
    story.step(A.REJECT_DECLINE, "2026-11-23 15:30", off=[F.DECLINE_PENDING])
    assert [line[2] for line in story.of(K.DECLINE, K.DECLINE_RULING)] == ["11-23 15:00", "11-23 15:30"]


def test_a_ruling_leaves_no_time_to_decline():
    story = registered().step(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED, on=[F.DESIGNATED])
    assert story.of(K.DECLINE) == []


def test_the_answer_stops_the_inner_clock_and_starts_the_review():
    story = answered()
    assert story.of(K.ANSWER)[0][2] == "11-24 10:00"
    assert story.of(K.REVIEW) == [("11-24 10:00", "11-25 17:00", "")]
    assert said(story.dates().next_due_at) == "2026-11-25 17:00"


def test_sent_back_before_delivery_the_inner_clock_has_been_running_all_along():
    story = answered().step(A.SEND_BACK, "2026-11-24 14:00", S.HANDLING)
    assert story.of(K.ANSWER) == [("11-23 10:00", "11-27 17:00", "")]
    assert story.of(K.REVIEW)[0][2] == "11-24 14:00"
    assert story.of(K.REWORK) == [("11-24 14:00", "11-27 17:00", "")]  # 3 WD
    assert said(story.dates().due_at) == "2026-11-27 17:00"


def test_a_rework_never_ends_after_the_outer_date_that_still_lies_ahead():
    story = handled().step(A.ANSWER, "2026-11-27 10:00", S.ANSWERED)
    story.step(A.SEND_BACK, "2026-11-27 14:00", S.HANDLING)
    assert story.of(K.REWORK) == [("11-27 14:00", "11-30 17:00", "")]  # 3 WD would be 2 December
    late = handled().step(A.ANSWER, "2026-12-02 10:00", S.ANSWERED).step(A.SEND_BACK, "2026-12-02 14:00", S.HANDLING)
    assert late.of(K.REWORK) == [("12-02 14:00", "12-07 17:00", "")]  # the outer date is past: three days of its own


def test_delivery_stops_the_outer_clock_and_starts_callback_and_dispute_window():
    story = delivered()
    assert story.of(K.OUTER)[0][2] == "11-24 15:00"
    assert story.of(K.CALLBACK) == [("11-24 15:00", "11-26 17:00", "")]
    assert story.of(K.DISPUTE_WINDOW) == [("11-24 15:00", "12-01 17:00", "")]
    assert said(story.dates().next_due_at) == "2026-11-26 17:00"


def test_what_the_sample_left_out_has_no_callback_clock():
    story = answered().step(A.APPROVE_ANSWER, "2026-11-24 15:00", S.CALLBACK, callback_required=False)
    assert story.of(K.CALLBACK) == []
    assert story.dates().next_due_at is None


def test_sent_back_after_delivery_there_is_a_rework_but_no_fresh_limit():
    story = delivered().step(A.SEND_BACK, "2026-11-26 14:00", S.HANDLING)
    assert story.of(K.REWORK) == [("11-26 14:00", "12-01 17:00", "")]  # 27, 30, 1
    assert story.of(K.ANSWER)[0][2] == "11-24 10:00"
    assert [line[2] for line in story.of(K.CALLBACK, K.DISPUTE_WINDOW)] == ["11-26 14:00"] * 2


def test_only_a_call_that_was_answered_stops_the_callback_clock():
    story = delivered().step(A.CALL_BACK, "2026-11-25 09:00", reached=False)
    assert story.of(K.CALLBACK)[0][2] == ""
    story.step(A.CALL_BACK, "2026-11-25 19:00", reached=True, contacted=True, resolved=True, satisfaction="SATISFIED")
    assert story.of(K.CALLBACK)[0][2] == "11-25 19:00"


def test_closing_stops_everything_but_the_appellants_windows():
    story = delivered().step(A.CLOSE, "2026-11-26 09:00", S.CLOSED)
    running = {one.kind for one in story.all() if one.is_running}
    assert running == {K.DISPUTE_WINDOW, K.REOPEN_WINDOW}
    assert story.of(K.REOPEN_WINDOW) == [("11-26 09:00", "12-26 17:00", "")]


def test_a_dispute_gives_the_dispatcher_a_day_and_confirming_moves_no_window():
    story = delivered().step(A.CLOSE, "2026-11-26 09:00", S.CLOSED).step(A.DISPUTE, "2026-11-26 20:00", on=[F.DISPUTED])
    assert story.of(K.REVIEW)[1] == ("11-26 20:00", "11-27 17:00", "")
    assert said(story.dates().next_due_at) == "2026-11-27 17:00"
    story.step(A.CLOSE, "2026-11-27 09:00", S.CLOSED, off=[F.DISPUTED])
    assert story.of(K.REVIEW)[1][2] == "11-27 09:00"
    assert story.of(K.REOPEN_WINDOW) == [("11-26 09:00", "12-26 17:00", "")]


def test_reopening_is_a_new_round_and_the_first_stays_as_it_was():
    story = delivered().step(A.CLOSE, "2026-11-26 09:00", S.CLOSED)
    before = story.all()
    story.step(A.REOPEN, "2026-11-30 09:00", S.RECEIVED)
    assert story.of(K.OUTER)[1] == ("11-30 09:00", "12-07 17:00", "")
    assert story.of(K.TRIAGE)[1][0] == "11-30 09:00"
    assert [one for one in story.all() if one.round == 1 and one.kind is K.OUTER] == [
        one for one in before if one.kind is K.OUTER
    ]
    story.step(A.DISPATCH, "2026-11-30 10:00", S.DISPATCHED)
    assert story.of(K.ANSWER)[1] == ("11-30 10:00", "12-04 17:00", "")
    assert said(story.dates().due_at) == "2026-12-04 17:00"


def test_a_pause_moves_the_inner_clock_and_not_the_outer_one():
    story = Story()
    story.events[0] = replace(story.events[0], data={"kind": "INQUIRY"})
    story.step(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED).step(A.ACKNOWLEDGE, "2026-11-23 11:00", S.HANDLING)
    story.step(A.PAUSE, "2026-11-24 09:00", on=[F.PAUSED, F.UNREVIEWED])
    story.step(A.RESUME, "2026-11-24 15:00", off=[F.PAUSED])
    # Paused 09–12 and 13:30–15: 4.5 h. Due 24 November 17:00 → 25 November, 4 h to noon and half an hour more.
    assert story.of(K.ANSWER) == [("11-23 10:00", "11-25 14:00", "")]
    assert story.of(K.OUTER) == [("11-23 09:00", "11-30 17:00", "")]
    assert story.of(K.FIRST_CONTACT) == [("11-23 10:00", "11-24 17:00", "")]
    assert story.of(K.PAUSE_CAP)[0][2] == "11-24 15:00"


def test_a_pause_that_nobody_ends_stops_counting_at_its_cap():
    help_ = {"kind": "INQUIRY", "outer_due_at": "2027-03-31T17:00:00+08:00"}
    story = Story()
    story.events[0] = replace(story.events[0], data=help_)
    story.step(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED).step(A.ACKNOWLEDGE, "2026-11-23 11:00", S.HANDLING)
    story.step(A.PAUSE, "2026-11-23 17:00", on=[F.PAUSED])
    assert story.of(K.PAUSE_CAP) == [("11-23 17:00", "11-30 17:00", "")]  # 5 WD of 7.5 h
    assert story.of(K.ANSWER)[0][1] == "12-01 17:00"  # 24 November and five days
    story.step(A.RESUME, "2026-12-10 09:00", off=[F.PAUSED])
    assert story.of(K.ANSWER)[0][1] == "12-01 17:00"


def test_the_cap_is_for_all_pauses_together():
    story = Story()
    story.events[0] = replace(story.events[0], data={"kind": "INQUIRY", "outer_due_at": "2027-03-31T17:00:00+08:00"})
    story.step(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED).step(A.ACKNOWLEDGE, "2026-11-23 11:00", S.HANDLING)
    story.step(A.PAUSE, "2026-11-23 17:00", on=[F.PAUSED]).step(A.RESUME, "2026-11-27 17:00", off=[F.PAUSED])  # 4 WD
    story.step(A.PAUSE, "2026-11-27 17:00", on=[F.PAUSED])
    assert story.of(K.PAUSE_CAP)[1] == ("11-27 17:00", "11-30 17:00", "")  # one is left
    assert story.of(K.ANSWER)[0][1] == "12-01 17:00"


def test_an_overturned_pause_never_happened():
    story = handled().step(A.PAUSE, "2026-11-24 09:00", on=[F.PAUSED, F.UNREVIEWED])
    plain = handled().of(K.ANSWER)
    story.step(A.OVERTURN, "2026-11-25 09:00", off=[F.PAUSED, F.UNREVIEWED], reviews=4)
    assert story.of(K.ANSWER) == plain
    assert story.of(K.PAUSE_CAP) == []


def test_a_new_dispatch_ends_a_pause():
    story = registered().step(A.PAUSE, "2026-11-23 09:30", on=[F.PAUSED])
    assert story.of(K.TRIAGE)[0][1] == "11-30 14:30"  # up to the cap
    story.step(A.DISPATCH, "2026-11-23 10:30", S.DISPATCHED, off=[F.PAUSED])
    assert story.of(K.TRIAGE) == [("11-23 09:00", "11-23 15:30", "11-23 10:30")]


def test_an_extension_moves_the_answer_and_what_we_promised():
    story = handled().step(A.REQUEST_EXTENSION, "2026-11-26 09:00", on=[F.EXTENSION_PENDING])
    story.step(A.APPROVE_EXTENSION, "2026-11-26 15:00", on=[F.EXTENDED], due_at="2026-12-02T17:00:00+08:00")
    assert story.of(K.ANSWER)[0][1] == "12-02 17:00"
    assert story.of(K.OUTER)[0][1] == "12-03 17:00"


def test_an_extension_never_moves_a_senders_date():
    story = handled(outer_due_at="2026-11-30T17:00:00+08:00")
    story.step(A.APPROVE_EXTENSION, "2026-11-26 15:00", on=[F.EXTENDED], due_at="2026-12-02T17:00:00+08:00")
    assert story.of(K.OUTER)[0][1] == "11-30 17:00"
    assert story.of(K.ANSWER)[0][1] == "11-30 17:00"  # what was granted beyond the margin, up to the outer date


def test_an_extension_without_a_date_grants_nothing():
    story = handled().step(A.APPROVE_EXTENSION, "2026-11-26 15:00", on=[F.EXTENDED])
    assert story.of(K.ANSWER) == handled().of(K.ANSWER)


def test_the_limit_of_a_hotline_order_is_the_senders():
    story = Story()
    story.events[0] = replace(story.events[0], data={"kind": "COMPLAINT", "channel": "hotline"})
    outer = next(one for one in story.all() if one.kind is K.OUTER)
    assert (outer.is_fixed, outer.due.limit.source) == (True, "《潍坊市政务服务热线条例》第二十条")


def test_a_deferral_holds_the_clocks_until_its_review_day():
    story = handled().step(A.DEFER, "2026-11-26 17:00", S.DEFERRED, review_on="2027-01-15")
    assert story.of(K.DEFERRAL) == [("11-26 17:00", "01-15 17:00", "")]
    assert said(story.dates().next_due_at) == "2027-01-15 17:00"
    story.step(A.UNDEFER, "2026-12-01 08:00", S.HANDLING)
    # One working day was left on the 26th at closing; 27 and 30 November were held.
    assert story.of(K.ANSWER)[0][1] == "12-01 17:00"
    assert story.of(K.OUTER)[0][1] == "12-02 17:00"
    assert story.of(K.DEFERRAL)[0][2] == "12-01 08:00"


def test_a_deferral_without_a_day_lasts_as_long_as_the_rule_allows():
    story = handled().step(A.DEFER, "2026-11-26 17:00", S.DEFERRED)
    assert story.of(K.DEFERRAL) == [("11-26 17:00", "02-24 17:00", "")]  # 90 days


def test_a_senders_date_is_not_deferred():
    story = handled(outer_due_at="2026-11-30T17:00:00+08:00")
    story.step(A.DEFER, "2026-11-26 09:00", S.DEFERRED, review_on="2027-01-15")
    assert story.of(K.OUTER)[0][1] == "11-30 17:00"


def test_assisting_units_have_clocks_inside_the_lead_units():
    story = registered().step(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED, assisting=[7, 8])
    assert story.of(K.ASSISTING) == [("11-23 10:00", "11-26 17:00", "")] * 2
    story.step(A.ASSIST, "2026-11-24 10:00", for_unit=7)
    assert [(one.unit, one.is_running) for one in story.all() if one.kind is K.ASSISTING] == [(7, False), (8, True)]
    story.step(A.DISPATCH, "2026-11-24 11:00", S.DISPATCHED, assisting=[9])
    assert [(one.unit, one.is_running) for one in story.all() if one.kind is K.ASSISTING] == [
        (7, False), (8, False), (9, True),
    ]  # fmt: skip
    assert story.step(A.ASSIST, "2026-11-24 12:00").of(K.ASSISTING)[2][2] == ""


def test_an_assisting_part_is_never_due_after_the_answer():
    story = registered(outer_due_at="2026-11-25T17:00:00+08:00")
    story.step(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED, assisting=[7])
    assert story.of(K.ANSWER, K.ASSISTING) == [("11-23 10:00", "11-24 17:00", "")] * 2


def test_a_red_line_is_reported_at_once_and_bullying_looked_into_within_ten_days():
    story = registered().step(A.MARK_SAFETY, "2026-11-23 20:00", on=[F.SAFETY], signal=RedLine.BULLYING)
    assert story.of(K.REPORT_AT_ONCE) == [("11-23 20:00", "11-23 20:15", "")]
    assert story.of(K.BULLYING_INQUIRY) == [("11-23 20:00", "12-03 17:00", "")]
    story.step(A.RECORD_REPORT, "2026-11-23 20:10")
    assert story.of(K.REPORT_AT_ONCE)[0][2] == "11-23 20:10"
    story.step(A.CLEAR_SAFETY, "2026-11-24 09:00", off=[F.SAFETY])
    assert story.of(K.BULLYING_INQUIRY)[0][2] == "11-24 09:00"


def test_an_inquiry_counts_from_discovery():
    story = registered().step(
        A.MARK_SAFETY, "2026-11-23 20:00", signal="bullying", discovered_at="2026-11-20T10:00:00+08:00"
    )
    assert story.of(K.BULLYING_INQUIRY) == [("11-20 10:00", "11-30 17:00", "")]


def test_other_red_lines_have_no_inquiry_clock():
    assert registered().step(A.MARK_SAFETY, "2026-11-23 20:00", signal=RedLine.MISSING).of(K.BULLYING_INQUIRY) == []


def test_a_pause_never_stops_a_red_line_timer():
    story = handled().step(A.MARK_SAFETY, "2026-11-23 12:00", signal=RedLine.BULLYING)
    before = story.of(K.BULLYING_INQUIRY, K.REPORT_AT_ONCE)
    story.step(A.PAUSE, "2026-11-24 09:00", on=[F.PAUSED])
    assert story.of(K.BULLYING_INQUIRY, K.REPORT_AT_ONCE) == before


def test_petition_limits_run_only_where_the_dispatcher_marked_a_petition():
    assert handled().of(K.PETITION_NOTICE, K.PETITION_DECISION) == []
    story = registered().step(A.RECLASSIFY, "2026-11-23 09:30", on=[F.IS_PETITION], kind="COMPLAINT")
    assert story.of(K.PETITION_NOTICE) == [("11-23 09:00", "12-08 17:00", "")]  # 15 CD from receipt
    story.step(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED)
    assert story.of(K.PETITION_NOTICE)[0][2] == "11-23 10:00"
    assert story.of(K.PETITION_DECISION) == [("11-23 10:00", "01-22 17:00", "")]  # 60 CD
    story.step(A.ACKNOWLEDGE, "2026-11-23 11:00", S.HANDLING)
    story.step(A.APPROVE_EXTENSION, "2026-12-01 09:00", due_at="2027-02-21T17:00:00+08:00")
    assert story.of(K.PETITION_DECISION)[0][1] == "02-21 17:00"


def test_a_petition_marked_late_counts_from_the_dispatch():
    story = handled().step(A.RECLASSIFY, "2026-11-25 09:30", on=[F.IS_PETITION])
    assert story.of(K.PETITION_DECISION) == [("11-23 10:00", "01-22 17:00", "")]
    story.step(A.OVERTURN, "2026-11-26 09:30", off=[F.IS_PETITION], reviews=4, kind="COMPLAINT")
    assert story.of(K.PETITION_DECISION)[0][2] == "11-26 09:30"


def test_refused_and_overturned_the_clocks_are_as_if_it_had_never_been_refused():
    story = registered().step(A.REFUSE, "2026-11-23 10:00", S.REFUSED, on=[F.UNREVIEWED])
    assert not [one for one in story.all() if one.is_running]
    assert story.dates().next_due_at is None
    story.step(A.OVERTURN, "2026-11-24 10:00", S.RECEIVED, off=[F.UNREVIEWED], reviews=2)
    assert story.of(K.TRIAGE, K.OUTER) == registered().of(K.TRIAGE, K.OUTER)


def test_a_refused_petition_starts_nothing_more():
    story = registered().step(A.RECLASSIFY, "2026-11-23 09:30", on=[F.IS_PETITION])
    story.step(A.REFUSE, "2026-11-23 10:00", S.REFUSED, on=[F.UNREVIEWED])
    assert story.of(K.PETITION_NOTICE) == [("11-23 09:00", "12-08 17:00", "11-23 10:00")]


def test_an_heir_that_was_answered_already_starts_no_clock_anew():
    story = registered().step(A.JOIN, "2026-11-23 10:00", S.JOINED).step(A.APPROVE_ANSWER, "2026-11-25 10:00")
    before = story.all()
    assert story.step(A.UNJOIN, "2026-11-26 10:00", S.CALLBACK).all() == before


def test_two_assisting_units_stop_one_by_one():
    story = registered().step(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED, assisting=[7, 8])
    story.step(A.DISPATCH, "2026-11-23 11:00", S.DISPATCHED, assisting=[8, 7])
    assert [(one.unit, one.is_running) for one in story.all() if one.kind is K.ASSISTING] == [(7, True), (8, True)]


def test_joined_an_appeal_keeps_its_own_outer_clock():
    story = registered().step(A.JOIN, "2026-11-23 10:00", S.JOINED)
    assert story.of(K.OUTER) == registered().of(K.OUTER)
    assert said(story.dates().next_due_at) == "2026-11-30 17:00"
    story.step(A.UNJOIN, "2026-11-24 10:00", S.RECEIVED)
    assert story.of(K.TRIAGE) == registered().of(K.TRIAGE)


def test_a_joined_appeal_gets_its_own_answer_callback_and_window():
    story = registered().step(A.JOIN, "2026-11-23 10:00", S.JOINED).step(A.APPROVE_ANSWER, "2026-11-25 10:00")
    assert story.of(K.OUTER)[0][2] == "11-25 10:00"
    assert story.of(K.CALLBACK) == [("11-25 10:00", "11-27 17:00", "")]


@pytest.mark.parametrize(
    ("state", "kind", "due"),
    [(S.HANDLING, K.ANSWER, "11-27 17:00"), (S.ANSWERED, K.REVIEW, "11-25 17:00")],
)
def test_who_takes_the_place_of_a_withdrawn_main_appeal_has_its_clock(state, kind, due):
    story = registered().step(A.JOIN, "2026-11-23 10:00", S.JOINED).step(A.UNJOIN, "2026-11-24 10:00", state)
    assert story.of(kind) == [("11-24 10:00", due, "")]


def test_a_withdrawal_pends_seventy_two_hours_and_stops_nothing():
    story = handled().step(A.WITHDRAW, "2026-11-24 10:00", on=[F.WITHDRAW_PENDING])
    assert story.of(K.WITHDRAWAL) == [("11-24 10:00", "11-27 10:00", "")]
    assert story.of(K.ANSWER) == handled().of(K.ANSWER)
    story.step(A.UNDO_WITHDRAW, "2026-11-25 10:00", off=[F.WITHDRAW_PENDING])
    assert story.of(K.WITHDRAWAL)[0][2] == "11-25 10:00"


def test_withdrawn_everything_stands():
    story = handled().step(A.WITHDRAW, "2026-11-24 10:00", on=[F.WITHDRAW_PENDING])
    story.step(A.WITHDRAW, "2026-11-27 10:00", S.WITHDRAWN, off=[F.WITHDRAW_PENDING])
    assert not [one for one in story.all() if one.is_running]


def test_a_supervision_has_its_own_date_until_it_is_lifted():
    story = handled().step(A.SUPERVISE, "2026-11-24 10:00", on=[F.SUPERVISED], due_at="2026-11-26T12:00:00+08:00")
    assert story.of(K.SUPERVISION) == [("11-24 10:00", "11-26 12:00", "")]
    story.step(A.LIFT_SUPERVISION, "2026-11-26 10:00", off=[F.SUPERVISED])
    assert story.of(K.SUPERVISION)[0][2] == "11-26 10:00"
    assert handled().step(A.SUPERVISE, "2026-11-24 10:00").of(K.SUPERVISION)[0][1] == "11-27 17:00"


def test_an_answer_on_the_spot_starts_callback_and_window():
    story = registered().step(A.ANSWER_AT_ONCE, "2026-11-23 09:20", S.CALLBACK, callback_required=False)
    assert [line[2] for line in story.of(K.TRIAGE, K.OUTER)] == ["11-23 09:20"] * 2
    assert len(story.of(K.DISPUTE_WINDOW)) == 1


def test_priority_owner_and_words_move_nothing():
    plain = handled().all()
    story = handled()
    for action, data in (
        (A.RECLASSIFY, {"kind": "INQUIRY", "severity": "urgent"}),
        (A.ASSIGN, {"in_charge": 5}),
        (A.ADD_MESSAGE, {}),
        (A.HAND_OVER, {"in_charge": 6}),
        (A.ESCALATE, {"watching": 1}),
        (A.REMIND, {}),
        (A.NAME_SUBJECT, {}),
        (A.RECUSE, {}),
        (A.ASK, {}),
    ):
        story.step(action, "2026-11-24 09:00", **data)
    assert story.all() == plain


def test_an_appeal_reclassified_before_dispatch_is_answered_by_its_new_kind():
    story = (
        registered()
        .step(A.RECLASSIFY, "2026-11-23 09:30", kind="INQUIRY")
        .step(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED)
    )
    assert story.of(K.ANSWER)[0][1] == "11-24 17:00"


def test_an_urgent_appeal_is_signed_for_in_a_quarter_of_an_hour():
    story = dispatched(severity=Severity.URGENT.value)
    assert story.of(K.TRIAGE)[0][1] == "11-23 09:15"
    assert story.of(K.ACKNOWLEDGE)[0][1] == "11-23 10:15"


def test_a_limit_may_depend_on_topic_and_tier():
    rows = (
        LimitFact(K.ANSWER, WorkingDays(2), topic=3),
        LimitFact(K.FIRST_CONTACT, WorkingDays(2), tier=UnitLevel.CLASS),
    )
    book = Rulebook(limits=(*rows, *SHIPPED), national=CHINA, lineage={"bullying": frozenset({9, 3})})
    story = registered(topic="bullying").step(A.DISPATCH, "2026-11-23 10:00", S.DISPATCHED, level="class")
    assert story.of(K.ANSWER, book=book)[0][1] == "11-25 17:00"
    assert story.of(K.FIRST_CONTACT, book=book)[0][1] == "11-25 17:00"


def test_an_appeal_keeps_the_rules_it_was_born_under():
    new = LimitFact(K.ANSWER, WorkingDays(1), valid_from=date(2026, 11, 24))
    book = Rulebook(limits=(*SHIPPED, new), national=CHINA)
    story = registered().step(A.DISPATCH, "2026-11-25 10:00", S.DISPATCHED)
    assert story.of(K.ANSWER, book=book) == story.of(K.ANSWER)


def test_what_the_first_event_does_not_say_is_said_beside_it():
    events = [replace(registered().events[0], data={})]
    events += dispatched().events[1:]
    found = clocks.clocks(events, BOOK, about=About(kind=AppealKind.INQUIRY))
    assert [said(one.due.at) for one in found if one.kind is K.ANSWER] == ["2026-11-24 17:00"]


def test_law_counts_on_the_nations_calendar_the_school_on_its_own():
    closed = {date(2026, 11, 24): DayFact(date(2026, 11, 24), False, "校运会")}
    own = Calendar(name="实验小学", days={**CHINA.days, **closed}, confirmed_years=CHINA.confirmed_years)
    book = Rulebook(national=CHINA, own=own)
    story = dispatched()
    assert story.of(K.FIRST_CONTACT, book=book)[0][1] == "11-25 17:00"
    assert story.of(K.OUTER, book=book)[0][1] == "11-30 17:00"


def test_an_unknown_year_makes_dates_provisional_and_stops_nobody():
    story = Story()
    story.events[0] = replace(story.events[0], at=at("2026-12-31 10:00"))
    found = story.dates()
    assert (said(found.outer_due_at), found.provisional) == ("2027-01-08 17:00", True)


def test_a_calendar_in_which_nobody_works_stops_no_filing():
    idle = {day: DayFact(day, False, "停") for year in (2026, 2027, 2028) for day in _all_days(year)}
    book = Rulebook(national=Calendar(days=idle, confirmed_years=frozenset({2026, 2027, 2028})))
    found = dispatched().dates(book)
    assert (said(found.outer_due_at), found.provisional) == ("2026-11-30 17:00", True)


def test_a_limit_of_ten_thousand_days_stops_no_filing():
    book = Rulebook(limits=(LimitFact(K.OUTER, WorkingDays(10_000)),), national=CHINA)
    found = registered().dates(book)
    assert found.outer_due_at is not None
    assert found.provisional


def test_a_calendar_that_hardly_works_still_caps_a_pause():
    rare = {day: DayFact(day, False, "停") for year in (2026, 2027) for day in _all_days(year) if day.month < 12}
    rare |= {day: DayFact(day, False, "停") for year in (2028, 2029, 2030) for day in _all_days(year)}
    rare |= {day: DayFact(day, False, "停") for day in _all_days(2026) if day.month == 12}
    keep = [day for day in _all_days(2027) if day.month == 12 and day.day > 3]
    rare |= {day: DayFact(day, False, "停") for day in keep}
    book = Rulebook(national=Calendar(days=rare, confirmed_years=frozenset(range(2026, 2031))))
    story = registered().step(A.PAUSE, "2026-11-23 09:30", on=[F.PAUSED])
    assert len(story.of(K.PAUSE_CAP, book=book)) == 1


def _all_days(year: int) -> list[date]:
    return [
        date.fromordinal(number) for number in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    ]


def test_kept_up_step_by_step_or_rebuilt_at_the_end_the_clocks_are_the_same():
    story = delivered().step(A.SEND_BACK, "2026-11-26 14:00", S.HANDLING).step(A.ANSWER, "2026-11-27 09:00", S.ANSWERED)
    prefixes = list(accumulate([[event] for event in story.events], lambda one, more: one + more))
    step_by_step = [clocks.clocks(prefix, BOOK) for prefix in prefixes]
    assert step_by_step[-1] == story.all()
    # Whatever ran before still stands, in the same place: nothing that was counted is ever uncounted.
    for earlier, later in pairwise(step_by_step):
        assert [(one.kind, one.started_at) for one in earlier] == [
            (one.kind, one.started_at) for one in later[: len(earlier)]
        ]


def test_without_events_there_are_no_clocks():
    assert clocks.clocks([], BOOK) == ()
    assert clocks.dates((), S.CLOSED) == clocks.Dates()
