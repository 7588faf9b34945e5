"""What was public is gone from the web with one click, and the ledger keeps that it was there."""

import pytest

from huying.appeals.actions.publish import publish
from huying.appeals.actions.take_down import take_down
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


@pytest.fixture
def public(stage):
    appeal = given.closed(stage)
    publish(appeal, publication="k7m2", drafter=stage.person("dispatcher"), by=stage.inspector, at=at(9, day=26))
    return given.fresh(appeal)


def remove(appeal, *, by, reason="里面看得出是谁"):
    take_down(appeal, publication="k7m2", reason=reason, by=by, at=at(9, day=27))


def test_it_is_public_no_more_and_says_why(stage, public):
    remove(public, by=stage.principal)
    assert record(given.fresh(public)) == {"publication": "k7m2"}
    assert written(given.fresh(public)) == step(
        "take_down: closed → closed",
        "principal school",
        words=(("reason", "里面看得出是谁"),),
        told="""taken_down: appellant
        taken_down: class_teacher class""",
    )
    drafter = stage.person("dispatcher")
    publish(given.fresh(public), publication="n3", drafter=drafter, by=stage.principal, at=at(10, day=27))


def test_it_takes_a_reason_and_something_that_is_public(stage, public):
    with refused(public, NotPossible, "请写明理由"):
        remove(public, by=stage.principal, reason="")
    never = given.closed(stage)
    with refused(never, NotPossible, "没有公开"):
        remove(never, by=stage.principal)


def test_only_who_could_publish_takes_down(stage, public):
    for name in ("teacher", "clerk", "caller", "other_principal", "mother"):
        with refused(public, NotAllowed):
            remove(public, by=getattr(stage, name))


def test_a_second_hand_comes_too_late(stage, public):
    appeal = overtaken(public, stage)
    with refused(appeal, Stale):
        remove(appeal, by=stage.principal)
