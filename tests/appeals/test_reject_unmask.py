"""Somebody above, apart from the case, does not agree that an identity is seen, and says why."""

import pytest

from huying.appeals import facts
from huying.appeals.actions.reject_unmask import reject_unmask
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.appeals.sealed import ask, in_hand
from tests.cast import at

WHY = "先在查进度页上问"


@pytest.fixture
def asked(stage):
    return ask(in_hand(stage), by=stage.teacher)


def test_who_asked_is_told_and_sees_nothing(stage, asked):
    reject_unmask(asked, reason=WHY, by=stage.principal, at=at(14))
    appeal = given.fresh(asked)
    assert record(appeal) == {"for": stage.teacher.person}
    assert written(appeal) == step(
        "reject_unmask: handling → handling",
        "principal school",
        words=(("reason", WHY),),
        told="unmask_rejected: 王芳",
    )
    case = facts.of(appeal, at=at(14))
    assert (case.history.unmask_ask, case.unmask_grant(stage.teacher.person)) == (None, None)


def test_asked_again_it_is_decided_again(stage, asked):
    reject_unmask(asked, reason=WHY, by=stage.principal, at=at(14))
    again = ask(asked, by=stage.teacher, moment=at(15))
    reject_unmask(again, reason=WHY, by=stage.county_supervisor, at=at(15))


def test_the_principal_or_the_county_refuses_and_nobody_else(stage, asked):
    for name in ("teacher", "grade_head", "dispatcher", "clerk", "inspector", "auditor", "other_principal"):
        with refused(asked, NotAllowed):
            reject_unmask(asked, reason=WHY, by=getattr(stage, name), at=at(14))


def test_a_refusal_says_why_and_needs_a_request(stage, asked):
    with refused(asked, NotPossible, "理由"):
        reject_unmask(asked, reason="", by=stage.principal, at=at(14))
    idle = in_hand(stage)
    with refused(idle, NotAllowed):
        reject_unmask(idle, reason=WHY, by=stage.principal, at=at(14))


def test_a_second_hand_comes_too_late(stage, asked):
    appeal = overtaken(asked, stage)
    with refused(appeal, Stale):
        reject_unmask(appeal, reason=WHY, by=stage.principal, at=at(17))
