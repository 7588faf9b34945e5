"""The appellant says that it is not solved."""

from huying.appeals.actions.dispute import dispute
from huying.appeals.actions.send_back import send_back
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import State
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


def object_to(appeal, stage, *, by=None, reason="还在最后一排", when=None):
    dispute(appeal, reason=reason, by=by or stage.holding(appeal), at=when or at(15, 30))


def test_the_flag_stands_until_the_desk_decides(stage):
    appeal = given.delivered(stage)
    object_to(appeal, stage)
    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.disputed) == (State.CALLBACK, True)
    assert written(appeal) == step(
        "dispute: callback → callback",
        "appellant",
        flags="disputed",
        words=(("reason", "还在最后一排"),),
        told="disputed: dispatcher school",
    )


def test_words_are_not_asked_for(stage):
    appeal = given.delivered(stage)
    object_to(appeal, stage, reason="")
    assert written(appeal).words == ()


def test_after_closing_it_is_open_for_seven_days(stage):
    appeal = given.closed(stage)
    with refused(appeal, NotPossible, "已过提出异议的期限"):
        object_to(appeal, stage, when=at(17, 1, day=1, month=12))
    object_to(appeal, stage, when=at(17, day=1, month=12))
    assert given.fresh(appeal).disputed


def test_once_an_answered_round_and_nobody_in_their_name(stage):
    appeal = given.delivered(stage)
    for by in (stage.teacher, stage.dispatcher, stage.clerk, stage.mother):
        with refused(appeal, (NotAllowed, NotPossible)):
            object_to(appeal, stage, by=by)
    object_to(appeal, stage)
    with refused(given.fresh(appeal), NotPossible, "现在不能做这一步"):
        object_to(given.fresh(appeal), stage)
    given.call_back(given.fresh(appeal), call=given.BAD_CALL, reason="没换", by=stage.caller, at=at(16))
    given.close(given.fresh(appeal), closing=given.CLOSING, reason="不再办", by=stage.dispatcher, at=at(16, 30))
    with refused(given.fresh(appeal), NotPossible, "这一轮已经提出过异议"):
        object_to(given.fresh(appeal), stage, when=at(17))


def test_a_new_answer_may_be_disputed_anew(stage):
    appeal = given.delivered(stage)
    object_to(appeal, stage)
    send_back(given.fresh(appeal), reason="再办", by=stage.dispatcher, at=at(16))
    given.answer(given.fresh(appeal), draft=given.FULL, by=stage.teacher, at=at(9, day=25))
    given.approve_answer(given.fresh(appeal), checked=True, by=stage.grade_head, at=at(10, day=25))
    object_to(given.fresh(appeal), stage, when=at(11, day=25))
    assert given.fresh(appeal).disputed


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.delivered(stage), stage)
    with refused(appeal, Stale):
        object_to(appeal, stage)
