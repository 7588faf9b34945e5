"""Taken up again: what was left of the time runs on."""

from datetime import date

import pytest

from huying.appeals.actions.defer import defer
from huying.appeals.actions.request_deferral import request_deferral
from huying.appeals.actions.undefer import undefer
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import State
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


@pytest.fixture
def deferred(stage):
    """Put off on Tuesday the 24th at 14:00, three and a half days before its date."""
    appeal = given.handled(stage)
    said = {"plan": "换", "review_on": date(2027, 1, 15), "reason": "等"}
    request_deferral(appeal, **said, by=stage.teacher, at=at(13))
    defer(given.fresh(appeal), **said, by=stage.principal, at=at(14))
    return given.fresh(appeal)


def test_work_goes_on_and_both_sides_know(stage, deferred):
    undefer(deferred, reason="桌椅到了", by=stage.principal, at=at(14, day=1, month=12))

    appeal = given.fresh(deferred)
    # Five working days stood still: Friday 27th of November becomes Friday 4th of December.
    assert (appeal.state, appeal.due_at) == (State.HANDLING, at(17, day=4, month=12))
    assert written(appeal) == step(
        "undefer: deferred → handling",
        "principal school",
        words=(("reason", "桌椅到了"),),
        told="""undeferred: 王芳
                undeferred: appellant""",
    )


def test_desk_and_principal_take_it_up_and_nobody_else(stage, deferred):
    for name in ("teacher", "grade_head", "inspector", "county_supervisor"):
        with refused(deferred, NotAllowed):
            undefer(deferred, by=getattr(stage, name), at=at(15))
    undefer(deferred, by=stage.dispatcher, at=at(15))
    assert given.fresh(deferred).state == State.HANDLING


def test_only_what_was_put_off_is_taken_up(stage):
    appeal = given.handled(stage)
    with refused(appeal, NotPossible, "现在不能做这一步"):
        undefer(appeal, by=stage.principal, at=at(15))


def test_a_second_hand_comes_too_late(stage, deferred):
    appeal = overtaken(deferred, stage)
    with refused(appeal, Stale):
        undefer(appeal, by=stage.principal, at=at(18))
