"""The wish to withdraw is taken back."""

import pytest

from huying.appeals.actions.undo_withdraw import undo_withdraw
from huying.appeals.actions.withdraw import take_effect, withdraw
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import State
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


@pytest.fixture
def pending(stage):
    appeal = given.handled(stage)
    withdraw(appeal, reason="算了", by=stage.holding(appeal), at=at(14))
    return given.fresh(appeal)


def test_nothing_was_lost(stage, pending):
    undo_withdraw(pending, by=stage.holding(pending), at=at(9, day=26))
    appeal = given.fresh(pending)
    assert (appeal.state, appeal.withdraw_pending, appeal.in_charge) == (
        State.HANDLING,
        False,
        stage.person("teacher"),
    )
    assert written(appeal) == step(
        "undo_withdraw: handling → handling", "appellant", told="withdraw_undone: dispatcher school"
    )


def test_nobody_else_undoes_it(stage, pending):
    for by in (stage.teacher, stage.dispatcher, stage.caller, stage.mother):
        with refused(pending, (NotAllowed, NotPossible)):
            undo_withdraw(pending, by=by, at=at(15))


def test_once_in_force_it_stays(stage, pending):
    take_effect(pending, at=at(14, 1, day=27))
    with refused(given.fresh(pending), NotPossible, "现在不能做这一步"):
        undo_withdraw(given.fresh(pending), by=stage.holding(pending), at=at(15, day=27))


def test_a_second_hand_comes_too_late(stage, pending):
    appeal = overtaken(pending, stage)
    with refused(appeal, Stale):
        undo_withdraw(appeal, by=stage.holding(appeal), at=at(18))
