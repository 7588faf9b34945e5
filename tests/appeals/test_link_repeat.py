"""The same person about the same matter again: linked by the phone when it is filed, or by hand with a reason."""

from datetime import timedelta

import pytest

from huying.appeals.actions.link_repeat import link_repeat
from huying.appeals.actions.register import register
from huying.appeals.identities import Contact
from huying.appeals.models import Parameter
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import AppealKind
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import TODAY, at

PHONE = "13800135000"
MORNING = at(10, 12)


def filed(stage, *, when=MORNING, phone=PHONE, **fields):
    intake = given.intake(stage, contact=Contact(phone=phone), received_at=when, **fields)
    return given.fresh(register(intake, code=given.code(), by=stage.mother, at=when))


def link(appeal, earlier, *, by, reason="同一件事又来反映"):
    link_repeat(appeal, earlier=earlier, reason=reason, by=by, at=at(17))


def test_the_same_phone_topic_and_school_is_a_repeat_of_the_latest(stage):
    filed(stage)
    second = filed(stage, when=at(11))
    third = filed(stage, when=at(12), phone="138 0013 5000")
    assert (second.repeat_of_id is not None, third.repeat_of) == (True, second)
    assert record(third)["repeat_of"] == second.pk


@pytest.mark.parametrize(
    "fields",
    [{"topic": "canteen"}, {"phone": "13900139000"}, {"phone": ""}, {"phone": "不记得"}, {"kind": AppealKind.PRAISE}],
)
def test_another_topic_or_phone_none_and_praise_are_no_repeat(stage, fields):
    filed(stage)
    appeal = filed(stage, when=at(12), **fields)
    assert (appeal.repeat_of, "repeat_of" in record(appeal)) == (None, False)


def test_another_school_is_no_repeat(stage):
    filed(stage)
    other = filed(stage, when=at(12), place=stage.units["other_school"], klass=None)
    assert other.repeat_of is None


def test_the_window_is_ninety_days_and_dated(stage):
    first = filed(stage, when=at(10) - timedelta(days=90))
    second = filed(stage, when=at(10))
    assert second.repeat_of == first
    third = filed(stage, when=at(10) + timedelta(days=90, minutes=1))
    assert third.repeat_of is None
    Parameter.objects.create(name="repeat_days", value=120, source="县里的规定", valid_from=TODAY)
    fourth = filed(stage, when=at(10) + timedelta(days=200))
    assert fourth.repeat_of == third


def test_a_later_sheet_never_makes_an_earlier_one_a_repeat(stage):
    filed(stage, when=at(12))
    assert filed(stage, when=at(10)).repeat_of is None


def test_the_desk_links_by_hand(stage):
    earlier, appeal = given.registered(stage), given.registered(stage)
    link(appeal, earlier, by=stage.dispatcher)
    appeal = given.fresh(appeal)
    assert (appeal.repeat_of, record(appeal)) == (earlier, {"repeat_of": earlier.pk})
    assert written(appeal) == step(
        "link_repeat: received → received", "dispatcher school", words=(("reason", "同一件事又来反映"),)
    )


def test_only_to_an_earlier_one_of_the_school_once_and_for_a_reason(stage):
    earlier, appeal = given.registered(stage), given.registered(stage)
    elsewhere = given.registered(stage, place=stage.units["other_school"], klass=None)
    for wrong in (appeal, elsewhere):
        with refused(appeal, NotPossible, "更早收到的另一件"):
            link(appeal, wrong, by=stage.dispatcher)
    with refused(earlier, NotPossible, "更早收到的另一件"):
        link(earlier, appeal, by=stage.dispatcher)
    with refused(appeal, NotPossible, "请写前一件的编号"):
        link(appeal, None, by=stage.dispatcher)
    with refused(appeal, NotPossible, "请写明理由"):
        link(appeal, earlier, by=stage.dispatcher, reason="")
    link(appeal, earlier, by=stage.dispatcher)
    with refused(given.fresh(appeal), NotPossible, "已经标过"):
        link(given.fresh(appeal), earlier, by=stage.dispatcher)


def test_nobody_but_the_desk_links(stage):
    earlier, appeal = given.registered(stage), given.handled(stage)
    for name in ("clerk", "teacher", "principal", "mother"):
        with refused(appeal, NotAllowed):
            link(appeal, earlier, by=getattr(stage, name))


def test_a_second_hand_comes_too_late(stage):
    earlier = given.registered(stage)
    appeal = overtaken(given.registered(stage), stage)
    with refused(appeal, Stale):
        link(appeal, earlier, by=stage.dispatcher)
