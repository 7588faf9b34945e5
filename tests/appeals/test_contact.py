"""An attempt to talk to the appellant, recorded where they can see it."""

from huying.appeals import facts
from huying.appeals.actions.contact import contact
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind, ContactWay
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def call(appeal, *, by, reached=True, **fields):
    contact(appeal, way=ContactWay.PHONE, reached=reached, by=by, at=at(12, 40), **fields)


def test_what_was_said_is_on_record_and_the_parent_is_told(stage):
    appeal = given.handled(stage)
    call(appeal, by=stage.teacher, note="说了座位的事")

    assert record(appeal) == {"way": "phone", "reached": True, "impossible": False}
    assert written(given.fresh(appeal)) == step(
        "contact: handling → handling",
        "class_teacher class",
        words=(("note", "说了座位的事"),),
        told="contacted: appellant",
    )
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.FIRST_CONTACT).stopped_at == at(12, 40)


def test_nobody_answered_and_the_clock_runs_on(stage):
    appeal = given.handled(stage)
    call(appeal, by=stage.teacher, reached=False)
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.FIRST_CONTACT).stopped_at is None
    assert not facts.of(given.fresh(appeal), at=at(13)).history.contacted


def test_impossible_needs_its_reason(stage):
    appeal = given.handled(stage)
    call(appeal, by=stage.teacher, reached=False, impossible=True)
    assert record(appeal)["impossible"] is False
    call(given.fresh(appeal), by=stage.teacher, reached=False, impossible=True, note="没有留下任何联系方式")
    assert record(appeal)["impossible"] is True
    assert facts.of(given.fresh(appeal), at=at(13)).history.contacted


def test_nobody_but_the_person_in_charge_contacts(stage):
    appeal = given.handled(stage)
    for name in ("dispatcher", "clerk", "grade_head", "principal", "caller", "other_teacher"):
        with refused(appeal, NotAllowed):
            call(appeal, by=getattr(stage, name))


def test_before_dispatch_there_is_nobody_to_contact_from(stage):
    appeal = given.registered(stage)
    with refused(appeal, NotAllowed):
        call(appeal, by=stage.dispatcher)
    answered = given.answered(stage)
    with refused(answered, NotPossible, "现在不能做这一步"):
        call(answered, by=stage.teacher)


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        call(appeal, by=stage.teacher)
