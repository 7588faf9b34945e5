"""Deadlines asked for by hand or by the sheet: a start and a limit in, a date out; a row without sense is named."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.rules import deadlines, limits
from huying.rules.deadlines import Due
from huying.rules.enums import ClockKind
from huying.rules.limits import BadLimit, LimitFact
from huying.rules.refusals import Refusal
from huying.rules.workdays import FIRST_YEAR, LAST_YEAR, SHANGHAI, BadCalendar, BeyondHorizon, Calendar

COLUMNS: Final = ("at", "limit")
ANSWER_COLUMNS: Final = ("at", "limit", "due", "provisional")


class BadQuestion(Refusal):
    """The question makes no sense; the text says which row and why."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with its answer."""

    at: str
    limit: str
    due: Due

    @property
    def due_at(self) -> str:
        """The date as ISO with +08:00."""
        return self.due.at.astimezone(SHANGHAI).isoformat(timespec="seconds")

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The line of the answering sheet."""
        return self.at, self.limit, self.due_at, "true" if self.due.provisional else "false"


def answer(at: str, limit: str, calendar: Calendar) -> Answered:
    """When a limit such as `5wd` ends that starts at a moment. A moment without an offset is Chinese time."""
    try:
        amount = limits.parse(limit)
        fact = LimitFact(step=ClockKind.ANSWER, amount=amount)
        return Answered(at, limit, deadlines.due(fact, _moment(at), calendar))
    except (BadLimit, BadCalendar, BeyondHorizon) as wrong:
        raise BadQuestion(wrong.template, **wrong.values) from wrong


def answer_sheet(rows: Iterable[Mapping[str, str | None]], calendar: Calendar) -> list[Answered]:
    """One answer a row, in order; `BadQuestion` names every row that is refused, and then nothing is answered."""
    answered: list[Answered] = []
    refused: list[str] = []
    for number, row in enumerate(rows, start=2):
        try:
            answered.append(answer((row.get("at") or "").strip(), (row.get("limit") or "").strip(), calendar))
        except BadQuestion as wrong:
            refused.append(f"第 {number} 行：{wrong}")
    if refused:
        raise BadQuestion("\n".join(_shortened(refused)))
    return answered


def _shortened(lines: list[str], *, most: int = 20) -> Iterator[str]:
    yield from lines[:most]
    if len(lines) > most:
        yield f"……另外还有 {len(lines) - most} 行"


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise BadQuestion("看不懂时间“%(text)s”：请写成 2025-09-28T10:00:00+08:00", text=text) from wrong
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise BadQuestion("没有 %(year)s 年的日历", year=at.year)
    return at if at.tzinfo is not None else at.replace(tzinfo=SHANGHAI)
