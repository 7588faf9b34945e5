"""Some request items stand in an appeal of their own, under the same receipt."""

import pytest

from huying.appeals import identities
from huying.appeals.actions.split import split
from huying.appeals.identities import Contact
from huying.appeals.models import Appeal, NumberSequence
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import PrivacyMode, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


@pytest.fixture
def two_matters(stage):
    """A seat and the food, from one mother, by the hotline."""
    return given.registered(
        stage,
        items=["换座位", "饭菜太凉"],
        channel="hotline",
        external_ref="HL-7",
        outer_due_at=at(17, day=30),
        privacy=PrivacyMode.CONFIDENTIAL,
        contact=Contact(name="刘女士", phone="13900000001"),
    )


def cut(appeal, *, by, items=None, reason="两件事"):
    last = appeal.items.last().pk
    return split(
        appeal, items=[last] if items is None else items, title="饭菜太凉", reason=reason, by=by, at=at(10, 30)
    )


def test_each_item_ends_in_exactly_one_appeal(stage, two_matters):
    part = given.fresh(cut(two_matters, by=stage.dispatcher))

    assert [item.text.body for item in two_matters.items.all()] == ["换座位"]
    assert [(item.text.body, item.position) for item in part.items.all()] == [("饭菜太凉", 1)]
    assert (part.state, part.number, part.title, part.split_from) == (
        State.RECEIVED,
        "2026-0002",
        "饭菜太凉",
        two_matters,
    )
    assert written(part) == step(
        "register: – → received",
        "dispatcher school",
        words=(("verbatim", "孩子坐最后一排，看不清黑板，想换到前面。"), ("request_item", "饭菜太凉")),
        told="registered: dispatcher school",
    )
    assert written(two_matters) == step(
        "split: received → received", "dispatcher school", words=(("reason", "两件事"),), told="split: appellant"
    )


def test_receipt_times_and_who_filed_are_the_same(stage, two_matters):
    part = given.fresh(cut(two_matters, by=stage.dispatcher))
    assert (part.receipt, part.received_at, part.entered_at) == (
        two_matters.receipt,
        two_matters.received_at,
        two_matters.entered_at,
    )
    assert record(part)["outer_due_at"] == "2026-11-30T09:00:00+00:00"
    assert (part.outer_due_at, part.external_ref) == (given.fresh(two_matters).outer_due_at, "")
    assert identities.opened(part) == identities.opened(two_matters)


def test_who_is_complained_about_stays_so_in_both(stage):
    appeal = given.registered(stage, items=["换座位", "道歉"], subjects=["王芳"])
    part = cut(appeal, by=stage.dispatcher)
    assert [one.person.name for one in part.subjects.all()] == ["王芳"]
    assert [one.person.name for one in appeal.subjects.all()] == ["王芳"]


def test_one_item_all_items_or_none_is_no_split(stage, two_matters):
    both = [item.pk for item in two_matters.items.all()]
    for items in ([], both, [0]):
        with refused(two_matters, NotPossible, "至少要有两个诉求点"):
            cut(two_matters, by=stage.dispatcher, items=items)
    assert (Appeal.objects.count(), NumberSequence.objects.get().last) == (1, 1)


def test_nobody_but_the_desk_splits_and_only_with_a_reason(stage, two_matters):
    for name in ("clerk", "teacher", "principal"):
        with refused(two_matters, NotAllowed):
            cut(two_matters, by=getattr(stage, name))
    with refused(two_matters, NotPossible, "请写明理由"):
        cut(two_matters, by=stage.dispatcher, reason="")


def test_a_second_hand_comes_too_late(stage, two_matters):
    appeal = overtaken(two_matters, stage)
    with refused(appeal, Stale):
        cut(appeal, by=stage.dispatcher)
