"""The demand is over, with its result."""

import pytest

from huying.appeals.actions.lift_supervision import lift_supervision
from huying.appeals.actions.supervise import supervise
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


@pytest.fixture
def watched(stage):
    appeal = given.handled(stage)
    said = {"demand": "书面说明", "due_at": at(17, day=27), "reason": "超期"}
    supervise(appeal, **said, by=stage.inspector, at=at(16))
    return given.fresh(appeal)


def lift(appeal, *, by, result="已说明并整改"):
    lift_supervision(appeal, reason=result, by=by, at=at(9, day=26))


def test_the_result_is_written_and_its_clock_stops(stage, watched):
    lift(watched, by=stage.inspector)
    appeal = given.fresh(watched)
    assert not appeal.supervised
    assert written(appeal) == step(
        "lift_supervision: handling → handling",
        "inspector school",
        words=(("reason", "已说明并整改"),),
        told="supervision_lifted: class_teacher class",
    )
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.SUPERVISION).stopped_at == at(9, day=26)


def test_who_set_it_or_the_county_lifts_it(stage, watched):
    for name in ("principal", "dispatcher", "teacher", "county_dispatcher"):
        with refused(watched, NotAllowed):
            lift(watched, by=getattr(stage, name))
    lift(watched, by=stage.county_supervisor)
    assert not given.fresh(watched).supervised


def test_a_result_is_needed_and_a_demand_too(stage, watched):
    with refused(watched, NotPossible, "请写督办结果"):
        lift(watched, by=stage.inspector, result="")
    free = given.handled(stage)
    with refused(free, NotPossible, "现在不能做这一步"):
        lift(free, by=stage.county_supervisor)


def test_a_second_hand_comes_too_late(stage, watched):
    appeal = overtaken(watched, stage)
    with refused(appeal, Stale):
        lift(appeal, by=stage.inspector)
