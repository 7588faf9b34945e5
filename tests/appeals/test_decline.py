"""The unit asks to give it back: up, "not ours"."""

from huying.appeals.actions.decline import decline
from huying.appeals.actions.reject_decline import reject_decline
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def ask(stage, appeal, *, by=None, when=None, **fields):
    said = {"clause": "职责第三条", "suggested": stage.units["office"], "reason": "桌椅归总务处", **fields}
    decline(appeal, **said, by=by or stage.teacher, at=when or at(12))


def test_the_wish_is_pending_the_state_stays_and_the_date_too(stage):
    appeal = given.dispatched(stage)
    due = appeal.due_at
    ask(stage, appeal)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.decline_pending, appeal.due_at) == (State.DISPATCHED, True, due)
    assert record(appeal) == {"clause": "职责第三条", "suggested": stage.units["office"].pk}
    assert written(appeal) == step(
        "decline: dispatched → dispatched",
        "class_teacher class",
        flags="decline_pending",
        words=(("reason", "桌椅归总务处"),),
        told="""declined: dispatcher school
                owner_being_settled: appellant""",
    )


def test_nobody_but_the_head_of_the_unit_declines(stage):
    appeal = given.dispatched(stage)
    for name in ("dispatcher", "grade_head", "principal", "caller", "county_supervisor", "mother"):
        with refused(appeal, (NotAllowed, NotPossible)):
            ask(stage, appeal, by=getattr(stage, name))


def test_ground_suggestion_and_reason_are_asked_for(stage):
    appeal = given.dispatched(stage)
    with refused(appeal, NotPossible, "退单要写依据"):
        ask(stage, appeal, clause="")
    with refused(appeal, NotPossible, "请写明理由"):
        ask(stage, appeal, reason="")


def test_it_is_too_late_after_one_working_day(stage):
    appeal = given.dispatched(stage)
    with refused(appeal, NotPossible, "已过退单时限"):
        ask(stage, appeal, when=at(17, 1, day=25))
    ask(stage, appeal, when=at(17, day=25))
    assert given.fresh(appeal).decline_pending


def test_a_refused_return_is_the_last_word(stage):
    appeal = given.dispatched(stage)
    ask(stage, appeal)
    reject_decline(given.fresh(appeal), reason="归你们", by=stage.dispatcher, at=at(12, 30))
    with refused(given.fresh(appeal), NotPossible, "不能再退"):
        ask(stage, given.fresh(appeal), when=at(13))


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.dispatched(stage), stage)
    with refused(appeal, Stale):
        ask(stage, appeal)
