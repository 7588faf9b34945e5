"""Somebody above, apart from the case, agrees that an identity may be seen; the permission ends by itself."""

from datetime import timedelta

import pytest

from huying.appeals import facts
from huying.appeals.actions.approve_unmask import approve_unmask
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ContactField
from tests import given
from tests.appeals.ledger import overtaken, record, refused
from tests.appeals.sealed import ask, granted, in_hand
from tests.cast import at


@pytest.fixture
def asked(stage):
    return ask(in_hand(stage), by=stage.teacher)


def test_who_asked_may_look_until_the_hours_are_over(stage, asked):
    approve_unmask(asked, by=stage.principal, at=at(14))
    appeal = given.fresh(asked)
    assert record(appeal) == {"for": stage.teacher.person, "hours": 2}
    last, over = at(16) - timedelta(seconds=1), at(16)
    assert facts.of(appeal, at=last).unmask_grant(stage.teacher.person).fields == {ContactField.PHONE}
    assert facts.of(appeal, at=over).unmask_grant(stage.teacher.person) is None
    assert facts.of(appeal, at=last).unmask_grant(stage.grade_head.person) is None


def test_the_principal_or_the_county_agrees_and_nobody_else(stage, asked):
    for name in ("teacher", "grade_head", "dispatcher", "clerk", "inspector", "auditor", "other_principal"):
        with refused(asked, NotAllowed):
            approve_unmask(asked, by=getattr(stage, name), at=at(14))
    approve_unmask(asked, by=stage.county_supervisor, at=at(14))


def test_a_principal_who_handles_asks_the_county(stage):
    appeal = ask(in_hand(stage, lead="school", by="principal"), by=stage.principal)
    with refused(appeal, NotAllowed):
        approve_unmask(appeal, by=stage.principal, at=at(14))
    approve_unmask(appeal, by=stage.county_supervisor, at=at(14))


def test_without_a_request_there_is_nothing_to_agree_to(stage):
    appeal = in_hand(stage)
    with refused(appeal, (NotAllowed, NotPossible)):
        approve_unmask(appeal, by=stage.principal, at=at(14))


def test_one_request_is_agreed_to_once(stage):
    appeal = granted(stage)
    with refused(appeal, NotAllowed):
        approve_unmask(appeal, by=stage.principal, at=at(15))


def test_a_second_hand_comes_too_late(stage, asked):
    appeal = overtaken(asked, stage)
    with refused(appeal, Stale):
        approve_unmask(appeal, by=stage.principal, at=at(17))
