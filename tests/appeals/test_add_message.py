"""More words of the appellant; a pause that waited for them is over."""

from huying.appeals.actions.add_message import add_message
from huying.appeals.actions.pause import pause
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import PauseReason, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def add(appeal, stage, *, by=None, message="孩子近视三百度"):
    add_message(appeal, message=message, by=by or stage.holding(appeal), at=at(14))


def test_the_words_stand_in_the_file_and_the_worker_knows(stage):
    appeal = given.handled(stage)
    add(appeal, stage)
    assert record(appeal) == {"files": 0}
    assert written(given.fresh(appeal)) == step(
        "add_message: handling → handling",
        "appellant",
        words=(("message", "孩子近视三百度"),),
        told="message_added: 王芳",
    )


def test_it_ends_the_pause_that_waited_for_it(stage):
    appeal = given.handled(stage)
    ground = PauseReason.MORE_INFORMATION
    pause(appeal, ground=ground, question="近视吗？", reason="缺", by=stage.teacher, at=at(13, 30))
    add(given.fresh(appeal), stage)
    assert not given.fresh(appeal).paused
    assert (written(appeal).step, written(appeal).by) == ("resume: handling → handling", "timer")
    assert written(appeal, back=1).step == "add_message: handling → handling"


def test_a_clerk_writes_it_down_for_them(stage):
    appeal = given.handled(stage)
    add(appeal, stage, by=stage.clerk)
    assert written(appeal).by == "clerk school"


def test_after_closing_it_is_a_wish_for_the_desk(stage):
    appeal = given.closed(stage)
    add_message(appeal, message="又换回去了", by=stage.holding(appeal), at=at(17))
    assert given.fresh(appeal).state == State.CLOSED
    assert "reopen_wished: dispatcher school" in written(appeal).told


def test_nobody_else_adds_and_nobody_adds_nothing(stage):
    appeal, other = given.handled(stage), given.handled(stage)
    for by in (stage.teacher, stage.grade_head, stage.caller, stage.holding(other)):
        with refused(appeal, NotAllowed):
            add(appeal, stage, by=by)
    with refused(appeal, NotPossible, "请写几句"):
        add(appeal, stage, message="")


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        add(appeal, stage)
