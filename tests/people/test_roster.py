"""A roster that somebody brings: what is understood of it, and what is said of the rest."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from huying.papers.incoming import NoSuchColumn, NotASheet
from huying.people import roster
from huying.rules.enums import PostKind

HEADS = ["姓名", "工号", "单位", "岗位", "从哪天", "到哪天", "邮箱"]


def book(*rows, heads=HEADS, title=None) -> bytes:
    """An .xlsx as a school would save it."""
    made = openpyxl.Workbook()
    page = made.active
    if title:
        page.append([title])
        page.merge_cells("A1:G1")
    page.append(heads)
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def faults(*rows) -> list[tuple[int, str]]:
    return [(one.line, one.column) for one in roster.read(book(*rows)).faults]


def test_a_row_is_read_with_blanks_and_widths_as_people_type_them():
    sheet = roster.read(book(["王　芳 ", "Ｔ００１", "三年级部 / 三年级4班", "班主任", "2026年9月1日", None, None]))
    assert sheet.rows == (
        roster.Row(2, "王芳", "T001", "三年级部/三年级4班", PostKind.CLASS_TEACHER, date(2026, 9, 1), None, ""),
    )


@pytest.mark.parametrize(
    "cell", ["2026-09-01", "2026/9/1", "2026.9.1", "2026年9月1日", "20260901", datetime(2026, 9, 1)]
)
def test_a_day_may_be_written_in_many_ways(cell):
    sheet = roster.read(book(["王芳", 1001, "三年级4班", "班主任", cell, None, None]))
    assert (sheet.rows[0].starts, sheet.rows[0].number) == (date(2026, 9, 1), "1001")


def test_the_heads_may_stand_below_a_merged_title_and_the_number_be_called_login():
    heads = ["姓名", "登录名", "单位"]
    sheet = roster.read(book(["王芳", "wangfang", "三年级4班"], heads=heads, title="2026 年秋名册"))
    assert [(row.line, row.number, row.post) for row in sheet.rows] == [(3, "wangfang", None)]


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ([None, "T1", "三年级4班"], "姓名"),
        (["123", "T1", "三年级4班"], "姓名"),
        (["王芳", None, "三年级4班"], "工号"),
        (["王芳", "T 1/2", "三年级4班"], "工号"),
        (["王芳", "T1", None], "单位"),
        (["王芳", "T1", "三年级4班", "国王"], "岗位"),
        (["王芳", "T1", "三年级4班", "班主任", "九月"], "从哪天"),
        (["王芳", "T1", "三年级4班", "班主任", "2026-02-30"], "从哪天"),
        (["王芳", "T1", "三年级4班", "班主任", "2026-09-01", "2026-08-01"], "到哪天"),
        (["王芳", "T1", "三年级4班", None, None, None, "王芳"], "邮箱"),
    ],
)
def test_a_fault_names_its_row_and_column_and_the_good_rows_stay(row, where):
    sheet = roster.read(book(["李强", "T9", "三年级部"], row))
    assert [(one.line, one.column) for one in sheet.faults] == [(3, where)]
    assert [one.name for one in sheet.rows] == ["李强"]


def test_a_formula_is_no_name():
    assert faults(["=1+1", "T1", "三年级4班"]) == [(2, "姓名")]


@pytest.mark.parametrize(
    ("packed", "words"),
    [
        (b"", "文件是空的"),
        ("姓名,工号\n".encode(), "这不是 Excel 表格"),
        (b"PK\x03\x04nonsense", "可能已经损坏"),
        (b"\xd0\xcf\x11\xe0old", "旧格式"),
        (book(), "表格里没有人"),
    ],
)
def test_what_is_no_roster_is_refused_with_what_to_do(packed, words):
    with pytest.raises(NotASheet, match=words):
        roster.read(packed)


def test_missing_heads_are_named():
    with pytest.raises(NoSuchColumn, match="工号、单位"):
        roster.read(book(["王芳", "三年级4班"], heads=["姓名", "班级"]))


def test_a_sheet_of_fifty_thousand_rows_is_refused():
    made = openpyxl.Workbook(write_only=True)
    page = made.create_sheet()
    page.append(HEADS)
    for number in range(50_000):
        page.append(["王芳", f"T{number}", "三年级4班"])
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(NotASheet, match="表格太大"):
        roster.read(out.getvalue())


def test_rows_that_were_carried_on_a_page_are_the_same_rows():
    sheet = roster.read(book(["王芳", "T1", "三年级4班", "班主任", "2026-09-01", None, "a@example.org"]))
    assert roster.thawed(roster.frozen(sheet)) == sheet
