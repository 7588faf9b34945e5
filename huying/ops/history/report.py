"""The rows that were left out, as a sheet."""

import io
from collections.abc import Iterable

import xlsxwriter

from huying.ops.history.rows import Refused

HEADS = ("行", "编号", "没有导入的原因")


def sheet(refused: Iterable[Refused]) -> bytes:
    """An .xlsx with one line per refused row; every cell is typed, none is a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet("没有导入")
    for column, head in enumerate(HEADS):
        page.write_string(0, column, head)
    for line, one in enumerate(refused, start=1):
        page.write_number(line, 0, one.line)
        page.write_string(line, 1, one.external_ref)
        page.write_string(line, 2, one.reason)
    page.freeze_panes(1, 0)
    page.set_column(2, 2, 60)
    book.close()
    return out.getvalue()
