"""处理意见书, 告知书, 年度报告 and 宣传周方案: one click from the work, for those whose work it is."""

import io
from datetime import timedelta

import pytest
from docx import Document

from huying.appeals.actions.confirm import confirm
from huying.appeals.actions.refuse import refuse
from huying.appeals.models import ReadRecord
from huying.oversight import counting
from huying.rules.enums import AppealKind, RefusalGround
from tests import given
from tests.cast import at
from tests.pages.parent import hold
from tests.pages.test_proceeding_papers import words_in

DRAFT = "草 稿"


def paper(client, appeal, kind="opinion", form="docx"):
    return client.get(f"/staff/appeals/{appeal.pk}/papers/{kind}/{form}/")


def marks(page):
    """The words at the head of the pages."""
    sections = Document(io.BytesIO(page.content)).sections
    heads = [one for s in sections for one in (s.header, s.first_page_header, s.even_page_header)]
    return "".join(paragraph.text for head in heads for paragraph in head.paragraphs)


def test_the_opinion_says_what_the_family_was_told_and_never_who_they_are(office):
    appeal = given.delivered(office.stage)
    page = paper(office.as_("teacher"), appeal)
    said = words_in(page)
    for words in ("处理意见书", appeal.number, "诉求人", "孩子已换到第三排，从下周起两周轮换一次。", "2026年11月24日"):
        assert words in said
    # What stands in the inner record goes out on no paper.
    for words in ("与家长通过电话", "没有书面材料", "李强"):
        assert words not in said
    assert DRAFT not in marks(page) + said
    assert ReadRecord.objects.filter(appeal=appeal, page="paper").count() == 1
    assert paper(office.as_("teacher"), appeal, form="pdf").content[:5] == b"%PDF-"


def test_before_its_review_the_opinion_is_a_draft_and_the_family_has_none(office, client):
    appeal = given.answered(office.stage)
    page = paper(office.as_("grade_head"), appeal)
    assert "孩子已换到第三排" in words_in(page)
    assert DRAFT in marks(page) + words_in(page)
    hold(client, appeal)
    assert client.get(f"/progress/{appeal.pk}/opinion/").status_code == 404
    assert "下载处理意见书" not in client.get("/progress/").content.decode()


def test_the_family_takes_the_opinion_along_and_nobody_else_s(office, client):
    appeal, other = given.delivered(office.stage), given.delivered(office.stage)
    assert client.get(f"/progress/{appeal.pk}/opinion/").status_code == 302
    hold(client, appeal)
    assert f"/progress/{appeal.pk}/opinion/" in client.get("/progress/").content.decode()
    page = client.get(f"/progress/{appeal.pk}/opinion/")
    assert (page.status_code, page["Content-Type"], page.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert client.get(f"/progress/{other.pk}/opinion/").status_code == 404


@pytest.mark.parametrize("who", ["principal", "caller", "other_principal", "other_teacher", "auditor"])
def test_whoever_neither_answers_nor_concludes_is_handed_none(office, who):
    appeal = given.delivered(office.stage)
    assert paper(office.as_(who), appeal).status_code == 404


def test_nobody_learns_of_an_appeal_about_themselves(office):
    appeal = given.complaint_about(office.stage, "teacher")
    assert paper(office.as_("teacher"), appeal, "taken_on").status_code == 404
    assert ReadRecord.objects.filter(appeal=appeal, page="paper").count() == 0


def test_the_notice_that_it_is_taken_on_names_the_unit_and_the_day(office):
    appeal = given.handled(office.stage)
    said = words_in(paper(office.as_("dispatcher"), appeal, "taken_on"))
    for words in ("受理告知书", "三年级4班", appeal.number, "前答复"):
        assert words in said
    page = office.as_("dispatcher").get(f"/staff/appeals/{appeal.pk}/").content.decode()
    assert f"/staff/appeals/{appeal.pk}/papers/taken_on/docx/" in page
    assert "papers/opinion" not in page
    principal = office.as_("principal").get(f"/staff/appeals/{appeal.pk}/").content.decode()
    assert "papers/taken_on" not in principal


def test_a_refusal_is_a_draft_until_a_second_person_looked(office):
    stage = office.stage
    appeal = given.registered(stage)
    refuse(
        appeal, ground=RefusalGround.OTHER_LAWFUL_ROUTE, route="县劳动仲裁委", reason="这是劳动争议。",
        by=stage.dispatcher, at=at(11),
    )  # fmt: skip
    page = paper(office.as_("dispatcher"), appeal, "refused")
    for words in ("不予受理告知书", "应当走诉讼、仲裁、复议等法定途径", "这是劳动争议。", "县劳动仲裁委"):
        assert words in words_in(page)
    assert DRAFT in marks(page) + words_in(page)
    confirm(given.fresh(appeal), reviews=appeal.events.get(action="refuse").sequence, by=stage.inspector, at=at(12))
    page = paper(office.as_("dispatcher"), appeal, "refused")
    assert DRAFT not in marks(page) + words_in(page)


def test_of_a_report_only_the_topic_goes_on_paper(office):
    secret = "王老师在办公室收了红包。"
    appeal = given.dispatched(office.stage, kind=AppealKind.REPORT, body=secret, lead="office")
    said = words_in(paper(office.as_("dispatcher"), appeal, "taken_on"))
    assert appeal.number in said
    assert "红包" not in said


@pytest.mark.parametrize("address", ["opinion/exe", "secret/docx", "refused/docx", "opinion/docx"])
def test_a_paper_that_is_none_is_no_page(office, address):
    appeal = given.handled(office.stage)
    assert office.as_("dispatcher").get(f"/staff/appeals/{appeal.pk}/papers/{address}/").status_code == 404


def test_the_yearly_report_is_counted_and_handed_out_as_a_draft(office):
    stage = office.stage
    given.closed(stage)
    counting.count_due()
    office.clock_shows(at(17) + timedelta(days=1))
    asked = {"unit": stage.units["school"].pk, "year": "2026", "form": "docx"}
    page = office.as_("dispatcher").post("/staff/bulletins/year/", asked)
    said = words_in(page)
    for words in ("2026年度", "本年收到诉求1件", "11月", "年度目标", "对照计数"):
        assert words in said
    assert DRAFT in marks(page) + said
    assert office.as_("dispatcher").post("/staff/bulletins/year/", asked | {"form": "pdf"}).content[:5] == b"%PDF-"


@pytest.mark.parametrize("wrong", [{"year": "2099"}, {"year": "x"}, {"unit": "999999"}, {"form": "exe"}])
def test_a_year_or_unit_that_is_none_comes_back(office, wrong):
    asked = {"unit": office.stage.units["school"].pk, "year": "2026", "form": "docx"} | wrong
    assert office.as_("dispatcher").post("/staff/bulletins/year/", asked).status_code == 422


WEEK = {
    "theme": "有诉必应", "since": "2026-11-23", "until": "2026-11-27", "aims": "让家长知道找谁。",
    "tasks": "11-25 开放日\n发放联系卡", "who": "德育处", "where": "校门口", "prepared": "联系卡", "demands": "",
    "form": "docx",
}  # fmt: skip


def test_the_plan_of_a_week_has_its_days_in_order(office):
    asked = WEEK | {"unit": office.stage.units["school"].pk}
    said = words_in(office.as_("principal").post("/staff/campaign-week/", asked))
    for words in ("教育惠民宣传周实施方案", "有诉必应", "11月23日", "11月25日", "开放日", "德育处", "校门口"):
        assert words in said
    assert said.index("发放联系卡") < said.index("开放日")
    assert ("物料准备" in said, "工作要求" in said) == (True, False)


@pytest.mark.parametrize(
    "wrong",
    [{"until": "2026-11-20"}, {"until": "2027-11-20"}, {"tasks": "12-30 太晚"}, {"theme": ""}, {"unit": "999999"},
     {"tasks": "做\n" * 61}],
)  # fmt: skip
def test_a_plan_that_cannot_be_comes_back_with_what_was_written(office, wrong):
    asked = WEEK | {"unit": office.stage.units["school"].pk} | wrong
    page = office.as_("inspector").post("/staff/campaign-week/", asked)
    assert page.status_code == 422
    assert "让家长知道找谁。" in page.content.decode()


def test_a_teacher_plans_no_week(office):
    assert office.as_("teacher").get("/staff/campaign-week/").status_code == 404
    assert office.as_("dispatcher").get("/staff/campaign-week/").status_code == 200
