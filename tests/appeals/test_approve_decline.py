"""The return is granted: back to the desk, one return more."""

import pytest

from huying.appeals.actions.approve_decline import approve_decline
from huying.appeals.actions.decline import decline
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


@pytest.fixture
def declined(stage):
    appeal = given.handled(stage)
    decline(appeal, clause="职责", suggested=stage.units["office"], reason="归总务", by=stage.teacher, at=at(12, 10))
    return given.fresh(appeal)


def test_it_is_at_the_desk_again_without_a_unit(stage, declined):
    approve_decline(declined, reason="确归总务处", by=stage.dispatcher, at=at(12, 30))

    appeal = given.fresh(declined)
    assert (appeal.state, appeal.lead_unit, appeal.in_charge, appeal.decline_pending) == (
        State.RECEIVED,
        None,
        None,
        False,
    )
    assert record(appeal) == {"lead_unit": None, "in_charge": None}
    assert written(appeal) == step(
        "approve_decline: handling → received",
        "dispatcher school",
        words=(("reason", "确归总务处"),),
        told="""decline_approved: class_teacher class
                owner_being_settled: appellant""",
    )


def test_neither_the_decliner_nor_anyone_outside_the_desk_grants_it(stage, declined):
    for name in ("teacher", "grade_head", "principal", "clerk", "other_dispatcher", "county_supervisor"):
        with refused(declined, NotAllowed):
            approve_decline(declined, reason="同意", by=getattr(stage, name), at=at(12, 30))


def test_a_ground_and_a_pending_wish_are_needed(stage, declined):
    with refused(declined, NotPossible, "请写明理由"):
        approve_decline(declined, reason="", by=stage.dispatcher, at=at(12, 30))
    other = given.handled(stage)
    with refused(other, NotPossible, "现在不能做这一步"):
        approve_decline(other, reason="同意", by=stage.dispatcher, at=at(12, 30))


def test_a_second_hand_comes_too_late(stage, declined):
    appeal = overtaken(declined, stage)
    with refused(appeal, Stale):
        approve_decline(appeal, reason="同意", by=stage.dispatcher, at=at(18))
