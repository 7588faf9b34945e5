"""Handlers work from a summary of facts, written by one of the two who have read the words."""

import pytest

from huying.appeals.actions.add_message import add_message
from huying.appeals.actions.summarise import summarise
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import AppealKind
from tests import given
from tests.appeals.ledger import refused, step, written
from tests.cast import at


@pytest.fixture
def report(stage):
    """In the hands of the office."""
    return given.handled(stage, lead="office", by="office_head", kind=AppealKind.REPORT, body="有老师在校外办班收钱。")


def test_what_the_family_adds_reaches_the_handler_as_a_new_summary(stage, report):
    add_message(report, message="每月八百元，在柳荫巷。", by=stage.holding(report), at=at(13))
    assert written(given.fresh(report)).told == {"message_added: 钱进", "message_added: 林静"}
    summarise(given.fresh(report), summary="校外办班，按月收费。", by=stage.dispatcher, at=at(14))
    assert written(given.fresh(report)) == step(
        "summarise: handling → handling",
        "dispatcher school",
        words=(("summary", "校外办班，按月收费。"),),
        told="summarised: 钱进",
    )


def test_who_has_not_read_the_words_sums_up_nothing(stage, report):
    for name in ("office_head", "principal", "county_dispatcher", "clerk", "county_supervisor"):
        with refused(report, NotAllowed):
            summarise(report, summary="没有这回事。", by=getattr(stage, name), at=at(13))


def test_a_summary_without_words_is_none(stage, report):
    with refused(report, NotPossible, "请写事实摘要"):
        summarise(report, summary="", by=stage.dispatcher, at=at(13))


def test_a_second_hand_comes_too_late(stage, report):
    add_message(given.fresh(report), message="每月八百元。", by=stage.holding(report), at=at(13))
    with refused(report, Stale):
        summarise(report, summary="校外办班。", by=stage.dispatcher, at=at(18))
