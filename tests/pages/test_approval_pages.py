"""Standing approvals on pages: drawn up with a document number, signed by another, ended; each act on record."""

import pytest

from huying.appeals.models import StandingApproval
from huying.people.models import SetupChange
from huying.rules.enums import PostKind
from tests.appeals.sealed import ask, in_hand, proposed, signed
from tests.cast import at
from tests.pages.parent import page_of

FORM = {"post": "caller", "document": "澄教惠〔2026〕3 号", "since": "2026-11-24", "until": "2027-11-23"}
PAGE = "/setup/approvals/"


def drawn_up(office, stage, **fields):
    words = {"organisation": stage.units["school"].pk, **FORM, **fields}
    return office.as_("security_admin").post(f"{PAGE}propose/", words)


def test_one_draws_it_up_another_signs_and_it_stands_in_the_record(office, stage):
    assert drawn_up(office, stage).url == PAGE
    assert "等负责人签" in office.as_("security_admin").get(PAGE).content.decode()
    page = office.as_("principal").get(PAGE).content.decode()
    approval = StandingApproval.objects.get()
    assert f'action="{PAGE}{approval.pk}/sign/"' in page
    office.as_("principal").post(f"{PAGE}{approval.pk}/sign/")
    page = office.as_("auditor").get(PAGE).content.decode()
    assert "有效" in page and "澄教惠〔2026〕3 号" in page and "石坚" in page and "赵明远" in page
    assert [row.act for row in SetupChange.objects.filter(area="approval").order_by("pk")] == ["proposed", "signed"]
    changes = office.as_("auditor").get("/setup/changes/").content.decode()
    assert "长期授权：签署" in changes


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"document": ""}, "document"),
        ({"post": "inspector"}, "post"),
        ({"until": "2028-01-01"}, "until"),
        ({"since": "昨天"}, "since"),
        ({"organisation": "999999"}, "organisation"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(office, stage, fields, field):
    page = drawn_up(office, stage, **fields)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not StandingApproval.objects.exists()


def test_a_document_of_another_school_is_no_page(office, stage):
    approval = proposed(stage, PostKind.CALLER)
    for name in ("other_principal", "county_supervisor"):
        assert office.as_(name).post(f"{PAGE}{approval.pk}/sign/").status_code == 404
        assert "澄教惠" not in office.as_(name).get(PAGE).content.decode()
    assert StandingApproval.objects.get().signed_at is None


@pytest.mark.parametrize("name", ["dispatcher", "teacher", "system_admin", "caller", "clerk"])
def test_others_have_no_such_page(office, stage, name):
    approval = proposed(stage, PostKind.CALLER)
    client = office.as_(name)
    assert client.get(PAGE).status_code == 404
    for step in ("sign", "end"):
        assert client.post(f"{PAGE}{approval.pk}/{step}/").status_code == 404
    assert client.get(f"{PAGE}propose/").status_code == 404


def test_the_principal_ends_it_at_once_and_a_second_end_is_told(office, stage):
    approval = signed(stage, PostKind.CALLER)
    client = office.as_("principal")
    assert client.post(f"{PAGE}{approval.pk}/end/").url == PAGE
    assert "已结束" in client.get(PAGE).content.decode()
    page = client.post(f"{PAGE}{approval.pk}/end/", follow=True).content.decode()
    assert "这份授权已经结束了" in page


def test_a_get_neither_signs_nor_ends(office, stage):
    approval = proposed(stage, PostKind.CALLER)
    for step in ("sign", "end"):
        assert office.as_("principal").get(f"{PAGE}{approval.pk}/{step}/").status_code == 405


def test_the_page_of_a_request_offers_to_refuse_it_and_the_family_reads_so(office, stage, client):
    office.clock_shows(at(15))
    appeal = ask(in_hand(stage), by=stage.teacher)
    principal = office.as_("principal")
    address = f"/staff/appeals/{appeal.pk}/"
    assert "不同意看身份" in principal.get(address).content.decode()
    version = {"version": appeal.version, "reason": "先在查进度页上问"}
    assert principal.post(f"{address}reject_unmask/", version).status_code == 302
    assert "先在查进度页上问" in office.as_("teacher").get(address).content.decode()
    assert "先在查进度页上问" not in office.as_("dispatcher").get(address).content.decode()
    page = page_of(client, appeal)
    assert "有人申请看您留下的联系方式，校长没有同意" in page and "先在查进度页上问" not in page
