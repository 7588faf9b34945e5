"""Not good enough: down to the unit that gave the answer, with one more round of work."""

from huying.appeals import facts
from huying.appeals.actions.answer import answer
from huying.appeals.actions.dispute import dispute
from huying.appeals.actions.send_back import send_back
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind, State
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


def back(appeal, *, by, reason="第二点没有答", when=None):
    send_back(appeal, reason=reason, by=by, at=when or at(15))


def test_the_reviewer_sends_it_back_point_by_point(stage):
    appeal = given.answered(stage)
    back(appeal, by=stage.grade_head)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.in_charge, appeal.lead_unit.code) == (
        State.HANDLING,
        stage.person("teacher"),
        "class",
    )
    assert written(appeal) == step(
        "send_back: answered → handling",
        "grade_head grade",
        words=(("reason", "第二点没有答"),),
        told="""sent_back: 王芳
                sent_back: appellant""",
    )
    rework = Clock.objects.get(appeal=appeal, kind=ClockKind.REWORK)
    assert (rework.started_at, rework.due_at) == (at(15), at(17, day=27))


def test_the_desk_sends_back_what_the_call_found_unsolved(stage):
    appeal = given.called_back(stage, call=given.BAD_CALL)
    back(appeal, by=stage.dispatcher, when=at(16, 30))
    assert written(appeal).step == "send_back: callback → handling"
    assert facts.of(given.fresh(appeal), at=at(17)).history.reworks == 1


def test_a_good_call_is_no_ground(stage):
    appeal = given.called_back(stage)
    with refused(appeal, NotPossible, "回访没有说"):
        back(appeal, by=stage.dispatcher, when=at(16, 30))


def test_a_dispute_after_closing_is_a_ground(stage):
    appeal = given.closed(stage)
    dispute(appeal, reason="没有换", by=stage.holding(appeal), at=at(9, day=25))
    back(given.fresh(appeal), by=stage.dispatcher, when=at(10, day=25))
    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.disputed) == (State.HANDLING, False)


def test_nobody_else_sends_back_and_only_with_reasons(stage):
    appeal = given.answered(stage)
    for name in ("teacher", "dispatcher", "principal", "caller"):
        with refused(appeal, NotAllowed):
            back(appeal, by=getattr(stage, name))
    with refused(appeal, NotPossible, "请逐条写明哪里不合格"):
        back(appeal, by=stage.grade_head, reason="")


def test_after_two_rounds_the_county_decides(stage):
    appeal = given.answered(stage)
    for hour in (9, 11):
        back(given.fresh(appeal), by=stage.grade_head, when=at(hour, day=25))
        answer(given.fresh(appeal), draft=given.FULL, by=stage.teacher, at=at(hour + 1, day=25))
    with refused(given.fresh(appeal), NotPossible, "已经退办两次"):
        back(given.fresh(appeal), by=stage.grade_head, when=at(14, day=25))
    back(given.fresh(appeal), by=stage.county_supervisor, when=at(14, day=25))
    assert written(appeal).by == "county_supervisor county"


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.answered(stage), stage)
    with refused(appeal, Stale):
        back(appeal, by=stage.grade_head)
