"""One cell of a sheet somebody brought: as text, as a day, as a moment. What is no date is never taken for one."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A day without an hour counts as the end of working hours: nothing is made to look faster than it was.
END_OF_DAY = time(17, 0)
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)

_DAY = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_CLOCK = r"(\d{1,2})[:时点](?:(\d{1,2})(?:[:分](?:(\d{1,2})(?:\.\d+)?秒?)?)?)?"
_WRITTEN = re.compile(rf"{_DAY}(?:[ T]*{_CLOCK})?(?:\+08:?00)?")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CODES = re.compile(r"_x(000[0-9A-Fa-f]|001[0-9A-Fa-f])_")


class NotADate(ValueError):
    """The cell holds something, and it is no date; the text can be shown to a person."""


def text_of(cell: Any) -> str:
    """The cell as text on plain lines: whole numbers without a point, no codes and invisible blanks of a sheet."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    text = _CODES.sub(lambda match: chr(int(match[1], 16)), str(cell)).replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\t", " ").replace("\u3000", " ").replace("\xa0", " ").replace("\x00", "")
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def moment_of(cell: Any) -> datetime | None:
    """A moment in Chinese time, from any shape a column may hold; None for an empty cell. Raises NotADate.

    A day without an hour is its 17:00; a sheet keeps such a day as midnight.
    """
    if isinstance(cell, datetime):
        at = cell.time() if cell.time() != time(0) else END_OF_DAY
        return _possible(cell.year, cell.month, cell.day, at)
    if isinstance(cell, date):
        return _possible(cell.year, cell.month, cell.day, END_OF_DAY)
    text = " ".join(unicodedata.normalize("NFKC", text_of(cell)).split())
    if not text:
        return None
    match = _WRITTEN.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    if match is None or isinstance(cell, bool):
        raise NotADate(f"看不懂的时间：{text[:40]}")
    year, month, day, *clock = (int(part) if part else None for part in match.groups())
    return _possible(year, month, day, _clock(clock, text))


def day_of(cell: Any) -> date | None:
    """A day, from any shape a column may hold; None for an empty cell. Raises NotADate."""
    at = moment_of(cell)
    return at.date() if at is not None else None


def _clock(parts: list[int | None], text: str) -> time:
    if not parts or parts[0] is None:
        return END_OF_DAY
    try:
        return time(parts[0], parts[1] or 0, parts[2] or 0)
    except ValueError as error:
        raise NotADate(f"没有这个时间：{text[:40]}") from error


def _possible(year: int | None, month: int | None, day: int | None, at: time) -> datetime:
    try:
        on = date(year or 0, month or 0, day or 0)
    except ValueError as error:
        raise NotADate(f"没有这一天：{year}-{month}-{day}") from error
    if not EARLIEST <= on < LATEST:
        raise NotADate(f"年份不对：{year}-{month}-{day}")
    return datetime.combine(on, at.replace(tzinfo=None), tzinfo=SHANGHAI)
