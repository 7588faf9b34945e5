"""Calendars at the command line: a year from what is known or from a person's file, every refusal a `CommandError`."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from python_calamine import CalamineError, CalamineWorkbook

from huying.appeals.due import recounting
from huying.people import calendars
from huying.people.calendars import YearNotKnown
from huying.rules import notices
from huying.rules.notices import Notice, UnreadableNotice


def notice_of(year: int, path: Path | None) -> Notice:
    """The notice of a year: from the file a person brought, else what is known of it."""
    try:
        if path is None:
            return calendars.known_notice(year)
        source = path.name
        if path.suffix.lower() == ".txt":
            return notices.read_text(path.read_text(encoding="utf-8-sig"), year=year, source=source)
        return notices.read_rows(_rows(path), year=year, source=source)
    except (YearNotKnown, UnreadableNotice) as wrong:
        raise CommandError(str(wrong)) from wrong
    except (OSError, UnicodeDecodeError, csv.Error, CalamineError) as wrong:
        raise CommandError(f"读不了 {path}：{wrong}") from wrong


def _rows(path: Path) -> list[list[Any]]:
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.reader(lines))
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=True)


def picture(notice: Notice) -> str:
    """The year as a person checks it before confirming."""
    off = sum(not one.is_workday for one in notice.days)
    worked = sum(one.is_workday for one in notice.days)
    return "\n".join([*notices.picture(notice), f"{notice.year} 年：放假 {off} 天，调休上班 {worked} 天"])


def load(notice: Notice, *, source: str, at: datetime) -> dict[str, Any]:
    """The year is confirmed; what that moved, as plain data."""
    done = recounting.confirm_year(notice, source=source, at=at)
    return {
        "year": notice.year,
        "days_off": sum(not one.is_workday for one in notice.days),
        "make_up_days": sum(one.is_workday for one in notice.days),
        "recounted": done.seen,
        "moved": len(done.moves),
        "promises_moved": sum(one.is_promise for one in done.moves),
    }


def said(done: dict[str, Any]) -> str:
    """What was done, or would be, in one line for a person."""
    if "would_move" in done:
        return f"重新计算 {done['recounted']} 件未办结的诉求，将有 {done['would_move']} 个期限变动；没有写入"
    moved = f"{done['moved']} 个期限变动，其中对家长承诺的 {done['promises_moved']} 个"
    return f"{done['year']} 年已确认；重新计算 {done['recounted']} 件未办结的诉求，{moved}"


def foresee(notice: Notice, *, source: str, at: datetime) -> dict[str, Any]:
    """What confirming the year would move; nothing is written."""
    done = recounting.foresee_year(notice, source=source, at=at)
    return {"year": notice.year, "recounted": done.seen, "would_move": len(done.moves)}
