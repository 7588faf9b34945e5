"""No repeat after all: it stands by itself, and the record says who said so."""

import pytest

from huying.appeals.actions.link_repeat import link_repeat
from huying.appeals.actions.unlink_repeat import unlink_repeat
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


@pytest.fixture
def linked(stage):
    earlier, appeal = given.registered(stage), given.registered(stage)
    link_repeat(appeal, earlier=earlier, reason="同一件事", by=stage.dispatcher, at=at(16))
    return given.fresh(appeal)


def unlink(appeal, *, by, reason="说的是另一个班"):
    unlink_repeat(appeal, reason=reason, by=by, at=at(17))


def test_it_stands_by_itself_and_the_former_link_is_on_record(stage, linked):
    earlier = linked.repeat_of_id
    unlink(linked, by=stage.dispatcher)
    appeal = given.fresh(linked)
    assert (appeal.repeat_of, record(appeal)) == (None, {"former": {"repeat_of": earlier}, "repeat_of": None})
    assert written(appeal) == step(
        "unlink_repeat: received → received", "dispatcher school", words=(("reason", "说的是另一个班"),)
    )


def test_only_the_desk_and_only_with_a_reason(stage, linked):
    for name in ("clerk", "principal", "mother"):
        with refused(linked, NotAllowed):
            unlink(linked, by=getattr(stage, name))
    with refused(linked, NotPossible, "请写明理由"):
        unlink(linked, by=stage.dispatcher, reason="")
    free = given.registered(stage)
    with refused(free, NotPossible, "没有标为重复诉求"):
        unlink(free, by=stage.dispatcher)


def test_a_second_hand_comes_too_late(stage, linked):
    appeal = overtaken(linked, stage)
    with refused(appeal, Stale):
        unlink(appeal, by=stage.dispatcher)
