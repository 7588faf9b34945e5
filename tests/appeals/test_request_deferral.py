"""The unit asks in writing to put off what cannot be solved now."""

from datetime import date

from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.request_deferral import request_deferral
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import RedLine, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def ask(appeal, *, by, plan="寒假换桌椅", reason="要等采购", when=None):
    request_deferral(appeal, plan=plan, review_on=date(2027, 1, 15), reason=reason, by=by, at=when or at(13))


def test_plan_reason_and_review_day_are_written_and_the_principal_is_asked(stage):
    appeal = given.handled(stage)
    ask(appeal, by=stage.teacher)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.deferral_pending) == (State.HANDLING, True)
    assert record(appeal) == {"review_on": "2027-01-15"}
    assert written(appeal) == step(
        "request_deferral: handling → handling",
        "class_teacher class",
        flags="deferral_pending",
        words=(("plan", "寒假换桌椅"), ("reason", "要等采购")),
        told="deferral_requested: principal school",
    )


def test_the_county_is_asked_where_the_school_itself_handles(stage):
    appeal = given.handled(stage, lead="school", by="principal")
    ask(appeal, by=stage.principal)
    assert written(given.fresh(appeal)).told == {"deferral_requested: county_supervisor county"}


def test_nobody_but_the_person_in_charge_asks(stage):
    appeal = given.handled(stage)
    for name in ("dispatcher", "grade_head", "principal"):
        with refused(appeal, NotAllowed):
            ask(appeal, by=getattr(stage, name))


def test_plan_and_reason_are_needed_and_the_date_has_not_passed(stage):
    appeal = given.handled(stage)
    for missing in ({"plan": ""}, {"reason": ""}):
        with refused(appeal, NotPossible, "挂账要写客观原因"):
            ask(appeal, by=stage.teacher, **missing)
    with refused(appeal, NotPossible, "已过期限"):
        ask(appeal, by=stage.teacher, when=at(17, 1, day=27))


def test_a_red_line_is_not_put_off(stage):
    appeal = given.handled(stage)
    mark_safety(appeal, signal=RedLine.BULLYING, by=stage.teacher, at=at(12, 30))
    with refused(given.fresh(appeal), NotPossible, "红线"):
        ask(given.fresh(appeal), by=stage.teacher)


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        ask(appeal, by=stage.teacher)
