"""A person of the unit is in charge."""

from huying.appeals.actions.assign import assign
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.people.models import Person
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def test_a_colleague_of_the_unit_has_it_in_hand(stage):
    appeal = given.handled(stage, lead="grade", by="grade_head")
    assign(appeal, person=stage.person("other_teacher"), by=stage.grade_head, at=at(13))

    appeal = given.fresh(appeal)
    assert appeal.in_charge == stage.person("other_teacher")
    assert record(appeal) == {
        "former_in_charge": stage.person("grade_head").pk,
        "in_charge": stage.person("other_teacher").pk,
    }
    assert written(appeal) == step("assign: handling → handling", "grade_head grade", told="assigned: 孙梅")


def test_only_people_of_the_unit_can_be_named(stage):
    appeal = given.handled(stage)
    with refused(appeal, NotPossible, "只能指定本单位的人"):
        assign(appeal, person=stage.person("other_teacher"), by=stage.teacher, at=at(13))
    waiting = given.registered(stage)
    with refused(waiting, NotPossible, "只能指定本单位的人"):
        assign(waiting, person=stage.person("teacher"), by=stage.dispatcher, at=at(13))


def test_nobody_complained_about_is_put_in_charge(stage):
    appeal = given.handled(stage, lead="office", by="office_head")
    colleague = Person.objects.create(name="冯师傅", unit=stage.units["office"])
    appeal.subjects.create(status="confirmed", person=colleague)
    # The head works beside the Subject, so the tier above acts for the unit.
    with refused(appeal, NotAllowed):
        assign(appeal, person=stage.person("office_head"), by=stage.office_head, at=at(13))
    with refused(appeal, NotPossible, "要回避"):
        assign(appeal, person=colleague, by=stage.principal, at=at(13))


def test_nobody_but_the_head_assigns(stage):
    appeal = given.handled(stage)
    for name in ("dispatcher", "grade_head", "principal", "county_dispatcher"):
        with refused(appeal, NotAllowed):
            assign(appeal, person=stage.person("teacher"), by=getattr(stage, name), at=at(13))


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        assign(appeal, person=stage.person("teacher"), by=stage.teacher, at=at(18))
