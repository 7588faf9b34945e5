"""Putting it off is refused; the work goes on to the old date."""

from datetime import date

import pytest

from huying.appeals.actions.reject_deferral import reject_deferral
from huying.appeals.actions.request_deferral import request_deferral
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import State
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


@pytest.fixture
def asked(stage):
    appeal = given.handled(stage)
    request_deferral(appeal, plan="换", review_on=date(2027, 1, 15), reason="等", by=stage.teacher, at=at(13))
    return given.fresh(appeal)


def test_the_old_date_stands_and_who_asked_knows_why(stage, asked):
    reject_deferral(asked, reason="现有桌椅可以调", by=stage.principal, at=at(14))

    appeal = given.fresh(asked)
    assert (appeal.state, appeal.deferral_pending, appeal.due_at) == (State.HANDLING, False, at(17, day=27))
    assert written(appeal) == step(
        "reject_deferral: handling → handling",
        "principal school",
        words=(("reason", "现有桌椅可以调"),),
        told="deferral_rejected: 王芳",
    )


def test_nobody_else_refuses_it_and_only_with_a_reason(stage, asked):
    for name in ("teacher", "grade_head", "dispatcher", "inspector"):
        with refused(asked, NotAllowed):
            reject_deferral(asked, reason="不", by=getattr(stage, name), at=at(14))
    with refused(asked, NotPossible, "请写明理由"):
        reject_deferral(asked, reason="", by=stage.principal, at=at(14))


def test_a_second_hand_comes_too_late(stage, asked):
    appeal = overtaken(asked, stage)
    with refused(appeal, Stale):
        reject_deferral(appeal, reason="不", by=stage.principal, at=at(18))
