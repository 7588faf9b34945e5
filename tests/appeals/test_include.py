"""An exclusion that was wrong is taken back, and the appeal counts again."""

import pytest

from huying.appeals.actions.exclude import exclude
from huying.appeals.actions.include import include
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ExclusionGround
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


@pytest.fixture
def left_out(stage):
    appeal = given.closed(stage)
    said = {"ground": ExclusionGround.UNFOUNDED, "first": stage.person("principal"), "reason": "查过，不属实"}
    exclude(appeal, **said, by=stage.county_supervisor, at=at(9, day=26))
    return given.fresh(appeal)


def take_back(appeal, *, by, reason="家长补了照片，属实"):
    include(appeal, reason=reason, by=by, at=at(9, day=27))


def test_it_counts_again_and_says_why(stage, left_out):
    take_back(left_out, by=stage.county_supervisor)
    appeal = given.fresh(left_out)
    assert (appeal.counted, record(appeal)) == (True, {"counted": True})
    assert written(appeal) == step(
        "include: closed → closed",
        "county_supervisor county",
        words=(("reason", "家长补了照片，属实"),),
        told="""included: appellant
        included: class_teacher class""",
    )


def test_only_the_county_may_and_only_what_was_left_out(stage, left_out):
    for name in ("principal", "dispatcher", "teacher", "mother"):
        with refused(left_out, NotAllowed):
            take_back(left_out, by=getattr(stage, name))
    with refused(left_out, NotPossible, "请写明理由"):
        take_back(left_out, by=stage.county_supervisor, reason="")
    counted = given.closed(stage)
    with refused(counted, NotPossible, "没有剔除"):
        take_back(counted, by=stage.county_supervisor)


def test_a_second_hand_comes_too_late(stage, left_out):
    appeal = overtaken(left_out, stage)
    with refused(appeal, Stale):
        take_back(appeal, by=stage.county_supervisor)
