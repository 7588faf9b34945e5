"""The file is closed with its five fields, each set by itself."""

from dataclasses import replace

from huying.appeals.actions.call_back import Call, call_back
from huying.appeals.actions.close import close, close_unasked
from huying.appeals.actions.dispute import dispute
from huying.appeals.models import Clock, Parameter
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind, Resolved, Satisfaction, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import TODAY, at


def shut(appeal, *, by, closing=given.CLOSING, reason="", when=None):
    close(appeal, closing=closing, reason=reason, by=by, at=when or at(16, 30))


def test_five_fields_stand_and_parent_and_unit_know(stage):
    appeal = given.called_back(stage)
    shut(appeal, by=stage.dispatcher)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.closed_at, appeal.counted) == (State.CLOSED, at(16, 30), True)
    assert (appeal.resolved_by_unit, appeal.resolved_by_callback, appeal.satisfaction, appeal.finding) == (
        "YES",
        "YES",
        "SATISFIED",
        "SUBSTANTIATED",
    )
    assert record(appeal)["closed_at"] == "2026-11-24T08:30:00.000000Z"
    assert written(appeal) == step(
        "close: callback → closed",
        "dispatcher school",
        told="""closed: appellant
                closed: class_teacher class""",
    )
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.REOPEN_WINDOW).due_at == at(17, day=24, month=12)


def test_no_file_is_closed_before_somebody_was_asked(stage):
    appeal = given.delivered(stage)
    with refused(appeal, NotPossible, "还没有有效回访"):
        shut(appeal, by=stage.dispatcher)


def test_unreachable_is_three_tries_on_two_days_at_two_times(stage):
    appeal = given.delivered(stage)
    for hour, day in ((16, 24), (9, 25), (15, 25)):
        call_back(given.fresh(appeal), call=Call(reached=False), by=stage.caller, at=at(hour, day=day))
    closing = replace(given.CLOSING, resolved_by_callback=Resolved.NOT_ASKED, satisfaction=Satisfaction.UNREACHABLE)
    shut(given.fresh(appeal), by=stage.dispatcher, closing=closing, when=at(16, day=25))
    assert given.fresh(appeal).satisfaction == "UNREACHABLE"


def test_nobody_who_handled_or_called_closes(stage):
    appeal = given.called_back(stage)
    for name in ("teacher", "caller", "grade_head", "principal", "clerk", "inspector", "county_supervisor"):
        with refused(appeal, NotAllowed):
            shut(appeal, by=getattr(stage, name))


def test_a_field_left_out_closes_nothing(stage):
    appeal = given.called_back(stage)
    with refused(appeal, NotPossible, "五个办结项"):
        shut(appeal, by=stage.dispatcher, closing=replace(given.CLOSING, finding=""))


def test_an_unhappy_parent_is_told_why_there_is_no_more_work(stage):
    appeal = given.called_back(stage, call=given.BAD_CALL)
    with refused(appeal, NotPossible, "不再重办的理由"):
        shut(appeal, by=stage.dispatcher)
    shut(appeal, by=stage.dispatcher, reason="教室只有这些桌子")
    assert written(appeal).words == (("reason", "教室只有这些桌子"),)


def test_confirming_a_closing_after_a_dispute_never_moves_its_time(stage):
    appeal = given.closed(stage)
    dispute(appeal, reason="没有换", by=stage.holding(appeal), at=at(9, day=25))
    shut(given.fresh(appeal), by=stage.dispatcher, reason="已两次调整", when=at(10, day=25))
    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.disputed, appeal.closed_at) == (State.CLOSED, False, at(16, 30))


def test_silence_closes_by_the_timer_and_is_never_a_yes(stage):
    Parameter.objects.create(name="callback_sample", value=0, valid_from=TODAY)
    appeal = given.delivered(stage)
    with refused(appeal, NotPossible, "异议期还没有过"):
        close_unasked(appeal, at=at(17, day=1, month=12))
    close_unasked(appeal, at=at(17, 1, day=1, month=12))

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.resolved_by_callback, appeal.satisfaction) == (
        State.CLOSED,
        "NOT_ASKED",
        "NOT_ASKED",
    )
    assert record(appeal)["not_asked"] is True
    assert written(appeal) == step("close: callback → closed", "timer", told="closed: appellant")


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.called_back(stage), stage)
    with refused(appeal, Stale):
        shut(appeal, by=stage.dispatcher)
