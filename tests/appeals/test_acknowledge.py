"""The lead unit signs for it."""

from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.decline import decline
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def test_who_signs_is_in_charge_and_parent_and_desk_are_told(stage):
    appeal = given.dispatched(stage)
    acknowledge(appeal, by=stage.teacher, at=at(12))

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.in_charge, appeal.version) == (State.HANDLING, stage.person("teacher"), 3)
    assert record(appeal) == {"in_charge": stage.person("teacher").pk}
    assert written(appeal) == step(
        "acknowledge: dispatched → handling",
        "class_teacher class",
        told="""acknowledged: dispatcher school
                acknowledged: appellant""",
    )


def test_signing_stops_the_signing_clock_and_no_other(stage):
    appeal = given.handled(stage)
    stopped = Clock.objects.filter(appeal=appeal, stopped_at=at(12)).values_list("kind", flat=True)
    assert list(stopped) == [ClockKind.ACKNOWLEDGE]


def test_nobody_but_the_head_of_the_unit_signs(stage):
    appeal = given.dispatched(stage)
    for name in ("dispatcher", "grade_head", "other_teacher", "principal", "caller", "county_dispatcher", "mother"):
        with refused(appeal, NotAllowed):
            acknowledge(appeal, by=getattr(stage, name), at=at(12))


def test_it_is_signed_for_once_and_not_while_a_return_is_pending(stage):
    appeal = given.dispatched(stage)
    decline(appeal, clause="职责", suggested=stage.units["office"], reason="归总务", by=stage.teacher, at=at(12))
    with refused(given.fresh(appeal), NotPossible, "现在不能做这一步"):
        acknowledge(given.fresh(appeal), by=stage.teacher, at=at(12))
    signed = given.handled(stage)
    with refused(signed, NotPossible, "现在不能做这一步"):
        acknowledge(signed, by=stage.teacher, at=at(12))


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.dispatched(stage), stage)
    with refused(appeal, Stale, "已被别人更新"):
        acknowledge(appeal, by=stage.teacher, at=at(18))
