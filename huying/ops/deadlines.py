"""Deadlines at the command line: files and codes in, plain data out, every refusal a `CommandError`."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from huying.people import calendars
from huying.people import queries as people
from huying.rules import explanations, questions
from huying.rules.questions import BadQuestion
from huying.rules.workdays import Calendar


def calendar_of(code: str | None) -> Calendar:
    """The calendar of the unit with this code; the nation's without one."""
    if code is None:
        return _national()
    unit = people.unit_by_code(code)
    if unit is None:
        raise CommandError(f"没有代码是“{code}”的单位")
    return calendars.calendar_for(unit)


def _national() -> Calendar:
    try:
        return calendars.national()
    except DatabaseError:
        # No database yet: what ships is known without one.
        return calendars.shipped()


def said(at: str, limit: str, calendar: Calendar) -> dict[str, Any]:
    """One date with everything that made it."""
    try:
        answered = questions.answer(at, limit, calendar)
    except BadQuestion as wrong:
        raise CommandError(str(wrong)) from wrong
    opened = explanations.explain(answered.due)
    return {
        "at": answered.at,
        "limit": answered.limit,
        "due": answered.due_at,
        "provisional": answered.due.provisional,
        "calendar": opened.calendar,
        "days": [{"date": one.day.isoformat(), "counted": one.counted, "what": one.what} for one in opened.days],
        "for_parent": explanations.for_parent(answered.due),
        "lines": list(opened.lines),
    }


def sheet(path: Path, calendar: Calendar) -> list[Sequence[str]]:
    """The answers to a CSV of `at,limit`, one row each, under a heading."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in questions.COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise CommandError(f"{path}：缺少列 {'、'.join(missing)}")
            answered = questions.answer_sheet(reader, calendar)
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise CommandError(f"读不了 {path}：{wrong}") from wrong
    except BadQuestion as wrong:
        raise CommandError(str(wrong)) from wrong
    return [questions.ANSWER_COLUMNS, *(one.row for one in answered)]
