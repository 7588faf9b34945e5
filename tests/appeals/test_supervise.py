"""A formal demand stands over the appeal, with a date of its own."""

from huying.appeals.actions.supervise import supervise
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def demand(appeal, *, by, words="三日内书面说明"):
    supervise(appeal, demand=words, due_at=at(17, day=27), reason="超期未办", by=by, at=at(16))


def test_demand_and_date_stand_and_unit_and_desk_know(stage):
    appeal = given.handled(stage)
    demand(appeal, by=stage.inspector)

    appeal = given.fresh(appeal)
    assert appeal.supervised
    assert record(appeal) == {"due_at": "2026-11-27T09:00:00+00:00"}
    assert written(appeal) == step(
        "supervise: handling → handling",
        "inspector school",
        flags="supervised",
        words=(("demand", "三日内书面说明"), ("reason", "超期未办")),
        told="""supervised: class_teacher class
                supervised: dispatcher school""",
    )
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.SUPERVISION).due_at == at(17, day=27)


def test_inspector_principal_and_county_demand_and_nobody_else(stage):
    for name in ("principal", "county_supervisor"):
        demand(given.handled(stage), by=getattr(stage, name))
    appeal = given.handled(stage)
    for name in ("dispatcher", "teacher", "grade_head", "caller", "clerk", "other_principal"):
        with refused(appeal, NotAllowed):
            demand(appeal, by=getattr(stage, name))


def test_a_demand_has_words_and_stands_once(stage):
    appeal = given.handled(stage)
    with refused(appeal, NotPossible, "督办要求和期限"):
        demand(appeal, by=stage.inspector, words="")
    demand(appeal, by=stage.inspector)
    with refused(given.fresh(appeal), NotPossible, "现在不能做这一步"):
        demand(given.fresh(appeal), by=stage.principal)


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        demand(appeal, by=stage.inspector)
