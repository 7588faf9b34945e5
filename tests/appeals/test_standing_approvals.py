"""A standing approval is drawn up by one, signed by the head, dated, and ended by either."""

from datetime import date

import pytest

from huying.appeals.arrangements import approvals
from huying.appeals.models import StandingApproval
from huying.people.changes import Refused
from huying.people.models import SetupChange
from huying.rules.enums import PostKind
from tests.appeals.sealed import proposed, signed
from tests.cast import at

WORDS = {"document": "澄教惠〔2026〕3 号", "since": date(2026, 11, 24), "until": date(2027, 11, 23)}


def draw_up(stage, *, by="security_admin", unit="school", post=PostKind.CALLER, **fields):
    return approvals.propose(stage.units[unit], post=post, **{**WORDS, **fields}, by=getattr(stage, by), at=at(9))


def test_each_act_stands_in_the_record(stage):
    approval = signed(stage, PostKind.CALLER)
    approvals.end(approval, by=stage.security_admin, at=at(10))
    rows = [(row.act, row.by.login, row.subject) for row in SetupChange.objects.filter(area="approval").order_by("pk")]
    school = "澄川县实验小学"
    assert rows == [
        ("proposed", "security_admin", school),
        ("signed", "principal", school),
        ("ended", "security_admin", school),
    ]
    assert ["document", "", "澄教惠〔2026〕3 号"] in SetupChange.objects.filter(act="signed").get().lines


@pytest.mark.parametrize("name", ["principal", "system_admin", "auditor", "dispatcher", "county_supervisor"])
def test_only_the_security_administrator_draws_one_up(stage, name):
    with pytest.raises(Refused, match="安全管理员"):
        draw_up(stage, by=name)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"post": PostKind.INSPECTOR}, "不办理诉求"),
        ({"document": "  "}, "请写文号"),
        ({"until": date(2026, 11, 23)}, "最长一年"),
        ({"since": date(2026, 1, 1), "until": date(2026, 11, 23)}, "最长一年"),
        ({"until": date(2027, 12, 1)}, "最长一年"),
    ],
)
def test_what_is_not_said_properly_is_refused(stage, fields, says):
    with pytest.raises(Refused, match=says):
        draw_up(stage, **fields)
    assert not StandingApproval.objects.exists()


def test_there_is_one_a_post_and_a_new_one_after_it_ran_out(stage):
    first = signed(stage, PostKind.CALLER, since=date(2025, 12, 1), until=date(2026, 11, 24))
    with pytest.raises(Refused, match="先结束它"):
        draw_up(stage)
    StandingApproval.objects.filter(pk=first.pk).update(valid_to=date(2026, 11, 23))
    draw_up(stage)
    assert StandingApproval.objects.get(pk=first.pk).revoked_at == at(9)


@pytest.mark.parametrize("name", ["dispatcher", "other_principal", "grade_head", "security_admin", "county_supervisor"])
def test_only_the_head_of_the_organisation_signs(stage, name):
    approval = proposed(stage, PostKind.CALLER)
    with pytest.raises(Refused, match="只有本单位负责人"):
        approvals.sign(approval, by=getattr(stage, name), at=at(9))


def test_nobody_signs_what_they_drew_up_nor_twice(stage):
    approval = proposed(stage, PostKind.CALLER)
    StandingApproval.objects.filter(pk=approval.pk).update(proposed_by=stage.principal.person)
    with pytest.raises(Refused, match="不能自己签"):
        approvals.sign(StandingApproval.objects.get(), by=stage.principal, at=at(9))
    StandingApproval.objects.filter(pk=approval.pk).update(proposed_by=stage.security_admin.person)
    approvals.sign(approval, by=stage.principal, at=at(9))
    with pytest.raises(Refused, match="已经签过"):
        approvals.sign(approval, by=stage.principal, at=at(10))


def test_only_head_and_security_administrator_end_it_and_once(stage):
    approval = signed(stage, PostKind.CALLER)
    for name in ("dispatcher", "other_principal", "system_admin", "auditor"):
        with pytest.raises(Refused, match="只有本单位负责人和安全管理员"):
            approvals.end(approval, by=getattr(stage, name), at=at(10))
    approvals.end(approval, by=stage.security_admin, at=at(10))
    with pytest.raises(Refused, match="已经结束"):
        approvals.end(approval, by=stage.principal, at=at(11))


def test_documents_are_read_by_keepers_heads_and_auditors_of_that_organisation(stage):
    proposed(stage, PostKind.CALLER)
    names = (
        "security_admin",
        "principal",
        "auditor",
        "other_principal",
        "system_admin",
        "teacher",
        "county_supervisor",
    )
    assert [name for name in names if approvals.seen_by(getattr(stage, name)).exists()] == [
        "security_admin",
        "principal",
        "auditor",
    ]
