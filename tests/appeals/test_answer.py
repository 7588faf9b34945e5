"""The unit writes its answer; it goes nowhere before somebody else has read it."""

from dataclasses import replace

from huying.appeals import facts
from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.answer import Draft, answer
from huying.appeals.actions.contact import contact
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.models import Text
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import AppealKind, ContactWay, Resolved, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def write(appeal, *, by, draft=given.FULL, when=None):
    answer(appeal, draft=draft, by=by, at=when or at(14))


def test_reply_and_inner_note_stand_apart_and_the_reviewer_is_asked(stage):
    appeal = given.contacted(stage)
    write(appeal, by=stage.teacher)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.finding, appeal.resolved_by_unit) == (State.ANSWERED, "SUBSTANTIATED", "YES")
    assert record(appeal) == {
        "items": [],
        "policy": "无",
        "files": 0,
        "finding": "SUBSTANTIATED",
        "resolved_by_unit": "YES",
    }
    assert written(appeal) == step(
        "answer: handling → answered",
        "class_teacher class",
        words=(
            ("reply", "孩子已换到第三排，从下周起两周轮换一次。"),
            ("note", "与家长通过电话，已调座位。"),
            ("note", "没有书面材料"),
        ),
        told="""answered: dispatcher school
                to_review: grade_head grade""",
    )


def test_each_request_item_has_its_own_reply(stage):
    appeal = given.contacted(stage, items=["换座位", "说明原因"])
    first, second = (item.pk for item in appeal.items.all())
    with refused(appeal, NotPossible, "每个诉求点都要答复"):
        write(appeal, by=stage.teacher, draft=replace(given.FULL, items={first: "已换"}))
    write(appeal, by=stage.teacher, draft=replace(given.FULL, items={first: "已换", second: "按身高排"}))
    replies = Text.objects.filter(appeal=appeal, kind="item_reply").values_list("refers_to", "body")
    assert list(replies) == [(first, "已换"), (second, "按身高排")]
    assert record(appeal)["items"] == [first, second]


def test_a_complaint_needs_the_whole_proof(stage):
    appeal = given.complaint_about(stage, "teacher")
    dispatch(appeal, lead=stage.units["office"], by=stage.dispatcher, at=at(11))
    acknowledge(given.fresh(appeal), by=stage.office_head, at=at(12))
    bare = Draft(reply="已批评教育。")
    with refused(given.fresh(appeal), NotPossible, "还没有联系家长.*请选查明的情况.*请先听取当事人的陈述"):
        write(given.fresh(appeal), by=stage.office_head, draft=bare)
    contact(given.fresh(appeal), way=ContactWay.PHONE, reached=True, by=stage.office_head, at=at(12, 40))
    with refused(given.fresh(appeal), NotPossible, "请先听取当事人的陈述"):
        write(given.fresh(appeal), by=stage.office_head)
    given.statement(stage, given.fresh(appeal), by=stage.office_head)
    write(given.fresh(appeal), by=stage.office_head)
    assert written(appeal).told == {"answered: dispatcher school", "to_review: principal school"}


def test_a_question_needs_only_its_reply(stage):
    appeal = given.handled(stage, kind=AppealKind.INQUIRY, body="几点开门？", items=["几点"])
    with refused(appeal, NotPossible, "请写答复"):
        write(appeal, by=stage.teacher, draft=Draft(reply=""))
    write(appeal, by=stage.teacher, draft=Draft(reply="七点半。"))
    assert given.fresh(appeal).state == State.ANSWERED


def test_what_is_not_solved_says_why(stage):
    appeal = given.contacted(stage)
    unsolved = replace(given.FULL, resolved=Resolved.NO)
    with refused(appeal, NotPossible, "没有解决要写原因"):
        write(appeal, by=stage.teacher, draft=unsolved)
    write(appeal, by=stage.teacher, draft=replace(unsolved, unresolved_reason="教室只有这些桌子"))
    assert ("note", "教室只有这些桌子") in written(appeal).words


def test_somebody_has_to_have_talked_to_the_parent(stage):
    appeal = given.handled(stage)
    with refused(appeal, NotPossible, "还没有联系家长"):
        write(appeal, by=stage.teacher)


def test_nobody_but_the_person_in_charge_answers(stage):
    appeal = given.contacted(stage)
    for name in ("dispatcher", "clerk", "grade_head", "principal", "caller", "county_supervisor", "other_teacher"):
        with refused(appeal, NotAllowed):
            write(appeal, by=getattr(stage, name))


def test_the_pen_is_remembered(stage):
    past = facts.of(given.answered(stage), at=at(15)).history
    assert (past.answered_by, past.answered_at) == (stage.person("teacher").pk, at(14))


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.contacted(stage), stage)
    with refused(appeal, Stale):
        write(appeal, by=stage.teacher)
