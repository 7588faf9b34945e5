"""剔除 and 考核申诉 on pages: who asks, who decides, what stays on record."""

import pytest

from huying.oversight.actions.grant_exclusion import grant_exclusion
from huying.oversight.models import AppraisalObjection, ExclusionRequest
from tests import given
from tests.cast import at
from tests.pages.parent import hold


@pytest.fixture
def done(office, stage):
    appeal = given.closed(stage)
    office.clock_shows(at(9, day=26))
    return appeal


def asked(office, appeal):
    said = {"ground": "unfounded", "reason": "查了监控，不是本班的事"}
    page = office.as_("teacher").post(f"/staff/appeals/{appeal.pk}/exclusion/", said)
    assert page.url == f"/staff/appeals/{appeal.pk}/"
    return ExclusionRequest.objects.get()


def test_two_levels_on_pages_and_the_family_reads_why(office, stage, done):
    request = asked(office, done)
    where = f"/staff/exclusions/{request.pk}/"
    assert done.number in office.as_("principal").get("/staff/exclusions/").text
    office.as_("principal").post(f"{where}grant/", {"reason": "核过监控"})
    page = office.as_("principal").post(f"{where}grant/", {"reason": "再来一次"})
    assert page.status_code == 404
    office.as_("county_supervisor").post(f"{where}grant/", {"reason": "监控里不是本班的孩子"})
    shown = office.as_("teacher").get(where)
    assert [entry.words for entry in shown.context["entries"]] == [
        "陆远同意",
        "赵明远第一级同意，等县中心决定",
        "王芳申请",
    ]
    case = office.as_("dispatcher").get(f"/staff/appeals/{done.pk}/").text
    assert ("已剔除，不纳入" in case, "剔除，不纳入考核：查过，不属实" in case, "申请剔除" in case) == (
        True,
        True,
        False,
    )
    slow = office.as_("county_dispatcher").post(f"{where}reject/", {"reason": "不行"})
    assert (slow.status_code, "已经决定过" in slow.text) == (422, True)


def test_the_family_is_told_and_reads_why(office, stage, done, client):
    request = asked(office, done)
    grant_exclusion(request, reason="核过监控", by=stage.principal, at=at(9, 10, day=26))
    grant_exclusion(request, reason="监控里不是本班的孩子", by=stage.county_supervisor, at=at(9, 20, day=26))
    hold(client, done)
    page = client.get("/progress/").text
    assert "这件事不算进对学校的考核" in page
    assert ("监控里不是本班的孩子" in page, "核过监控" in page, "陆远" in page) == (True, False, False)


def test_a_no_keeps_it_counted(office, stage, done):
    request = asked(office, done)
    empty = office.as_("inspector").post(f"/staff/exclusions/{request.pk}/reject/", {"reason": ""})
    assert empty.status_code == 422
    office.as_("inspector").post(f"/staff/exclusions/{request.pk}/reject/", {"reason": "看不清"})
    assert (given.fresh(done).counted, ExclusionRequest.objects.get().stage) == (True, "rejected")
    assert office.as_("inspector").get(f"/staff/exclusions/{request.pk}/nonsense/").status_code == 404


def test_only_the_head_of_the_lead_unit_has_the_form(office, stage, done):
    for name, status in (("teacher", 200), ("principal", 404), ("other_principal", 404), ("grade_head", 404)):
        assert office.as_(name).get(f"/staff/appeals/{done.pk}/exclusion/").status_code == status
    handled = given.handled(stage)
    assert office.as_("teacher").get(f"/staff/appeals/{handled.pk}/exclusion/").status_code == 404
    twice = asked(office, done)
    again = office.as_("teacher").post(
        f"/staff/appeals/{done.pk}/exclusion/", {"ground": "unfounded", "reason": "再申请"}
    )
    assert (again.status_code, "在等决定" in again.text, ExclusionRequest.objects.get()) == (422, True, twice)


def contest(office, name="principal", **fields):
    usual = {"indicator": "resolution_rate", "since": "2026-11-01", "until": "2026-11-30", "reason": "算了两次"}
    return office.as_(name).post("/staff/objections/add/", {**usual, **fields})


def test_a_figure_is_contested_and_a_note_stands_beside_it(office, stage, done):
    page = contest(office, unit=stage.units["school"].pk, numbers=done.number)
    where = page.url
    assert office.as_("principal").get(f"{where}grant/").status_code == 404
    said = {"correction": "note", "note": "解决率应为 9/10", "reason": "核过"}
    assert office.as_("county_supervisor").post(f"{where}grant/", said).status_code == 302
    shown = office.as_("principal").get(where)
    assert dict(shown.context["pairs"])["更正成"] == "解决率应为 9/10"
    assert ("解决率" in shown.text, done.number in shown.text) == (True, True)
    assert "解决率" in office.as_("county_dispatcher").get("/staff/objections/").text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"numbers": "2026-9999"}, "没有这个编号"),
        ({"indicator": "made_up"}, "选择一个有效的选项"),
        ({"since": "2026-12-01"}, "请写明哪一项"),
        ({"reason": ""}, "请写几句"),
    ],
)
def test_what_is_wrong_with_an_objection_is_said(office, stage, done, fields, says):
    page = contest(office, unit=stage.units["school"].pk, **fields)
    assert (page.status_code, says in page.text, AppraisalObjection.objects.exists()) == (422, True, False)


def test_others_find_neither_list_entry_nor_page(office, stage, done):
    request = asked(office, done)
    where = contest(office, unit=stage.units["school"].pk).url
    for name in ("other_principal", "other_teacher"):
        assert done.number not in office.as_(name).get("/staff/exclusions/").text
        for address in (f"/staff/exclusions/{request.pk}/", where, f"{where}reject/"):
            assert office.as_(name).get(address).status_code == 404, (name, address)
    assert office.as_("caller").get("/staff/exclusions/").status_code == 404
