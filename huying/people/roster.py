"""A roster as a sheet: its columns, the rows of one that somebody brings, and one made of the people there are."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from huying.papers import cells, incoming, sheets
from huying.papers.sheets import Column, Form
from huying.rules import labels
from huying.rules.enums import PostKind

MOST_ROWS = 3_000
BOUNDS = incoming.Bounds(packed=5 << 20, unpacked=60 << 20, members=500, rows=MOST_ROWS + 20, columns=60)
NUMBER_HEADS = ("工号", "登录名", "工号/登录名")
HEADS = {
    "name": "姓名",
    "number": NUMBER_HEADS[0],
    "unit": "单位",
    "post": "岗位",
    "starts": "从哪天",
    "ends": "到哪天",
    "email": "邮箱",
}
OPTIONAL = frozenset({"post", "starts", "ends", "email"})
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
# What schools write where we say otherwise.
ALSO = {
    "年级主任": PostKind.GRADE_HEAD,
    "级部负责人": PostKind.GRADE_HEAD,
    "处室负责人": PostKind.OFFICE_HEAD,
    "登记员": PostKind.CLERK,
    "办事员": PostKind.CLERK,
}
POSTS = {labels.label(kind): kind for kind in PostKind} | ALSO
NO_POST = ("", "无", "教师", "老师", "-", "/")


@dataclass(frozen=True)
class Row:
    """One row as it was understood: somebody works in a unit, in a post or in none."""

    line: int
    name: str
    number: str
    unit: str
    post: PostKind | None
    starts: date | None
    ends: date | None
    email: str


@dataclass(frozen=True)
class Fault:
    """What is wrong in which cell, and what to do, in words for people."""

    line: int
    column: str
    words: str


@dataclass(frozen=True)
class Sheet:
    """The rows that were understood, and the faults of those that were not."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


class Wrong(ValueError):
    """A cell cannot be understood."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column = column


def read(packed: bytes) -> Sheet:
    """The rows of a sheet that somebody brought. Raises NotASheet, NoSuchColumn."""
    rows: list[Row] = []
    faults: list[Fault] = []
    for line, found in _headed(packed):
        if not any(cells.text_of(cell) for cell in found.values()):
            continue
        try:
            rows.append(_row(line, found))
        except Wrong as wrong:
            faults.append(Fault(line, HEADS[wrong.column], str(wrong)))
    if not rows and not faults:
        raise incoming.NotASheet(_("表格里没有人：标题下面一行一个人"))
    if len(rows) + len(faults) > MOST_ROWS:
        raise incoming.NotASheet(_("表格太大：最多 %(most)d 行，请分成几个文件") % {"most": MOST_ROWS})
    return Sheet(tuple(rows), tuple(faults))


def made_of(rows: Iterable[tuple[Any, ...]], *, title: str) -> bytes:
    """A sheet with the columns of a roster and these rows, to be filled in and brought back."""
    forms = {"starts": Form.DAY, "ends": Form.DAY}
    columns = [Column(head, forms.get(name, Form.TEXT), 20) for name, head in HEADS.items()]
    return sheets.sheet("名册", columns, rows, watermark=title)


def plain(text: Any) -> str:
    """A name as it is compared: one width, no blanks between Chinese characters."""
    said = " ".join(unicodedata.normalize("NFKC", cells.text_of(text)).split())
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", said)


def _headed(packed: bytes) -> Iterable[tuple[int, dict[str, Any]]]:
    lacking: incoming.NoSuchColumn | None = None
    for head in NUMBER_HEADS:
        try:
            return list(incoming.headed(packed, HEADS | {"number": head}, optional=OPTIONAL, bounds=BOUNDS))
        except incoming.NoSuchColumn as error:
            lacking = lacking or error
    raise lacking or incoming.NoSuchColumn


def _row(line: int, found: Mapping[str, Any]) -> Row:
    starts, ends = _day(found, "starts"), _day(found, "ends")
    if starts is not None and ends is not None and ends < starts:
        raise Wrong("ends", _("到哪天不能早于从哪天"))
    return Row(
        line=line,
        name=_name(found["name"]),
        number=_number(found["number"]),
        unit=_unit(found["unit"]),
        post=_post(found.get("post")),
        starts=starts,
        ends=ends,
        email=_email(found.get("email")),
    )


def _name(cell: Any) -> str:
    name = plain(cell)
    if not name:
        raise Wrong("name", _("没有姓名，请填上"))
    if len(name) > 60 or not re.search(r"[^\W\d_]", name):
        raise Wrong("name", _("这不像姓名：%(text)s") % {"text": name[:20]})
    return name


def _number(cell: Any) -> str:
    number = plain(cell)
    if not number:
        raise Wrong("number", _("没有工号，请填上；同名的人靠它分开"))
    if not NUMBER.fullmatch(number):
        raise Wrong("number", _("工号只用字母、数字、点和短横，最多 40 位：%(text)s") % {"text": number[:20]})
    return number


def _unit(cell: Any) -> str:
    unit = plain(cell)
    if not unit:
        raise Wrong("unit", _("没有单位，请填级部、班级或处室的名称"))
    if len(unit) > 160:
        raise Wrong("unit", _("单位名称太长"))
    return unit


def _post(cell: Any) -> PostKind | None:
    said = plain(cell)
    if said in NO_POST:
        return None
    if said not in POSTS:
        known = "、".join(labels.label(kind) for kind in PostKind)
        raise Wrong("post", _("没有这个岗位：%(text)s。可以填：%(known)s") % {"text": said[:20], "known": known})
    return POSTS[said]


def _day(found: Mapping[str, Any], column: str) -> date | None:
    try:
        return cells.day_of(found.get(column))
    except cells.NotADate as error:
        raise Wrong(column, _("%(what)s。日期写成 2026-09-01") % {"what": error}) from error


def _email(cell: Any) -> str:
    email = plain(cell)
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise Wrong("email", _("这不像邮箱地址：%(text)s") % {"text": email[:40]}) from error
    return email


def frozen(sheet: Sheet) -> list[list[Any]]:
    """The rows as plain values, to be carried from the page on which they are looked at."""
    return [
        [one.line, one.name, one.number, one.unit, one.post or "", _iso(one.starts), _iso(one.ends), one.email]
        for one in sheet.rows
    ]


def thawed(values: list[list[Any]]) -> Sheet:
    """The rows that `frozen` made into plain values."""
    return Sheet(tuple(_thawed(*one) for one in values), ())


def _thawed(line: int, name: str, number: str, unit: str, post: str, starts: str, ends: str, email: str) -> Row:
    kind = PostKind(post) if post else None
    return Row(line, name, number, unit, kind, _from_iso(starts), _from_iso(ends), email)


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _from_iso(day: str) -> date | None:
    return date.fromisoformat(day) if day else None
