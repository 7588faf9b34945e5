"""What a page of leadership says about figures: spans of days, rises and falls, what to praise and what to look at.

Nothing is praised that a counter speaks against: a unit said not to have called, or one that hands its work back, gets
no praise for its dates (6.3). What is few stays unsaid.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from huying.rules.catalogue import BY_CODE
from huying.rules.enums import Measure
from huying.rules.indicators import Basis, Indicator
from huying.rules.periods import Period
from huying.rules.refusals import Say

LATE: Final = Indicator(
    "late", "超时", "过了对外期限才答复的和还没答复的", Basis.DUE, (Measure.FINAL_LATE, Measure.FINAL_OPEN)
)
SATISFIED: Final = Indicator("satisfied", "满意", "有效回访中说满意的", Basis.CALLBACK, (Measure.CALLED_SATISFIED,))
CALLED: Final = Indicator("called", "评价", "有效回访", Basis.CALLBACK, (Measure.CALLED,))
SENT_OUT: Final = Indicator("dispatched", "派到", "派给这个单位办的", Basis.DISPATCH, (Measure.DISPATCHED,))
# What the pages show beside the catalogue: plain counts whose cases can be listed too.
LISTED: Final = {**BY_CODE, **{one.code: one for one in (LATE, SATISFIED, CALLED, SENT_OUT)}}

ENOUGH: Final = 5
HALF: Final = 0.5
RISE: Final = 1.5


class Span(StrEnum):
    """What a period is asked for as."""

    MONTH = "month"
    TERM = "term"
    YEAR = "year"
    RANGE = "range"


class Direction(StrEnum):
    """Which way a count went; the value is the class that draws its arrow."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"


@dataclass(frozen=True)
class Change:
    """A count against the one before it. `is_new`: there was none before."""

    direction: Direction
    by: int
    is_new: bool = False


def change(now: int, before: int) -> Change:
    """多 4, 少 6, 一样, or new."""
    if now == before:
        return Change(Direction.FLAT, 0)
    return Change(Direction.UP if now > before else Direction.DOWN, abs(now - before), is_new=before == 0)


def month_of(day: date, *, first_day: int = 1) -> str:
    """The month a day belongs to, as 2026-11; a month that begins on the 19th bears the name of the one it ends in."""
    if first_day > 1 and day.day >= first_day:
        day = day.replace(day=1) + timedelta(days=32)
    return f"{day:%Y-%m}"


def earlier(month: str, many: int) -> str:
    """The month so many months before."""
    year, number = (int(part) for part in month.split("-"))
    months = year * 12 + number - 1 - many
    return f"{months // 12}-{months % 12 + 1:02d}"


def term_of(day: date) -> Period:
    """The school term a day belongs to: September to January, February to August."""
    if 2 <= day.month <= 8:
        return Period(date(day.year, 2, 1), date(day.year, 8, 31))
    year = day.year if day.month >= 9 else day.year - 1
    return Period(date(year, 9, 1), date(year + 1, 1, 31))


def year_of(day: date) -> Period:
    """The year a day belongs to."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


@dataclass(frozen=True)
class Work:
    """What one unit did in a period, or what was said about one topic."""

    name: str
    received: int = 0
    before: int = 0
    due: int = 0
    on_time: int = 0
    called: int = 0
    satisfied: int = 0
    late_open: int = 0
    sent_back: int = 0
    reopened: int = 0
    contact_denied: int = 0
    declined: int = 0

    @property
    def is_marked(self) -> bool:
        """Whether a counter speaks against praise."""
        return bool(self.contact_denied or self.late_open or self.reopened or self.declined)


@dataclass(frozen=True)
class Remark:
    """A reason in words: `template` with its numbers. The heavier comes first."""

    template: str
    weight: int
    values: dict[str, object] = field(default_factory=dict, compare=False)

    def said(self, say: Say = str) -> str:
        """The reason in the reader's language."""
        return say(self.template) % self.values


def praised(units: Iterable[Work], topics: Iterable[Work], *, say: Say = str) -> list[Remark]:
    """What deserves a word, the best first: a topic told of half as often, a unit in time, families content."""
    found = [
        Remark(say("“%(name)s”从 %(before)d 件降到 %(now)d 件。"), one.before - one.received,
               {"name": say(one.name), "before": one.before, "now": one.received})
        for one in topics if one.before >= ENOUGH and one.received <= one.before * HALF
    ]  # fmt: skip
    for one in units:
        if one.is_marked:
            continue
        if one.due >= ENOUGH and one.on_time == one.due:
            found.append(Remark(say("%(name)s到期的 %(n)d 件全部按期。"), one.due, {"name": one.name, "n": one.due}))
        if one.called >= ENOUGH and one.satisfied == one.called:
            values: dict[str, object] = {"name": one.name, "n": one.called}
            found.append(Remark(say("%(name)s的 %(n)d 位家长都说满意。"), one.called, values))
    return _heaviest(found)


def worth_a_look(units: Iterable[Work], topics: Iterable[Work], *, say: Say = str) -> list[Remark]:
    """Where somebody should go and see, the most pressing first. It is no finding against anybody."""
    found = [
        Remark(say("“%(name)s”从 %(before)d 件升到 %(now)d 件。"), 2 * (one.received - one.before),
               {"name": say(one.name), "before": one.before, "now": one.received})
        for one in topics if one.received >= ENOUGH and one.received >= max(one.before, 1) * RISE
    ]  # fmt: skip
    for one in units:
        reasons = (
            (one.contact_denied, 6, say("有家长说%(name)s没有联系过，%(n)d 次。")),
            (one.late_open, 5, say("%(name)s有 %(n)d 件过了期限还没办完。")),
            (one.reopened, 4, say("%(name)s办结后重新办理 %(n)d 件。")),
            (one.sent_back, 2, say("%(name)s的答复被退回 %(n)d 次。")),
            (one.declined if one.declined >= ENOUGH else 0, 2, say("%(name)s申请退单 %(n)d 次。")),
        )
        found += [Remark(words, n * heavy, {"name": one.name, "n": n}) for n, heavy, words in reasons if n]
    return _heaviest(found)


def _heaviest(found: list[Remark]) -> list[Remark]:
    return sorted(found, key=lambda one: -one.weight)
