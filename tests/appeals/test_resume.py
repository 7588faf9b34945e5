"""The clocks run again."""

import pytest

from huying.appeals.actions.pause import pause
from huying.appeals.actions.resume import resume
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind, PauseReason
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


@pytest.fixture
def paused(stage):
    appeal = given.handled(stage)
    pause(appeal, ground=PauseReason.OTHER_BODY, question="哪个座位？", reason="缺", by=stage.teacher, at=at(13, 30))
    return given.fresh(appeal)


def test_worker_and_parent_know_and_what_was_left_is_left(stage, paused):
    resume(paused, by=stage.teacher, at=at(13, 30, day=25))

    appeal = given.fresh(paused)
    assert (appeal.paused, appeal.unreviewed) == (False, True)
    assert written(appeal) == step(
        "resume: handling → handling",
        "class_teacher class",
        flags="unreviewed",
        told="""resumed: 王芳
                resumed: appellant""",
    )
    # One day of working time stood still: Friday 27th has become Monday 30th.
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.ANSWER).due_at == appeal.due_at == at(17, day=30)


def test_the_appellant_may_set_it_going(stage, paused):
    resume(paused, by=stage.holding(paused), at=at(14))
    assert written(paused).by == "appellant"


def test_nobody_else_resumes_and_only_what_is_paused(stage, paused):
    for name in ("dispatcher", "grade_head", "principal", "mother"):
        with refused(paused, NotAllowed):
            resume(paused, by=getattr(stage, name), at=at(14))
    running = given.handled(stage)
    with refused(running, NotPossible, "现在不能做这一步"):
        resume(running, by=stage.teacher, at=at(14))


def test_a_second_hand_comes_too_late(stage, paused):
    appeal = overtaken(paused, stage)
    with refused(appeal, Stale):
        resume(appeal, by=stage.teacher, at=at(18))
