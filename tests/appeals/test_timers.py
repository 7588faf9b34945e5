"""Windows that run out do what they are for, once, and nobody has to remember them."""

from datetime import timedelta

import pytest

from huying.appeals.actions.defer import defer
from huying.appeals.actions.dispute import dispute
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.pause import pause
from huying.appeals.actions.request_deferral import request_deferral
from huying.appeals.actions.undo_withdraw import undo_withdraw
from huying.appeals.actions.withdraw import withdraw
from huying.appeals.due import timers
from huying.appeals.models import Appeal, Clock
from huying.rules.enums import AppealKind, ClockKind, PauseReason, RedLine, State
from tests import given
from tests.cast import Stage, at


def withdrawn(stage: Stage) -> Appeal:
    """The wish to withdraw stands since the 24th, 14:00."""
    appeal = given.handled(stage)
    withdraw(appeal, reason="已经解决", by=stage.holding(appeal), at=at(14))
    return given.fresh(appeal)


def paused(stage: Stage) -> Appeal:
    appeal = given.handled(stage, kind=AppealKind.INQUIRY)
    pause(appeal, ground=PauseReason.MORE_INFORMATION, question="哪个座位？", reason="缺", by=stage.teacher, at=at(13))
    return given.fresh(appeal)


def test_a_withdrawal_takes_effect_after_seventy_two_hours_and_not_before(stage):
    appeal = withdrawn(stage)
    assert timers.run_out(at=at(14, day=27)) == 0
    assert timers.run_out(at=at(14, 1, day=27)) == 1
    assert given.fresh(appeal).state == State.WITHDRAWN
    assert timers.run_out(at=at(15, day=27)) == 0


def test_an_undone_withdrawal_takes_no_effect(stage):
    appeal = withdrawn(stage)
    undo_withdraw(appeal, by=stage.holding(appeal), at=at(15))
    assert timers.run_out(at=at(14, day=28)) == 0
    assert given.fresh(appeal).state == State.HANDLING


def test_a_red_line_goes_on_whatever_was_withdrawn(stage):
    appeal = withdrawn(stage)
    mark_safety(appeal, signal=RedLine.BULLYING, by=stage.dispatcher, at=at(15))
    assert timers.run_out(at=at(14, day=28)) == 0
    assert given.fresh(appeal).state == State.HANDLING


def test_a_pause_ends_at_its_cap_by_itself(stage):
    appeal = paused(stage)
    cap = Clock.objects.get(appeal=appeal, kind=ClockKind.PAUSE_CAP)
    assert cap.due_at == at(12, day=1, month=12)  # five times 7.5 h from 13:30 on the 24th
    assert timers.run_out(at=cap.due_at + timedelta(seconds=1)) == 1
    appeal = given.fresh(appeal)
    assert not appeal.paused
    assert appeal.events.filter(action="resume").count() == 1


def test_a_deferred_appeal_is_taken_up_again_on_its_review_day(stage):
    appeal = given.contacted(stage)
    review = at(8, day=15, month=12).date()
    request_deferral(appeal, plan="寒假换桌椅", review_on=review, reason="等采购", by=stage.teacher, at=at(13))
    defer(given.fresh(appeal), plan="寒假换桌椅", review_on=review, reason="等采购", by=stage.principal, at=at(14))
    assert timers.run_out(at=at(17, day=15, month=12)) == 0
    assert timers.run_out(at=at(17, 1, day=15, month=12)) == 1
    assert given.fresh(appeal).state == State.HANDLING


def unasked(stage: Stage) -> Appeal:
    """Delivered on the 24th at 15:00; the sample left it out."""
    appeal = given.delivered(stage)
    tries = 0
    while appeal.events.get(action="approve_answer").data["callback_required"]:
        tries += 1
        assert tries < 60
        appeal = given.delivered(stage)
    return appeal


def test_silence_closes_what_the_callback_sample_left_out(stage):
    appeal = unasked(stage)
    Clock.objects.exclude(appeal=appeal).update(next_step_at=None)
    assert timers.run_out(at=at(17, day=1, month=12)) == 0
    assert timers.run_out(at=at(17, 1, day=1, month=12)) == 1
    assert given.fresh(appeal).state == State.CLOSED


def test_a_dispute_keeps_the_file_open(stage):
    appeal = unasked(stage)
    dispute(appeal, reason="还是老样子", by=stage.holding(appeal), at=at(16))
    Clock.objects.exclude(appeal=appeal).update(next_step_at=None)
    assert timers.run_out(at=at(17, day=5, month=12)) == 0
    assert given.fresh(appeal).state == State.CALLBACK


def test_what_must_be_called_back_is_not_closed_by_silence(stage):
    appeal = given.delivered(stage)
    while not appeal.events.get(action="approve_answer").data["callback_required"]:
        appeal = given.delivered(stage)
    Clock.objects.exclude(appeal=appeal).update(next_step_at=None)
    assert timers.run_out(at=at(17, day=5, month=12)) == 0
    assert given.fresh(appeal).state == State.CALLBACK
    assert timers.run_out(at=at(17, day=6, month=12)) == 0


@pytest.mark.parametrize("most", [1, 2])
def test_many_windows_are_let_out_in_portions(stage, most):
    for _ in range(3):
        withdrawn(stage)
    done = [timers.run_out(at=at(14, day=28), most=most) for _ in range(4)]
    assert sum(done) == 3
