"""The papers of talks, studies and supervision: by one click, and never with a case the reader may not see."""

import io
import zipfile

import pytest
from docx import Document

from huying.appeals.actions.supervise import supervise
from tests import given
from tests.cast import at
from tests.oversight import talks

LIST = "/staff/proceedings/"


def words_in(page):
    """Everything a .docx says, tables too."""
    document = Document(io.BytesIO(page.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def paper(client, proceeding, kind, form="docx"):
    return client.get(f"{LIST}{proceeding.pk}/papers/{kind}/{form}/")


def test_the_call_names_unit_day_place_ground_and_cases(office, stage):
    appeal = given.handled(stage, lead="office", by="office_head")
    proceeding = talks.called(stage, cases=[appeal])
    page = paper(office.as_("office_head"), proceeding, "notice")
    said = words_in(page)
    for words in ("约谈通知", "总务处", "2026年11月26日9:00", "县中心二楼会议室", "三件食堂诉求超时。", appeal.number):
        assert words in said
    assert "%E7%BA%A6%E8%B0%88%E9%80%9A%E7%9F%A5" in page["Content-Disposition"]
    assert paper(office.as_("principal"), proceeding, "record").status_code == 404


def test_the_record_holds_facts_view_commitments_and_who_signed(office, stage):
    said = words_in(paper(office.as_("principal"), talks.signed(stage), "record"))
    for words in (
        "三件都在到期后两天才答复。",
        "人手不够，已调整。",
        "每天公示菜单和价格",
        "钱进",
        "2026年12月4日",
        "2026年12月18日",
    ):
        assert words in said


def test_the_minutes_of_a_study_hold_causes_decisions_and_tasks(office, stage):
    proceeding = talks.studied(stage)
    assert paper(office.as_("principal"), proceeding, "minutes").status_code == 404
    said = words_in(paper(office.as_("office_head"), talks.decided(stage), "minutes"))
    for words in ("午餐排队超过二十分钟。", "三个年级同时下课。", "错峰十分钟。", "排错峰表", "李强", "总务处"):
        assert words in said


def test_each_reader_s_paper_holds_the_cases_they_see(office, stage):
    appeal = given.handled(stage)
    proceeding = talks.studied(stage, cases=[appeal])
    heavy = talks.called(stage, unit="grade", cases=[given.fresh(appeal)])
    assert appeal.number in words_in(paper(office.as_("principal"), heavy, "notice"))
    assert paper(office.as_("office_head"), heavy, "notice").status_code == 404
    assert office.as_("office_head").get(f"{LIST}{proceeding.pk}/").status_code == 200


def test_a_paper_can_be_had_as_pdf(office, stage):
    page = paper(office.as_("principal"), talks.signed(stage), "record", "pdf")
    assert (page["Content-Type"], page.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("address", ["papers/notice/exe/", "papers/secret/docx/", "papers/minutes/docx/"])
def test_a_paper_that_is_none_is_no_page(office, stage, address):
    proceeding = talks.called(stage)
    assert office.as_("principal").get(f"{LIST}{proceeding.pk}/{address}").status_code == 404


def test_what_people_typed_runs_in_no_paper(office, stage):
    hostile = '<w:t>=1+1</w:t> #eval("1") & ]]> $x$'
    said = words_in(paper(office.as_("principal"), talks.called(stage, reason=hostile), "notice"))
    assert hostile in said
    assert paper(office.as_("principal"), talks.called(stage, reason=hostile), "notice", "pdf").status_code == 200


def test_the_letter_of_a_supervision_says_what_is_demanded_by_when(office, stage):
    appeal = given.handled(stage)
    supervise(appeal, demand="三天内换好座位。", due_at=at(17, day=27), reason="久拖", by=stage.principal, at=at(13))
    page = office.as_("county_supervisor").get(f"{LIST}supervised/{appeal.pk}/docx/")
    assert zipfile.is_zipfile(io.BytesIO(page.content))
    for words in ("督办通知", "三年级4班", appeal.number, "三天内换好座位。", "2026年11月27日"):
        assert words in words_in(page)
    for who in ("other_principal", "teacher"):
        assert office.as_(who).get(f"{LIST}supervised/{appeal.pk}/docx/").status_code == 404
    untouched = given.handled(stage)
    assert office.as_("principal").get(f"{LIST}supervised/{untouched.pk}/docx/").status_code == 404
