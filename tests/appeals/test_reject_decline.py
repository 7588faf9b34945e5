"""The return is refused: the unit must handle it."""

import pytest

from huying.appeals.actions.decline import decline
from huying.appeals.actions.reject_decline import reject_decline
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import State
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


@pytest.fixture
def declined(stage):
    appeal = given.dispatched(stage)
    decline(appeal, clause="职责", suggested=stage.units["office"], reason="归总务", by=stage.teacher, at=at(12, 10))
    return given.fresh(appeal)


def test_the_unit_has_it_still_and_knows_why(stage, declined):
    reject_decline(declined, reason="座位由班主任安排", by=stage.dispatcher, at=at(12, 30))

    appeal = given.fresh(declined)
    assert (appeal.state, appeal.lead_unit.code, appeal.decline_pending) == (State.DISPATCHED, "class", False)
    assert written(appeal) == step(
        "reject_decline: dispatched → dispatched",
        "dispatcher school",
        words=(("reason", "座位由班主任安排"),),
        told="decline_rejected: class_teacher class",
    )


def test_nobody_but_the_desk_refuses_and_only_with_a_ground(stage, declined):
    for name in ("teacher", "grade_head", "principal", "inspector"):
        with refused(declined, NotAllowed):
            reject_decline(declined, reason="不同意", by=getattr(stage, name), at=at(12, 30))
    with refused(declined, NotPossible, "请写明理由"):
        reject_decline(declined, reason="", by=stage.dispatcher, at=at(12, 30))


def test_a_second_hand_comes_too_late(stage, declined):
    appeal = overtaken(declined, stage)
    with refused(appeal, Stale):
        reject_decline(appeal, reason="不同意", by=stage.dispatcher, at=at(18))
