"""Tables as .xlsx and .csv that open everywhere and run nothing: text is text, dates are dates, numbers numbers."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, assert_never
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONGEST_TEXT = 32_767  # of one cell, as every spreadsheet program has it
CUT = "…（太长，后面没有导出）"

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
# What a spreadsheet program takes for the beginning of a formula, in both widths.
_FORMULA = re.compile(r"[=+\-@\t\r\x00＝＋－＠]")


class Form(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True)
class Column:
    """A column: its head, what it holds, and how many characters wide it is."""

    head: str
    form: Form = Form.TEXT
    width: int = 14


@dataclass(frozen=True)
class Stamp:
    """Who took the sheet out, when and what for: kept in the properties of the file, where a crop cannot reach."""

    who: str
    at: datetime
    purpose: str


Row = Sequence[Any]
_LOOKS = {Form.NUMBER: "0.##", Form.SHARE: "0%", Form.DAY: "yyyy-mm-dd", Form.MOMENT: "yyyy-mm-dd hh:mm"}


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Row]


def sheet(
    name: str, columns: Sequence[Column], rows: Iterable[Row], *, watermark: str, stamp: Stamp | None = None
) -> bytes:
    """An .xlsx: the watermark above a head that stays in sight, every cell of its column's form, ready to filter."""
    return book([Page(name, columns, rows)], watermark=watermark, stamp=stamp)


def book(pages: Sequence[Page], *, watermark: str, stamp: Stamp | None = None) -> bytes:
    """An .xlsx of several such sheets, at least one."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    if stamp is not None:
        _mark(made, pages[0].name, stamp, watermark=watermark)
    bold, wrapped = made.add_format({"bold": True, "bottom": 1}), made.add_format({"text_wrap": True, "valign": "top"})
    looks = {form: made.add_format({"num_format": look, "valign": "top"}) for form, look in _LOOKS.items()}
    for page, name in zip(pages, _names(pages), strict=True):
        _fill(made.add_worksheet(name), page, bold, lambda form: looks.get(form, wrapped), watermark=watermark)
    made.close()
    return out.getvalue()


def _names(pages: Sequence[Page]) -> list[str]:
    """Names that a workbook can hold: 31 characters, without its own marks, no two alike."""
    names: list[str] = []
    for place, page in enumerate(pages, start=1):
        name = _NO_SHEET_NAME.sub(" ", _plain(page.name))[:31].strip() or "表"
        is_taken = name.casefold() in {other.casefold() for other in names}
        names.append(f"{name[:27]} {place}" if is_taken else name)
    return names


def _fill(on: Worksheet, page: Page, bold: Format, look: Callable[[Form], Format], *, watermark: str) -> None:
    on.write_string(0, 0, _plain(watermark))
    for place, column in enumerate(page.columns):
        on.set_column(place, place, column.width)
        on.write_string(1, place, _plain(column.head), bold)
    last = 1
    for last, row in enumerate(page.rows, start=2):
        for place, (column, value) in enumerate(zip(page.columns, row, strict=True)):
            _write(on, last, place, column.form, value, look(column.form))
    _dress(on, last=last, width=len(page.columns), watermark=watermark)


def csv_table(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """A .csv that Excel and WPS read as UTF-8; a text that begins like a formula gets an apostrophe before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_guarded(column.head) for column in columns])
    for row in rows:
        writer.writerow([_said(column.form, value) for column, value in zip(columns, row, strict=True)])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "ignore")


def _write(page: Worksheet, line: int, place: int, form: Form, value: Any, look: Format) -> None:
    if value is None or value == "":
        page.write_blank(line, place, None, look)
        return
    match form:
        case Form.TEXT:
            page.write_string(line, place, _plain(str(value)), look)
        case Form.NUMBER | Form.SHARE:
            page.write_number(line, place, value, look)
        case Form.DAY | Form.MOMENT:
            page.write_datetime(line, place, _wall(value), look)
        case _:
            assert_never(form)


def _mark(book: xlsxwriter.Workbook, name: str, stamp: Stamp, *, watermark: str) -> None:
    """The properties of the file say where it comes from; the moment is that of the house, never the machine's."""
    said = {"title": name, "author": stamp.who, "subject": stamp.purpose, "comments": watermark}
    book.set_properties({**{key: _plain(text)[:250] for key, text in said.items()}, "created": _wall(stamp.at)})


def _dress(page: Worksheet, *, last: int, width: int, watermark: str) -> None:
    """The head is frozen and filtered; in print it stands on every page, with the watermark in the margin."""
    page.freeze_panes(2, 0)
    page.autofilter(1, 0, max(last, 1), max(width - 1, 0))
    page.repeat_rows(1)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_footer("&L" + _plain(watermark).replace("&", "&&")[:200] + "&R&P/&N")


def no_xml(text: str) -> str:
    """The text without the characters that no XML can hold."""
    return _NO_XML.sub("", text)


def _plain(text: str) -> str:
    """What a sheet can hold of a text."""
    kept = _NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return kept if len(kept) <= LONGEST_TEXT else kept[: LONGEST_TEXT - len(CUT)] + CUT


def _wall(value: date | datetime) -> date | datetime:
    """A moment as the clock on the wall in China shows it: sheets know no time zones."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(SHANGHAI).replace(tzinfo=None)
    return value


def _said(form: Form, value: Any) -> str:
    if value is None:
        return ""
    if form is Form.TEXT:
        return _guarded(str(value))
    if form is Form.MOMENT:
        return _wall(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if form is Form.DAY else repr(value)


def _guarded(text: str) -> str:
    """What a sheet cannot hold goes first: it may hide the sign that begins a formula."""
    kept = _NO_XML.sub("", text)
    return f"'{kept}" if _FORMULA.match(kept) or _FORMULA.match(kept.lstrip()) else kept
