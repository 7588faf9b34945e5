"""The pages of bulletins: begun, read as printed, taken further by forms, and taken along as files."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from docx import Document

from huying.oversight.models import Bulletin
from huying.rules.enums import BulletinStage
from tests import given
from tests.oversight.bulletin import drafted, issued


def act(office, who, made, name, **fields):
    address = reverse("staff:bulletin_step", args=[made.pk, name])
    return office.as_(who).post(address, fields, follow=True)


def test_a_month_is_drafted_from_the_list(office):
    given.closed(office.stage)
    page = office.as_("dispatcher").get(reverse("staff:bulletins"))
    assert "起草一份" in page.content.decode()
    unit = office.stage.units["school"].pk
    asked = {"unit": unit, "month": "2026-10"}
    answer = office.as_("dispatcher").post(reverse("staff:bulletin_draft"), asked)
    made = Bulletin.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("staff:bulletin", args=[made.pk]))
    again = office.as_("dispatcher").post(reverse("staff:bulletin_draft"), asked)
    assert (again.status_code, Bulletin.objects.count()) == (422, 1)
    assert "这一期已经有草稿了" in again.content.decode()


@pytest.mark.parametrize("wrong", [{"unit": "7", "month": "2026-10"}, {"unit": "", "month": ""}, {"month": "2099-01"}])
def test_another_unit_or_month_is_refused(office, wrong):
    answer = office.as_("dispatcher").post(reverse("staff:bulletin_draft"), wrong)
    assert (answer.status_code, Bulletin.objects.count()) == (422, 0)


def test_it_goes_from_hand_to_hand_by_forms(office):
    made = drafted(office.stage)
    act(office, "dispatcher", made, "edit", overview="本月收到 0 件。\n没有超期。", addressee="各级部")
    act(office, "inspector", made, "check")
    assert "起草或改过" not in act(office, "principal", made, "sign").content.decode()
    page = act(office, "dispatcher", made, "issue").content.decode()
    made.refresh_from_db()
    assert (made.stage, made.number) == (BulletinStage.ISSUED, "澄川校惠〔2026〕1号")
    assert "没有超期。" in page
    assert "澄川校惠〔2026〕1号" in page


def test_whoever_may_not_is_told_why_and_nothing_happens(office):
    made = drafted(office.stage)
    page = act(office, "dispatcher", made, "check").content.decode()
    made.refresh_from_db()
    assert ("请换一个人" in page, made.stage) == (True, BulletinStage.DRAFT)


def test_a_return_without_a_reason_comes_back(office):
    made = drafted(office.stage)
    act(office, "inspector", made, "check")
    answer = office.as_("principal").post(reverse("staff:bulletin_step", args=[made.pk, "return"]), {"reason": ""})
    assert answer.status_code == 422


def test_the_files_open_and_say_the_same(office):
    given.closed(office.stage)
    made = issued(office.stage)
    files = {
        kind: office.as_("teacher").get(reverse("staff:bulletin_file", args=[made.pk, kind]))
        for kind in ("docx", "pdf", "xlsx", "json")
    }
    assert {one.status_code for one in files.values()} == {200}
    text = "\n".join(one.text for one in Document(BytesIO(files["docx"].content)).paragraphs)
    assert "总体情况" in text
    assert files["pdf"].content.startswith(b"%PDF-")
    assert "主要指标" in openpyxl.load_workbook(BytesIO(files["xlsx"].content)).sheetnames
    assert files["json"].json()["unit"] == "澄川县实验小学"
    assert office.as_("teacher").get(reverse("staff:bulletin_file", args=[made.pk, "exe"])).status_code == 404


def test_a_draft_is_its_makers_alone(office):
    made = drafted(office.stage)
    address = reverse("staff:bulletin", args=[made.pk])
    seen = {name: office.as_(name).get(address).status_code for name in ("dispatcher", "teacher", "other_principal")}
    assert seen == {"dispatcher": 200, "teacher": 404, "other_principal": 404}


def test_a_unit_answers_and_a_correction_is_begun(office):
    made = issued(office.stage)
    page = act(office, "grade_head", made, "reply", reason="座位改为轮换。").content.decode()
    assert "座位改为轮换。" in page
    answer = office.as_("dispatcher").post(reverse("staff:bulletin_correct", args=[made.pk]), follow=True)
    new = Bulletin.objects.exclude(pk=made.pk).get()
    assert (new.corrects, answer.status_code) == (made, 200)
    assert made.number in answer.content.decode()


def test_somebody_changed_it_and_the_page_says_so(office):
    made = issued(office.stage)
    Bulletin.objects.filter(pk=made.pk).update(words={"overview": ["一切都好。"]})
    assert "签名对不上" in office.as_("principal").get(reverse("staff:bulletin", args=[made.pk])).content.decode()


def test_what_people_write_is_only_text(office):
    made = drafted(office.stage)
    page = act(office, "dispatcher", made, "edit", overview="<script>alert(1)</script>").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
