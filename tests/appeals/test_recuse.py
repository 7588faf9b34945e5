"""Somebody steps back; somebody else must be found."""

from huying.appeals.actions.recuse import recuse
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import RecusalReason
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def step_back(appeal, *, by, reason="孩子是我外甥"):
    recuse(appeal, ground=RecusalReason.RELATIVE, reason=reason, by=by, at=at(13))


def test_who_had_it_in_hand_has_it_no_more_and_the_desk_knows(stage):
    appeal = given.handled(stage)
    due = appeal.due_at
    step_back(appeal, by=stage.teacher)

    appeal = given.fresh(appeal)
    assert (appeal.in_charge, appeal.due_at) == (None, due)
    assert record(appeal) == {"ground": "relative", "in_charge": None}
    assert written(appeal) == step(
        "recuse: handling → handling",
        "class_teacher class",
        words=(("reason", "孩子是我外甥"),),
        told="recused: dispatcher school",
    )


def test_who_reviews_may_step_back_too_and_takes_nothing_from_others(stage):
    appeal = given.handled(stage)
    step_back(appeal, by=stage.grade_head)
    assert (given.fresh(appeal).in_charge, record(appeal)) == (stage.person("teacher"), {"ground": "relative"})


def test_who_does_not_hold_it_has_nothing_to_step_back_from(stage):
    appeal = given.handled(stage)
    for name in ("clerk", "principal", "inspector", "caller", "mother"):
        with refused(appeal, (NotAllowed, NotPossible)):
            step_back(appeal, by=getattr(stage, name))
    with refused(appeal, NotPossible, "请写明理由"):
        step_back(appeal, by=stage.teacher, reason="")


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        step_back(appeal, by=stage.teacher)
