"""The part of an assisting unit is in."""

import pytest

from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.answer import answer
from huying.appeals.actions.assist import assist
from huying.appeals.actions.contact import contact
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ContactWay
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


@pytest.fixture
def shared(stage):
    """The class leads, the office helps."""
    appeal = given.registered(stage)
    dispatch(appeal, lead=stage.units["class"], assisting=[stage.units["office"]], by=stage.dispatcher, at=at(11))
    acknowledge(given.fresh(appeal), by=stage.teacher, at=at(12))
    return given.fresh(appeal)


def give(stage, appeal, *, unit="office", note="桌椅已备好", by=None):
    assist(appeal, unit=stage.units[unit], note=note, by=by or stage.office_head, at=at(13))


def test_the_part_is_in_and_the_person_in_charge_knows(stage, shared):
    give(stage, shared)
    assert shared.assisting.get().is_done
    assert record(shared) == {"for_unit": stage.units["office"].pk}
    assert written(given.fresh(shared)) == step(
        "assist: handling → handling",
        "office_head office",
        words=(("note", "桌椅已备好"),),
        told="assisted: 王芳",
    )


def test_the_lead_unit_answers_once_all_parts_are_in(stage, shared):
    contact(shared, way=ContactWay.PHONE, reached=True, by=stage.teacher, at=at(12, 40))
    with refused(given.fresh(shared), NotPossible, "协办单位还没有反馈"):
        answer(given.fresh(shared), draft=given.FULL, by=stage.teacher, at=at(14))
    give(stage, given.fresh(shared))
    answer(given.fresh(shared), draft=given.FULL, by=stage.teacher, at=at(14))
    assert given.fresh(shared).state == "answered"


def test_nobody_but_the_head_of_the_helping_unit_gives_its_part(stage, shared):
    for name in ("teacher", "dispatcher", "grade_head", "principal", "caller"):
        with refused(shared, NotAllowed):
            give(stage, shared, by=getattr(stage, name))


def test_a_part_has_words_and_belongs_to_a_unit_that_was_asked(stage, shared):
    with refused(shared, NotPossible, "请写协办情况"):
        give(stage, shared, note="")
    with refused(shared, NotPossible, "没有请这个单位协办"):
        give(stage, shared, unit="centre")


def test_a_second_hand_comes_too_late(stage, shared):
    appeal = overtaken(shared, stage)
    with refused(appeal, Stale):
        give(stage, appeal)


def test_one_helper_does_not_speak_for_another(stage):
    appeal = given.registered(stage)
    helpers = [stage.units["office"], stage.units["grade"]]
    dispatch(appeal, lead=stage.units["class"], assisting=helpers, by=stage.dispatcher, at=at(11))
    with refused(given.fresh(appeal), NotAllowed):
        give(stage, given.fresh(appeal), unit="grade", by=stage.office_head)
