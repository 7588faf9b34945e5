"""The bulletin of a month on paper: its sections, its counters whatever they are, its annex with the same numbers."""

import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from huying.papers.bulletin import figures
from huying.papers.bulletin.annex import annex
from huying.papers.bulletin.facts import ChangedFigure, Correction, Standing
from huying.papers.bulletin.files import files
from huying.papers.bulletin.paper import paper, said
from huying.papers.official.document import DRAFT, Heading, Paragraph, Table
from huying.papers.sheets import Form, Page, book
from tests.papers.samples import BULLETIN, CHANNELS

ISSUED = replace(
    BULLETIN, standing=Standing.ISSUED, number="澄实小惠〔2026〕3号", issued_on=date(2026, 11, 2), signer=""
)
BARE = replace(
    BULLETIN, breakdowns=(), units=None, lists=(), alarms=(), matters=(), good=(), tasks=(), remarks=(), overview=()
)


def headings(of):
    return [block.text for block in paper(of).blocks if isinstance(block, Heading) and block.level == 1]


def tables(of):
    return [block for block in paper(of).blocks if isinstance(block, Table)]


def test_the_sections_stand_in_the_order_of_an_official_bulletin():
    assert headings(BULLETIN) == [
        "总体情况",
        "主要指标",
        "各单位办理情况",
        "需要督促的诉求",
        "热点与预警",
        "对照计数",
        "约谈、督办和挂账",
        "值得肯定的做法",
        "有关要求",
        "下一步工作",
    ]


def test_sections_of_nothing_are_left_out_but_never_the_counters():
    assert headings(BARE) == ["总体情况", "主要指标", "对照计数"]
    counters = tables(BARE)[-1]
    assert len(counters.rows) == len(BULLETIN.counters)
    assert ("诉求人称没有联系", "0 件", "") in counters.rows


def test_a_draft_says_so_and_has_no_number_and_an_issue_has_both_day_and_number():
    draft, issued = paper(BULLETIN), paper(ISSUED)
    assert (draft.mark, draft.letterhead.number, draft.signature.on) == (DRAFT, "", None)
    assert (issued.mark, issued.letterhead.number, issued.signature.on) == (
        "",
        "澄实小惠〔2026〕3号",
        date(2026, 11, 2),
    )


def test_the_digest_of_the_frozen_figures_is_printed():
    assert any(BULLETIN.digest in line for line in paper(BULLETIN).seal)


def test_a_correction_names_the_old_issue_and_every_change():
    change = ChangedFigure("按时办结率", "92.9%（39/42）", "95.2%（40/42）", "一件延期批准登记有误")
    corrected = replace(ISSUED, correction=Correction("澄实小惠〔2026〕2号", date(2026, 11, 1), "ab12", (change,)))
    blocks = paper(corrected).blocks
    assert any(isinstance(one, Paragraph) and "澄实小惠〔2026〕2号" in one.text for one in blocks)
    first = tables(corrected)[0]
    assert first.rows == (("按时办结率", "92.9%（39/42）", "95.2%（40/42）", "一件延期批准登记有误"),)
    assert "ab12" in first.note


def test_what_is_hidden_is_a_dash_and_says_why():
    kinds = next(one for one in tables(BULLETIN) if one.caption == "按性质")
    assert kinds.rows[-1] == ("举报", "—", "—")
    assert kinds.note == "不足 5 件的不单列。"


@pytest.mark.parametrize(
    ("cell", "form", "printed"),
    [
        (None, Form.NUMBER, ""),
        (0.952, Form.SHARE, "95.2%"),
        (3.0, Form.NUMBER, "3"),
        (3.25, Form.NUMBER, "3.25"),
        (1234567, Form.NUMBER, "1234567"),
        (date(2026, 3, 5), Form.DAY, "3月5日"),
        ("总务处", Form.TEXT, "总务处"),
    ],
)
def test_a_cell_is_printed_by_its_form(cell, form, printed):
    assert said(cell, form) == printed


@pytest.mark.parametrize(
    ("since", "until", "span"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), "2026年10月"),
        (date(2026, 12, 1), date(2026, 12, 31), "2026年12月"),
        (date(2026, 10, 19), date(2026, 11, 18), "2026年10月19日至2026年11月18日"),
        (date(2026, 10, 1), date(2026, 10, 30), "2026年10月1日至2026年10月30日"),
    ],
)
def test_a_whole_month_is_called_by_its_name(since, until, span):
    first = paper(replace(BULLETIN, since=since, until=until)).blocks[0]
    assert first.text == f"现将{span}诉求办理情况通报如下。"


def test_what_a_person_wrote_stands_paragraph_by_paragraph():
    written = replace(BULLETIN, remarks=("第一段。\n\n第二段。",))
    texts = [one.text for one in paper(written).blocks if isinstance(one, Paragraph)]
    assert texts[-2:] == ["第一段。", "第二段。"]


def test_the_annex_holds_the_same_numbers_as_numbers():
    made = openpyxl.load_workbook(io.BytesIO(annex(ISSUED)))
    assert made.sheetnames == [
        "主要指标",
        "对照计数",
        "按渠道",
        "按性质",
        "各级部、处室办理情况",
        "需要督促的诉求",
        "热点与预警",
        "约谈督办挂账",
    ]
    shown = [
        (row[10].value, row[1].value, row[2].value, round(row[3].value or 0, 12))
        for row in made["主要指标"].iter_rows(min_row=3)
    ]
    known = [
        (one["code"], one["n"], one["N"], round(one["value"] or 0, 12)) for one in figures.figures(ISSUED)["indicators"]
    ]
    assert shown == known
    late = made["需要督促的诉求"][3]
    assert (late[1].value, late[3].value, late[4].value) == ("SY-2026-00318", datetime(2026, 10, 22, 17, 0), 6)
    assert made["约谈督办挂账"]["D3"].value == datetime(2026, 10, 24)


def test_the_annex_has_a_frozen_head_and_no_formula_and_says_whose_it_is():
    made = openpyxl.load_workbook(io.BytesIO(annex(replace(BULLETIN, unit="=1+1"))))
    for page in made:
        assert page.freeze_panes == "A3"
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert "草稿" in made.active["A1"].value


def test_two_tables_of_one_name_get_sheets_of_their_own():
    made = openpyxl.load_workbook(io.BytesIO(annex(replace(BULLETIN, breakdowns=(CHANNELS, CHANNELS)))))
    assert made.sheetnames[2:4] == ["按渠道", "按渠道 4"]


def test_a_workbook_keeps_the_order_of_its_pages():
    made = openpyxl.load_workbook(io.BytesIO(book([Page("b", (), ()), Page("a", (), ())], watermark="")))
    assert made.sheetnames == ["b", "a"]


def test_an_issue_is_five_files_and_the_same_facts_are_the_same_files():
    made = files(ISSUED)
    assert list(made) == ["bulletin.docx", "bulletin.pdf", "bulletin.xlsx", "bulletin.html", "figures.json"]
    assert made == files(ISSUED)
    assert "<title>澄川县实验小学关于2026年10月诉求办理情况的通报</title>" in made["bulletin.html"].decode()
    assert made["figures.json"] == figures.canonical(ISSUED)
