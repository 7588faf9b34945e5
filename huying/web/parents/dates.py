"""The promised date, opened day by day: which days counted, and which did not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from huying.appeals import clocks
from huying.appeals.progress import Progress
from huying.rules.clockfacts import ClockState
from huying.rules.deadlines import Due
from huying.rules.enums import ClockKind
from huying.rules.explanations import Explanation
from huying.rules.labels import label
from huying.rules.limits import CalendarDays, WorkingDays
from huying.web.components import moments
from huying.web.components.parts import Entry

PROMISES = (ClockKind.REWORK, ClockKind.ANSWER, ClockKind.OUTER, ClockKind.DEFERRAL)


@dataclass(frozen=True)
class Opened:
    """A date and how it came about."""

    words: str
    lines: tuple[str, ...]


def date_of(appeal: Any, it: Progress) -> Opened | None:
    """The date of the awaited answer, opened; None when none is awaited."""
    if not it.is_open or it.is_answered:
        return None
    pairs = clocks.explain(appeal, say=_)
    found = [pair for pair in pairs if pair[0].kind in PROMISES and pair[0].due.at == it.due_at]
    return _opened(*found[-1]) if found else None


def with_moves(entries: list[Entry], appeal: Any) -> list[Entry]:
    """The record with the promised dates that a corrected calendar has moved, newest first."""
    moved = [
        Entry(
            _("放假安排改了，最晚答复从%(old)s改到%(new)s")
            % {"old": moments.day_words(one.old_due_at), "new": moments.day_words(one.new_due_at)},
            one.at,
        )
        for one in clocks.moves_of(appeal)
        if one.kind == ClockKind.OUTER
    ]
    return sorted([*moved, *entries], key=lambda one: one.at, reverse=True) if moved else entries


def _opened(state: ClockState, explanation: Explanation) -> Opened:
    due = state.due
    note = _("（暂定，放假安排还没公布）") if due.provisional else ""
    words = _("最晚 %(due)s%(note)s。") % {"due": moments.moment_words(due.at), "note": note}
    return Opened(words, (*_start(due), *_days(due, explanation), *_moves(due, explanation)))


def _start(due: Due) -> Iterator[str]:
    is_in_days = due.limit is not None and isinstance(due.limit.amount, WorkingDays | CalendarDays)
    template = _("从%(moment)s算起，当天不算。") if is_in_days else _("从%(moment)s算起。")
    yield template % {"moment": moments.moment_words(due.start)}
    if due.limit is not None:
        amount = due.limit.amount
        yield _("一共 %(n)d %(unit)s。") % {"n": amount.value, "unit": _(label(amount.unit))}


def _days(due: Due, explanation: Explanation) -> Iterator[str]:
    number = 0
    is_work = due.limit is not None and isinstance(due.limit.amount, WorkingDays)
    for one in explanation.days:
        number += bool(one.counted)
        counted = _("第 %(n)d 个工作日") if is_work else _("第 %(n)d 天")
        what = counted % {"n": number} if one.counted else _("放假，不算")
        yield _("%(day)s：%(what)s") % {"day": moments.day_words(one.day), "what": what}


def _moves(due: Due, explanation: Explanation) -> Iterator[str]:
    if due.is_capped:
        yield _("留出一天，上一级先看答复。")
    elif explanation.moves:
        yield _("中间停过或延过，现在的日期是上面这个。")
