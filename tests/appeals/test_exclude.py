"""Left out of appraisal by two levels, never out of volume; whoever filed is told and reads why."""

import pytest

from huying.appeals.actions.close import Closing, close
from huying.appeals.actions.exclude import exclude
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ExclusionGround
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def leave_out(appeal, *, by, first, ground=ExclusionGround.UNFOUNDED, reason="查过两次，说的不是本校的事"):
    exclude(appeal, ground=ground, first=first, reason=reason, by=by, at=at(9, day=26))


def test_it_does_not_count_any_more_and_both_levels_are_named(stage):
    appeal = given.closed(stage)
    leave_out(appeal, by=stage.county_supervisor, first=stage.person("principal"))
    appeal = given.fresh(appeal)
    assert (appeal.counted, appeal.state) == (False, "closed")
    first, second = stage.person("principal").pk, stage.person("county_supervisor").pk
    assert record(appeal) == {"ground": "unfounded", "first": first, "second": second, "counted": False}
    assert written(appeal) == step(
        "exclude: closed → closed",
        "county_supervisor county",
        words=(("reason", "查过两次，说的不是本校的事"),),
        told="""excluded: appellant
        excluded: class_teacher class""",
    )


def test_only_the_county_takes_the_second_decision(stage):
    appeal = given.closed(stage)
    for name in ("principal", "inspector", "dispatcher", "teacher", "mother", "county_caller"):
        with refused(appeal, NotAllowed):
            leave_out(appeal, by=getattr(stage, name), first=stage.person("inspector"))


@pytest.mark.parametrize("first", [None, "county_supervisor"])
def test_one_person_alone_is_no_two_levels(stage, first):
    appeal = given.closed(stage)
    with refused(appeal, NotPossible, "学校和县中心两个人"):
        leave_out(appeal, by=stage.county_supervisor, first=stage.person(first) if first else None)


def test_it_needs_a_ground_of_the_list_a_reason_and_an_answer_that_is_out(stage):
    appeal, first = given.closed(stage), stage.person("principal")
    with refused(appeal, NotPossible, "请选剔除的理由"):
        leave_out(appeal, by=stage.county_supervisor, first=first, ground="malicious")
    with refused(appeal, NotPossible, "请写明理由"):
        leave_out(appeal, by=stage.county_supervisor, first=first, reason="")
    early = given.handled(stage)
    with refused(early, NotPossible, "现在不能做这一步"):
        leave_out(early, by=stage.county_supervisor, first=first)


def test_it_is_left_out_once(stage):
    appeal = given.closed(stage)
    leave_out(appeal, by=stage.county_supervisor, first=stage.person("principal"))
    with refused(given.fresh(appeal), NotPossible, "已经剔除"):
        leave_out(given.fresh(appeal), by=stage.second_supervisor, first=stage.person("principal"))


def test_a_closing_changes_nothing_about_it(stage):
    appeal = given.called_back(stage)
    leave_out(appeal, by=stage.county_supervisor, first=stage.person("principal"))
    fields = {name: getattr(given.CLOSING, name) for name in Closing.__dataclass_fields__}
    appeal = given.fresh(appeal)
    with refused(appeal, NotPossible, "要剔除的另走申请"):
        close(appeal, closing=given.CLOSING, by=stage.dispatcher, at=at(10, day=26))
    close(appeal, closing=Closing(**{**fields, "counted": False}), by=stage.dispatcher, at=at(10, day=26))
    assert not given.fresh(appeal).counted
    other = given.called_back(stage)
    with refused(other, NotPossible, "要剔除的另走申请"):
        close(other, closing=Closing(**{**fields, "counted": False}), by=stage.dispatcher, at=at(10, day=26))


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.closed(stage), stage)
    with refused(appeal, Stale):
        leave_out(appeal, by=stage.county_supervisor, first=stage.person("principal"))
