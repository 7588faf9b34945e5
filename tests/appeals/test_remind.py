"""Whoever has it in hand is nudged, and it is counted."""

from huying.appeals.actions.remind import remind
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.actors import TIMER
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


def test_the_person_in_charge_is_told_and_before_them_the_head(stage):
    appeal, unsigned = given.handled(stage), given.dispatched(stage)
    remind(appeal, by=stage.dispatcher, at=at(16))
    remind(unsigned, by=TIMER, at=at(16))
    assert written(appeal) == step("remind: handling → handling", "dispatcher school", told="reminded: 王芳")
    assert written(unsigned) == step("remind: dispatched → dispatched", "timer", told="reminded: class_teacher class")


def test_every_nudge_counts(stage):
    appeal = given.handled(stage)
    for hour in (16, 17):
        remind(given.fresh(appeal), by=stage.principal, at=at(hour))
    assert appeal.events.filter(action="remind").count() == 2


def test_nobody_in_the_unit_nudges_and_nothing_finished_is_nudged(stage):
    appeal, done = given.handled(stage), given.closed(stage)
    for name in ("teacher", "grade_head", "clerk", "caller", "mother"):
        with refused(appeal, (NotAllowed, NotPossible)):
            remind(appeal, by=getattr(stage, name), at=at(16))
    with refused(done, NotPossible, "现在不能做这一步"):
        remind(done, by=stage.dispatcher, at=at(17))


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        remind(appeal, by=stage.dispatcher, at=at(18))
