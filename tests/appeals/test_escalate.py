"""A higher tier watches; each once."""

from huying.appeals.actions.escalate import escalate
from huying.appeals.actions.rate import rate
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.actors import TIMER
from huying.rules.enums import Satisfaction
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def raise_it(appeal, stage, *, by, to="school", cause="by_hand"):
    escalate(appeal, to=stage.units[to], cause=cause, by=by, at=at(16))


def test_the_tier_the_unit_and_the_parent_know(stage):
    appeal = given.handled(stage)
    due = appeal.due_at
    raise_it(appeal, stage, by=stage.dispatcher)

    appeal = given.fresh(appeal)
    assert (appeal.escalated, appeal.due_at) == (True, due)
    assert record(appeal) == {"watching": stage.units["school"].pk, "cause": "by_hand"}
    assert written(appeal) == step(
        "escalate: handling → handling",
        "dispatcher school",
        flags="escalated",
        told="""escalated: principal school
                escalated: class_teacher class
                escalated: appellant""",
    )


def test_each_tier_once_and_the_next_one_still(stage):
    appeal = given.handled(stage)
    raise_it(appeal, stage, by=stage.dispatcher)
    with refused(given.fresh(appeal), NotPossible, "已经提到这一级"):
        raise_it(given.fresh(appeal), stage, by=TIMER)
    raise_it(given.fresh(appeal), stage, by=TIMER, to="county")
    assert "escalated: county_supervisor county" in written(appeal).told


def test_a_parent_may_after_a_bad_rating_and_not_before(stage):
    appeal = given.delivered(stage)
    mother = stage.holding(appeal)
    with refused(appeal, NotAllowed):
        raise_it(appeal, stage, by=mother)
    rate(appeal, satisfaction=Satisfaction.DISSATISFIED, reason="没换", by=mother, at=at(15, 30))
    raise_it(given.fresh(appeal), stage, by=mother)
    assert written(appeal).by == "appellant"


def test_nobody_else_escalates(stage):
    appeal = given.handled(stage)
    for name in ("teacher", "grade_head", "principal", "caller", "clerk"):
        with refused(appeal, NotAllowed):
            raise_it(appeal, stage, by=getattr(stage, name))


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        raise_it(appeal, stage, by=stage.dispatcher)
