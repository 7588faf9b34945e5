import csv
import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.papers.sheets import LONGEST_TEXT, Column, Form, csv_table, sheet

COLUMNS = [
    Column("编号", width=12),
    Column("事由", width=40),
    Column("天数", Form.NUMBER),
    Column("按期率", Form.SHARE),
    Column("登记日", Form.DAY),
    Column("期限", Form.MOMENT, width=18),
]
ROW = ["2026-0001", "=1+1", 3.5, 0.88, date(2026, 11, 24), datetime(2026, 11, 30, 9, 0, tzinfo=UTC)]
MARK = "王岚 2026-11-24 16:30 导出，仅供内部使用"


def opened(made):
    return openpyxl.load_workbook(io.BytesIO(made)).active


def test_every_cell_is_of_its_column_s_form():
    page = opened(sheet("明细", COLUMNS, [ROW], watermark=MARK))
    cells = [(cell.value, cell.data_type) for cell in page[3]]
    assert cells == [
        ("2026-0001", "s"),
        ("=1+1", "s"),
        (3.5, "n"),
        (0.88, "n"),
        (datetime(2026, 11, 24), "d"),
        (datetime(2026, 11, 30, 17, 0), "d"),
    ]


def test_the_watermark_stands_above_a_head_that_stays_in_sight():
    page = opened(sheet("明细", COLUMNS, [ROW], watermark=MARK))
    assert (page["A1"].value, page["A2"].value, page.freeze_panes) == (MARK, "编号", "A3")
    assert (page.auto_filter.ref, page.print_title_rows, page.title) == ("A2:F3", "$2:$2", "明细")
    assert MARK in page.oddFooter.left.text


def test_an_empty_table_has_its_head():
    page = opened(sheet("", COLUMNS, [], watermark=MARK))
    assert [cell.value for cell in page[2]] == ["编号", "事由", "天数", "按期率", "登记日", "期限"]
    assert page.title == "表"


def test_nothing_known_is_an_empty_cell():
    page = opened(sheet("明细", COLUMNS, [[None, "", None, None, None, None]], watermark=MARK))
    assert [cell.value for cell in page[3]] == [None] * 6


def test_a_text_too_long_for_a_cell_says_that_it_was_cut():
    page = opened(sheet("明细", [Column("事由")], [["字" * 40_000]], watermark=MARK))
    assert len(page["A3"].value) == LONGEST_TEXT
    assert page["A3"].value.endswith("…（太长，后面没有导出）")


def test_a_strange_name_for_a_sheet_is_made_a_possible_one():
    assert opened(sheet("[表]:*?/\\'" + "长" * 40, COLUMNS, [], watermark="")).title.startswith("表")


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "=cmd|' /C calc'!A0",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\x00=1",
            "＝1+1",
            " =1",
            "http://x.example",
            "\ud800",
            "\x08=1+1",
            "\ufffe \x0b@SUM(A1)",
        ]
    ),
)


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_whatever_is_exported_no_cell_is_a_formula_or_a_link(text):
    made = sheet("明细", [Column("事由")], [[text]], watermark=text)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        inside = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in inside
    assert b"hyperlink" not in inside
    page = opened(made)
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_no_field_of_a_csv_begins_like_a_formula(text):
    made = csv_table([Column("事由")], [[text]]).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(made, newline="")):
        assert all(
            not field.startswith(("=", "+", "-", "@", "\t", "\r", "\x00", "＝", "＋", "－", "＠")) for field in row
        )


def test_a_csv_reads_as_utf8_with_plain_dates_and_numbers():
    made = csv_table(COLUMNS, [ROW])
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig").splitlines() == [
        "编号,事由,天数,按期率,登记日,期限",
        "2026-0001,'=1+1,3.5,0.88,2026-11-24,2026-11-30 17:00",
    ]


def test_a_negative_number_stays_a_number():
    assert csv_table([Column("差", Form.NUMBER)], [[-3]]).decode("utf-8-sig").splitlines()[1] == "-3"


def test_a_row_that_does_not_fit_the_columns_is_an_error():
    with pytest.raises(ValueError, match="zip"):
        sheet("明细", COLUMNS, [["一"]], watermark=MARK)


def test_ten_thousand_rows_are_written_in_seconds():
    made = sheet("明细", COLUMNS, (ROW for _ in range(10_000)), watermark=MARK)
    assert opened(made).max_row == 10_002
