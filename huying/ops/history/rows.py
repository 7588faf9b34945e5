"""Rows of past appeals and their answers, read from a sheet and made plain. A row that cannot be true is refused."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from python_calamine import CalamineError, CalamineWorkbook

from huying.language.words import clean_line, clean_text

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A day without an hour counts as the end of working hours: nothing is made to look answered sooner than it was.
END_OF_DAY = time(17, 0)
REQUIRED = ("external_ref", "received_at", "body")
OPTIONAL = ("appellant", "title", "answer", "answered_at")
LONGEST_NUMBER = 80
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?")


class NotASheet(Exception):
    """The file could not be read as a sheet."""


class BadMap(Exception):
    """The map names a column that the sheet has not, or leaves out one that is needed."""


class Impossible(ValueError):
    """A row that cannot be true; the text says why."""


@dataclass(frozen=True)
class PastRow:
    """One past appeal. `line` is its row in the sheet, counted as a spreadsheet shows it."""

    line: int
    external_ref: str
    appellant: str
    title: str
    body: str
    received_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class Refused:
    """A row that was left out, and why."""

    line: int
    external_ref: str
    reason: str


Cells = Mapping[str, Any]


def read(file: Path, columns: Mapping[str, str]) -> Iterator[tuple[int, Cells]]:
    """(line, cells by our names) of every row under the heads of the first sheet. Raises NotASheet, BadMap."""
    missing = [name for name in REQUIRED if not columns.get(name)]
    unknown = sorted(set(columns) - {*REQUIRED, *OPTIONAL})
    if missing or unknown:
        raise BadMap(f"列对照表里缺少：{missing}；不认识：{unknown}")
    try:
        rows = iter(CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).iter_rows())
    except (CalamineError, OSError, IndexError) as error:
        raise NotASheet(f"读不出表格：{file.name}（{error}）") from error
    return _rows(rows, columns)


def _rows(rows: Iterator[list[Any]], columns: Mapping[str, str]) -> Iterator[tuple[int, Cells]]:
    heads = [str(head).strip() for head in next(rows, [])]
    absent = [head for head in columns.values() if head not in heads]
    if absent:
        raise BadMap(f"表格里没有这些列：{'、'.join(absent)}")
    places = {name: heads.index(head) for name, head in columns.items()}
    return (
        (line, {name: row[place] if place < len(row) else "" for name, place in places.items()})
        for line, row in enumerate(rows, start=2)
        if any(cell not in ("", None) for cell in row)
    )


def plain(line: int, cells: Cells) -> PastRow:
    """The row made plain; `Impossible` when it cannot be true."""
    received = _needed_moment(cells.get("received_at"), "留言时间")
    answer, answered = clean_text(_text(cells.get("answer"))), moment(cells.get("answered_at"))
    body = clean_text(_text(cells.get("body"))) or clean_line(_text(cells.get("title")))
    if not body:
        raise Impossible("没有内容")
    if answer and answered is None:
        raise Impossible("有答复，没有答复时间")
    if answered is not None and not answer:
        raise Impossible("有答复时间，没有答复")
    if answered is not None and answered < received:
        raise Impossible("答复早于留言")
    return PastRow(
        line=line,
        external_ref=number_of(cells),
        appellant=clean_line(_text(cells.get("appellant"))),
        title=clean_line(_text(cells.get("title"))),
        body=body,
        received_at=received,
        answer=answer,
        answered_at=answered,
    )


def number_of(cells: Cells) -> str:
    """The outer number; `Impossible` without one, or with one too long to be a number."""
    number = clean_line(_text(cells.get("external_ref")))
    if not number:
        raise Impossible("没有编号")
    if len(number) > LONGEST_NUMBER:
        raise Impossible("编号太长")
    return number


def _needed_moment(cell: Any, name: str) -> datetime:
    found = moment(cell)
    if found is None:
        raise Impossible(f"没有{name}")
    return found


def moment(cell: Any) -> datetime | None:
    """A moment of Chinese wall time from any shape a column may hold; None for an empty cell.

    A day without an hour is its 17:00. Raises Impossible for what is no date.
    """
    if isinstance(cell, datetime):
        # A sheet keeps a day without an hour as midnight.
        at = datetime.combine(cell.date(), END_OF_DAY) if cell.time() == time(0, 0) else cell
        return at.replace(tzinfo=SHANGHAI)
    if isinstance(cell, date):
        return datetime.combine(cell, END_OF_DAY, tzinfo=SHANGHAI)
    text = clean_line(_text(cell))
    return _written(text) if text else None


def _written(text: str) -> datetime:
    match = _DATE.fullmatch(text)
    if match is None:
        raise Impossible(f"看不懂的时间：{text[:40]}")
    year, month, day, hour, minute, second = match.groups()
    try:
        at = time(int(hour), int(minute), int(second or 0)) if hour else END_OF_DAY
        return datetime.combine(date(int(year), int(month), int(day)), at, tzinfo=SHANGHAI)
    except ValueError as error:
        raise Impossible(f"没有这个时间：{text[:40]}") from error


def _text(cell: Any) -> str:
    """A cell as text: a number that is whole has no point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
