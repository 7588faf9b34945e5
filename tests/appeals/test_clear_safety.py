"""It was no red line: decided above the handling unit, with a reason."""

import pytest

from huying.appeals.actions.clear_safety import clear_safety
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import RedLine
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


@pytest.fixture
def red(stage):
    appeal = given.handled(stage)
    mark_safety(appeal, signal=RedLine.BULLYING, by=stage.teacher, at=at(13))
    return given.fresh(appeal)


def test_it_is_on_the_ladder_again(stage, red):
    clear_safety(red, reason="是同学间玩笑，已核实", by=stage.principal, at=at(15))
    appeal = given.fresh(red)
    assert (appeal.safety, appeal.red_line) == (False, "")
    assert written(appeal) == step(
        "clear_safety: handling → handling",
        "principal school",
        words=(("reason", "是同学间玩笑，已核实"),),
        told="red_line_cleared: dispatcher school",
    )


def test_who_handles_or_dispatches_never_clears(stage, red):
    for name in ("teacher", "grade_head", "dispatcher", "inspector", "county_dispatcher"):
        with refused(red, NotAllowed):
            clear_safety(red, reason="没事", by=getattr(stage, name), at=at(15))


def test_what_the_school_itself_handles_is_cleared_by_the_county(stage):
    appeal = given.handled(stage, lead="school", by="principal")
    mark_safety(appeal, signal=RedLine.BULLYING, by=stage.clerk, at=at(13))
    with refused(given.fresh(appeal), NotAllowed):
        clear_safety(given.fresh(appeal), reason="没事", by=stage.principal, at=at(15))
    clear_safety(given.fresh(appeal), reason="已核实", by=stage.county_supervisor, at=at(15))


def test_a_reason_and_a_mark_are_needed(stage, red):
    with refused(red, NotPossible, "请写明理由"):
        clear_safety(red, reason="", by=stage.principal, at=at(15))
    plain = given.handled(stage)
    with refused(plain, NotPossible, "现在不能做这一步"):
        clear_safety(plain, reason="没事", by=stage.principal, at=at(15))


def test_a_second_hand_comes_too_late(stage, red):
    appeal = overtaken(red, stage)
    with refused(appeal, Stale):
        clear_safety(appeal, reason="已核实", by=stage.principal, at=at(18))
