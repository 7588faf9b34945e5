"""Stories from the door to the closed file."""

import pytest

from huying.appeals import queries
from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.answer import answer
from huying.appeals.actions.approve_answer import approve_answer
from huying.appeals.actions.call_back import call_back
from huying.appeals.actions.close import close
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.send_back import send_back
from huying.appeals.steps import NotAllowed, NotPossible
from huying.rules.enums import State
from tests import given
from tests.cast import at


def test_a_seat_is_changed_and_the_mother_says_so(stage):
    appeal = given.closed(stage)
    assert (appeal.state, appeal.number, appeal.closed_at) == (State.CLOSED, "2026-0001", at(16, 30))


def test_a_complaint_that_comes_back_once(stage):
    appeal = given.called_back(stage, call=given.BAD_CALL)
    with pytest.raises(NotPossible, match="不再重办的理由"):
        close(appeal, closing=given.CLOSING, by=stage.dispatcher, at=at(16, 30))

    send_back(appeal, reason="座位没有换，请再办", by=stage.dispatcher, at=at(16, 40))
    appeal = given.fresh(appeal)
    answer(appeal, draft=given.FULL, by=stage.teacher, at=at(9, day=25))
    approve_answer(given.fresh(appeal), checked=True, by=stage.grade_head, at=at(10, day=25))
    call_back(given.fresh(appeal), call=given.GOOD_CALL, by=stage.caller, at=at(11, day=25))
    close(given.fresh(appeal), closing=given.CLOSING, by=stage.dispatcher, at=at(12, day=25))

    assert given.fresh(appeal).state == State.CLOSED


def test_a_complaint_about_the_class_teacher_is_judged_by_someone_else(stage):
    appeal = given.complaint_about(stage, "teacher")

    with pytest.raises(NotPossible, match="要回避"):
        dispatch(appeal, lead=stage.units["class"], by=stage.dispatcher, at=at(11))
    with pytest.raises(NotPossible, match="要回避"):
        dispatch(appeal, lead=stage.units["grade"], by=stage.dispatcher, at=at(11))
    dispatch(appeal, lead=stage.units["office"], by=stage.dispatcher, at=at(11))

    assert not queries.visible_to(stage.teacher).filter(pk=appeal.pk).exists()
    acknowledge(given.fresh(appeal), by=stage.office_head, at=at(12))
    with pytest.raises(NotAllowed):
        approve_answer(given.fresh(appeal), checked=True, by=stage.grade_head, at=at(13))


def test_a_complaint_about_the_principal_leaves_the_school(stage):
    appeal = given.registered(stage, subjects=["赵校长"])

    assert (appeal.organisation.code, appeal.desk.code) == ("county", "county")
    for name in ("principal", "dispatcher", "clerk", "teacher", "inspector", "caller"):
        assert not queries.visible_to(getattr(stage, name)).filter(pk=appeal.pk).exists(), name
    assert queries.visible_to(stage.county_dispatcher).filter(pk=appeal.pk).exists()
