"""Inner clocks stand still while the appellant is asked, up to the cap, until a second person looked."""

from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.pause import pause
from huying.appeals.actions.resume import resume
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind, PauseReason, RedLine, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def stop(appeal, *, by, question="孩子坐哪一排？", reason="缺座位情况", when=None):
    pause(
        appeal,
        ground=PauseReason.MORE_INFORMATION,
        question=question,
        reason=reason,
        by=by,
        at=when or at(13, 30),
    )


def test_the_question_is_put_and_the_act_waits_for_a_second_person(stage):
    appeal = given.handled(stage)
    stop(appeal, by=stage.teacher)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.paused, appeal.unreviewed) == (State.HANDLING, True, True)
    assert record(appeal) == {"ground": "more_information"}
    assert written(appeal) == step(
        "pause: handling → handling",
        "class_teacher class",
        flags="paused unreviewed",
        words=(("question", "孩子坐哪一排？"), ("reason", "缺座位情况")),
        told="""paused: appellant
                unreviewed: dispatcher school""",
    )


def test_the_cap_runs_five_working_days_of_working_time(stage):
    appeal = given.handled(stage)
    stop(appeal, by=stage.teacher)
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.PAUSE_CAP).due_at == at(12, day=1, month=12)


def test_a_used_up_cap_allows_no_second_pause(stage):
    appeal = given.handled(stage)
    stop(appeal, by=stage.teacher)
    resume(given.fresh(appeal), by=stage.teacher, at=at(13, day=1, month=12))
    with refused(given.fresh(appeal), NotPossible, "暂停的天数已用完"):
        stop(given.fresh(appeal), by=stage.teacher, when=at(14, day=1, month=12))


def test_before_dispatch_the_desk_pauses(stage):
    appeal = given.registered(stage)
    with refused(appeal, NotAllowed):
        stop(appeal, by=stage.teacher)
    stop(appeal, by=stage.dispatcher)
    assert written(appeal).step == "pause: received → received"


def test_nobody_else_pauses_and_question_and_reason_are_needed(stage):
    appeal = given.handled(stage)
    for name in ("dispatcher", "grade_head", "principal", "clerk"):
        with refused(appeal, NotAllowed):
            stop(appeal, by=getattr(stage, name))
    with refused(appeal, NotPossible, "请写明理由；暂停要写明请家长补充什么"):
        stop(appeal, by=stage.teacher, question="", reason="")


def test_a_red_line_is_never_paused_and_a_pause_never_doubled(stage):
    red, paused = given.handled(stage), given.handled(stage)
    mark_safety(red, signal=RedLine.BULLYING, by=stage.teacher, at=at(13))
    with refused(given.fresh(red), NotPossible, "红线"):
        stop(given.fresh(red), by=stage.teacher)
    stop(paused, by=stage.teacher)
    with refused(given.fresh(paused), NotPossible, "现在不能做这一步"):
        stop(given.fresh(paused), by=stage.teacher)


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        stop(appeal, by=stage.teacher)
