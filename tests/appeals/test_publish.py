"""That a text written apart is public stands in the ledger; two people, never a red line, never a 举报."""

import pytest

from huying.appeals.actions.clear_safety import clear_safety
from huying.appeals.actions.close import close
from huying.appeals.actions.dispute import dispute
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.publish import publish
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import AppealKind, RedLine
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def make_public(stage, appeal, *, by="inspector", drafter="dispatcher"):
    person = stage.person(drafter) if drafter else None
    publish(appeal, publication="k7m2", drafter=person, by=getattr(stage, by), at=at(9, day=26))


def test_it_says_which_text_who_wrote_it_and_who_agreed(stage):
    appeal = given.closed(stage)
    make_public(stage, appeal)
    drafter, approver = stage.person("dispatcher").pk, stage.person("inspector").pk
    assert record(given.fresh(appeal)) == {"publication": "k7m2", "drafter": drafter, "approver": approver}
    assert written(given.fresh(appeal)) == step(
        "publish: closed → closed",
        "inspector school",
        told="""published: appellant
        published: class_teacher class""",
    )


def test_it_is_public_once(stage):
    appeal = given.closed(stage)
    make_public(stage, appeal)
    with refused(given.fresh(appeal), NotPossible, "已经公开"):
        make_public(stage, given.fresh(appeal))


@pytest.mark.parametrize("drafter", ["inspector", None])
def test_who_wrote_it_does_not_agree_to_it(stage, drafter):
    with refused(appeal := given.closed(stage), NotPossible, "起草的人不能自己同意"):
        make_public(stage, appeal, drafter=drafter)


def test_neither_a_handler_nor_another_school_nor_whoever_filed_publishes(stage):
    appeal = given.closed(stage)
    for name in ("teacher", "grade_head", "caller", "clerk", "other_principal", "mother", "auditor"):
        with refused(appeal, NotAllowed):
            make_public(stage, appeal, by=name)


def test_what_is_not_closed_or_disputed_is_not_published(stage):
    early = given.delivered(stage)
    with refused(early, NotPossible, "现在不能做这一步"):
        make_public(stage, early)
    appeal = given.closed(stage)
    dispute(appeal, reason="没有解决", by=stage.holding(appeal), at=at(18))
    with refused(given.fresh(appeal), NotPossible, "家长有异议"):
        make_public(stage, given.fresh(appeal))


def test_a_red_line_is_never_published_even_when_it_was_cleared(stage):
    appeal = given.called_back(stage)
    mark_safety(appeal, signal=RedLine.BULLYING, by=stage.dispatcher, at=at(16, 5))
    clear_safety(given.fresh(appeal), reason="查明是误会", by=stage.principal, at=at(16, 10))
    appeal = given.fresh(appeal)
    close(appeal, closing=given.CLOSING, by=stage.dispatcher, at=at(16, 30))
    with refused(given.fresh(appeal), NotPossible, "红线事项不单件公开"):
        make_public(stage, given.fresh(appeal))


def test_a_report_is_never_published(stage):
    appeal = given.closed(stage, kind=AppealKind.REPORT, body="有人收钱。")
    with refused(appeal, NotPossible, "举报不单件公开"):
        make_public(stage, appeal)


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.closed(stage), stage)
    with refused(appeal, Stale):
        make_public(stage, appeal)
