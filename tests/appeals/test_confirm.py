"""A second person found the act right."""

import pytest

from huying.appeals.actions.confirm import confirm
from huying.appeals.actions.refuse import refuse
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import RefusalGround, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


@pytest.fixture
def turned_away(stage):
    appeal = given.registered(stage)
    refuse(appeal, ground=RefusalGround.OTHER, route="法院", reason="已起诉", by=stage.dispatcher, at=at(10, 30))
    return given.fresh(appeal)


def check(appeal, *, by, reviews=2, reason=""):
    confirm(appeal, reviews=reviews, reason=reason, by=by, at=at(11))


def test_the_state_stays_and_nothing_waits_any_more(stage, turned_away):
    check(turned_away, by=stage.principal, reason="属实")
    appeal = given.fresh(turned_away)
    assert (appeal.state, appeal.unreviewed, record(appeal)) == (State.REFUSED, False, {"reviews": 2})
    assert written(appeal) == step(
        "confirm: refused → refused",
        "principal school",
        words=(("reason", "属实"),),
        told="confirmed: dispatcher school",
    )


def test_the_acting_hand_never_reviews_itself(stage, turned_away):
    for name in ("dispatcher", "clerk", "teacher", "caller", "mother"):
        with refused(turned_away, (NotAllowed, NotPossible)):
            check(turned_away, by=getattr(stage, name))
    check(turned_away, by=stage.county_supervisor)
    assert not given.fresh(turned_away).unreviewed


def test_only_an_act_that_waits_is_reviewed_and_once(stage, turned_away):
    with refused(turned_away, NotPossible, "另一个人复核"):
        check(turned_away, by=stage.principal, reviews=1)
    check(turned_away, by=stage.principal)
    with refused(given.fresh(turned_away), NotPossible, "现在不能做这一步"):
        check(given.fresh(turned_away), by=stage.principal)


def test_a_second_hand_comes_too_late(stage, turned_away):
    appeal = overtaken(turned_away, stage)
    with refused(appeal, Stale):
        check(appeal, by=stage.principal)
