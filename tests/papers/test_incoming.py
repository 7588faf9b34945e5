import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.papers.incoming import Bounds, NoSuchColumn, NotASheet, headed, rows

HEADS = {"name": "姓名", "login": "登录名", "phone": "电话"}


def made(lines, *, down=0, right=0):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for line, cells in enumerate(lines, start=down):
        page.write_row(line, right, cells)
    book.close()
    return out.getvalue()


def test_filled_rows_come_with_the_line_a_person_sees():
    assert list(rows(made([["姓名"], [], ["王岚"], [], ["李强"]]))) == [(1, ["姓名"]), (3, ["王岚"]), (5, ["李强"])]


def test_a_table_may_stand_away_from_the_corner():
    assert list(rows(made([["姓名"], ["王岚"]], down=3, right=2))) == [(4, ["", "", "姓名"]), (5, ["", "", "王岚"])]


def test_cells_come_by_our_names_below_the_heads():
    sheet = made([["花名册（2026）"], ["序号", " 姓 名 ", "登录名", "电话"], [1, "王岚", "wanglan", "13800005678"]])
    assert list(headed(sheet, HEADS)) == [(3, {"name": "王岚", "login": "wanglan", "phone": "13800005678"})]


def test_a_missing_column_is_named():
    with pytest.raises(NoSuchColumn, match="表格里没有这些列：登录名、电话"):
        headed(made([["姓名"], ["王岚"]]), HEADS)


def test_a_column_that_may_be_missing_is_left_out():
    sheet = made([["姓名", "登录名"], ["王岚", "wanglan"]])
    assert list(headed(sheet, HEADS, optional=frozenset({"phone"}))) == [(2, {"name": "王岚", "login": "wanglan"})]


def test_a_file_on_disk_and_an_open_file_are_read_too(tmp_path):
    file = tmp_path / "roster.xlsx"
    file.write_bytes(made([["王岚"]]))
    assert list(rows(file)) == [(1, ["王岚"])]
    with file.open("rb") as opened:
        assert list(rows(opened)) == [(1, ["王岚"])]


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "文件是空的"),
        ("姓名,电话\n王岚,1".encode("gbk"), "这不是 Excel 表格"),
        (b"<html><table></table></html>", "这不是 Excel 表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧格式的 .xls"),
        (b"MZ\x90\x00" + b"\0" * 100, "这不是 Excel 表格"),
        (zipped({"word/document.xml": "<w/>"}), "里面没有工作表"),
        (made([["王岚"]])[:400], "打不开"),
        (zipped({"xl/workbook.xml": "<workbook"}), "打不开"),
        (zipped({"xl/workbook.xml": "0" * (8 << 20)}), "解开以后太大"),
        (zipped({"xl/workbook.xml": "", **{f"x{n}": "" for n in range(60)}}), "解开以后太大"),
        (b"PK\x03\x04" + b"0" * (1 << 20), "文件太大，最多 1 MB"),
    ],
)
def test_what_is_no_sheet_is_refused_with_advice(file, said):
    bounds = Bounds(packed=1 << 20, unpacked=4 << 20, members=50)
    with pytest.raises(NotASheet, match=said):
        list(rows(file, bounds=bounds))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(NotASheet, match="读不到文件"):
        rows(tmp_path / "nothing.xlsx")


def test_too_many_rows_are_refused_before_any_is_read():
    with pytest.raises(NotASheet, match="最多 3 行"):
        rows(made([["一"]] * 6), bounds=Bounds(rows=3))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 5000))
def test_a_damaged_sheet_is_refused_or_read_but_never_breaks(noise, at):
    whole = made([["姓名", "电话"], ["王岚", "1"]])
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    try:
        list(rows(damaged))
    except NotASheet as refused:
        assert str(refused)
