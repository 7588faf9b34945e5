"""A sealed identity is asked for: what for, which parts, how long, and why."""

from datetime import date, timedelta

import pytest

from huying.appeals import facts
from huying.appeals.actions.request_unmask import request_unmask
from huying.appeals.arrangements import approvals
from huying.appeals.models import StandingApproval
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ContactField, PostKind, PrivacyMode, UnmaskPurpose
from tests.appeals.ledger import overtaken, record, refused
from tests.appeals.sealed import ask, in_hand, proposed, signed
from tests.cast import at


def test_it_waits_for_the_principal_and_opens_nothing_yet(stage):
    appeal = ask(in_hand(stage), by=stage.teacher)
    assert record(appeal) == {"purpose": "call", "fields": ["phone"], "hours": 2, "is_above": False}
    case = facts.of(appeal, at=at(13))
    assert case.history.unmask_ask.by == stage.teacher.person
    assert case.unmask_grant(stage.teacher.person) is None


def test_only_who_works_on_it_asks(stage):
    appeal = in_hand(stage)
    for name in ("other_teacher", "dispatcher", "principal", "clerk", "inspector", "auditor", "security_admin"):
        with refused(appeal, NotAllowed):
            ask(appeal, by=getattr(stage, name))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reason": "看看"}, "至少五个字"),
        ({"reason": "     "}, "至少五个字"),
        ({"hours": 0}, "最多看三天"),
        ({"hours": 73}, "最多看三天"),
        ({"fields": ()}, "请选要看哪几项"),
        ({"fields": ("id_card",)}, "请选要看哪几项"),
    ],
)
def test_what_is_not_said_properly_is_refused(stage, wrong, words):
    appeal = in_hand(stage)
    with refused(appeal, NotPossible, words):
        ask(appeal, by=stage.teacher, **wrong)


def test_an_anonymous_appeal_has_nothing_to_see(stage):
    anonymous = in_hand(stage, contact=None, privacy=PrivacyMode.ANONYMOUS)
    with refused(anonymous, NotPossible, "匿名的诉求没有身份可看"):
        ask(anonymous, by=stage.teacher)


def test_where_nothing_was_left_there_is_nothing_to_see(stage):
    empty = in_hand(stage, contact=None)
    with refused(empty, NotPossible, "没有留下"):
        ask(empty, by=stage.teacher)


def test_a_standing_approval_opens_an_open_appeal_at_once(stage):
    signed(stage, PostKind.CLASS_TEACHER)
    appeal = ask(in_hand(stage), by=stage.teacher)
    grant = facts.of(appeal, at=at(13)).unmask_grant(stage.teacher.person)
    assert (grant.until, grant.fields) == (at(13) + timedelta(hours=2), {ContactField.PHONE})


@pytest.mark.parametrize("fields", [{"privacy": PrivacyMode.CONFIDENTIAL}, {"pupil_involved": True}])
def test_confidential_and_pupils_matters_need_a_second_person_all_the_same(stage, fields):
    signed(stage, PostKind.CLASS_TEACHER)
    appeal = ask(in_hand(stage, **fields), by=stage.teacher)
    assert facts.of(appeal, at=at(13)).unmask_grant(stage.teacher.person) is None


@pytest.mark.parametrize(
    "dates",
    [
        {"since": date(2026, 11, 25)},
        {"until": date(2026, 11, 24), "since": date(2026, 9, 1), "_asked_on": 25},
    ],
)
def test_outside_its_days_an_approval_opens_nothing(stage, dates):
    day = dates.pop("_asked_on", 24)
    signed(stage, PostKind.CLASS_TEACHER, **dates)
    appeal = ask(in_hand(stage), by=stage.teacher, moment=at(13, day=day))
    assert facts.of(appeal, at=at(13, day=day)).unmask_grant(stage.teacher.person) is None


def test_what_is_only_drawn_up_opens_nothing(stage):
    proposed(stage, PostKind.CLASS_TEACHER)
    appeal = ask(in_hand(stage), by=stage.teacher)
    assert facts.of(appeal, at=at(13)).unmask_grant(stage.teacher.person) is None


def test_an_approval_that_was_ended_opens_nothing_and_stays_on_file(stage):
    approval = signed(stage, PostKind.CLASS_TEACHER)
    approvals.end(approval, by=stage.principal, at=at(10))
    appeal = ask(in_hand(stage), by=stage.teacher)
    assert facts.of(appeal, at=at(13)).unmask_grant(stage.teacher.person) is None
    kept = StandingApproval.objects.get()
    assert (kept.signed_by_id, kept.revoked_at) == (stage.principal.person, at(10))


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(in_hand(stage), stage)
    with refused(appeal, Stale):
        words = {"purpose": UnmaskPurpose.CALL, "fields": [ContactField.PHONE], "hours": 2, "reason": "要打电话问清楚"}
        request_unmask(appeal, **words, by=stage.teacher, at=at(13))
