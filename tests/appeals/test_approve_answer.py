"""Review passed: the answer goes out, to everyone whose appeal was joined to this one too."""

from huying.appeals.actions.approve_answer import approve_answer
from huying.appeals.actions.join import join
from huying.appeals.models import Clock, Parameter
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import AppealKind, ClockKind, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import TODAY, at


def approve(appeal, *, by, checked=True):
    approve_answer(appeal, checked=checked, by=by, at=at(15))


def test_the_parent_has_it_and_the_caller_is_asked(stage):
    Parameter.objects.create(name="callback_sample", value=100, valid_from=TODAY)
    appeal = given.answered(stage)
    approve(appeal, by=stage.grade_head)

    appeal = given.fresh(appeal)
    assert appeal.state == State.CALLBACK
    assert record(appeal) == {"callback_required": True, "checked": True}
    assert written(appeal) == step(
        "approve_answer: answered → callback",
        "grade_head grade",
        told="""answered: appellant
                to_call_back: caller school""",
    )
    outer = Clock.objects.get(appeal=appeal, kind=ClockKind.OUTER)
    assert (outer.stopped_at, Clock.objects.get(appeal=appeal, kind=ClockKind.CALLBACK).due_at) == (
        at(15),
        at(17, day=26),
    )


def test_the_draw_is_the_system_s_and_complaints_are_always_asked(stage):
    Parameter.objects.create(name="callback_sample", value=0, valid_from=TODAY)
    left_out = given.delivered(stage)
    complaint = given.delivered(stage, kind=AppealKind.COMPLAINT, body="饭菜太凉。")
    assert [record(one)["callback_required"] for one in (left_out, complaint)] == [False, True]


def test_each_joined_voice_has_its_own_answer(stage):
    main, voice = given.contacted(stage), given.registered(stage)
    join(voice, main=main, reason="同一件事", by=stage.dispatcher, at=at(13))
    answered = given.fresh(main)
    given.answer(answered, draft=given.FULL, by=stage.teacher, at=at(14))
    approve(given.fresh(main), by=stage.grade_head)

    assert given.fresh(voice).state == State.JOINED
    assert record(voice) == {"callback_required": True, "main": main.pk}
    assert written(voice) == step(
        "approve_answer: joined → joined",
        "timer",
        words=(("reply", "孩子已换到第三排，从下周起两周轮换一次。"),),
        told="answered: appellant",
    )


def test_neither_the_pen_nor_a_bystander_approves(stage):
    appeal = given.answered(stage)
    for name in ("teacher", "dispatcher", "office_head", "principal", "inspector", "county_supervisor"):
        with refused(appeal, NotAllowed):
            approve(appeal, by=getattr(stage, name))


def test_the_head_who_answered_is_reviewed_by_the_tier_above(stage):
    appeal = given.answered(stage, lead="grade", by="grade_head")
    with refused(appeal, NotAllowed):
        approve(appeal, by=stage.grade_head)
    approve(appeal, by=stage.principal)
    assert given.fresh(appeal).state == State.CALLBACK


def test_the_list_is_ticked_first(stage):
    appeal = given.answered(stage)
    with refused(appeal, NotPossible, "请逐项核对"):
        approve(appeal, by=stage.grade_head, checked=False)


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.answered(stage), stage)
    with refused(appeal, Stale):
        approve(appeal, by=stage.grade_head)
