"""The words of a 举报 are opened on record, for half an hour, by one of two; family and auditor are told."""

from datetime import timedelta

import pytest

from huying.appeals import facts, progress
from huying.appeals.actions.read_original import read_original
from huying.appeals.actions.recuse import recuse
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules import permissions
from huying.rules.enums import Action, AppealKind, RecusalReason
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


@pytest.fixture
def report(stage):
    return given.registered(stage, kind=AppealKind.REPORT, body="有老师在校外办班收钱。")


def reads(appeal, actor, moment):
    return permissions.reads_original(actor, facts.of(given.fresh(appeal), at=moment))


def test_the_desk_takes_a_free_seat_by_opening_and_reads_for_half_an_hour(stage, report):
    assert not reads(report, stage.dispatcher, at(11))
    read_original(report, by=stage.dispatcher, at=at(11))
    appeal = given.fresh(report)
    assert written(appeal, back=1) == step("name_reader: received → received", "dispatcher school")
    assert written(appeal) == step(
        "read_original: received → received", "dispatcher school", told="original_read: auditor school"
    )
    assert reads(appeal, stage.dispatcher, at(11, 30) - timedelta(seconds=1))
    assert not reads(appeal, stage.dispatcher, at(11, 30))


def test_once_two_are_named_the_rest_of_the_desk_stays_outside(stage, report):
    given.opened(report, by=stage.dispatcher)
    appeal = given.opened(report, by=stage.county_dispatcher)
    for name in ("principal", "inspector", "county_supervisor", "second_supervisor", "clerk", "grade_head"):
        with refused(appeal, NotAllowed):
            read_original(appeal, by=getattr(stage, name), at=at(11))
    read_original(appeal, by=stage.dispatcher, at=at(12))
    assert not reads(appeal, stage.county_dispatcher, at(12))


def test_the_family_reads_which_post_opened_it_and_when(stage, report):
    appeal = given.opened(report, by=stage.dispatcher)
    line = progress.of(appeal, at=at(12)).lines[0]
    assert (line.action, line.post, line.at) == (Action.READ_ORIGINAL, "dispatcher", at(10, 50))


def test_whoever_steps_back_reads_no_more(stage, report):
    appeal = given.opened(report, by=stage.dispatcher)
    recuse(appeal, ground=RecusalReason.RELATIVE, reason="是我表姐", by=stage.dispatcher, at=at(11))
    assert not reads(appeal, stage.dispatcher, at(11))


def test_what_is_no_report_is_not_opened(stage):
    appeal = given.registered(stage, by=stage.clerk)
    with refused(appeal, NotPossible, "不是举报"):
        read_original(appeal, by=stage.dispatcher, at=at(11))


def test_a_second_hand_comes_too_late(stage):
    appeal = given.registered(stage, by=stage.clerk, kind=AppealKind.REPORT, body="有人收礼。")
    overtaken(appeal, stage)
    with refused(appeal, Stale):
        read_original(appeal, by=stage.clerk, at=at(18))
