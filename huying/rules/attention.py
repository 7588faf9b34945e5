"""Which schools the county looks at first today, each with its reasons in words. The weights are data.

It is a list of where to look, no ranking: every reason stands beside the school, and a school without one is not on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from huying.rules.refusals import Say

MOST: Final = 10
SILENT_DAYS: Final = 30
# How much one of each weighs. A red line weighs more than everything else together.
WEIGHTS: Final[Mapping[str, int]] = {
    "red_line_late": 1000,
    "red_line": 200,
    "late": 10,
    "oldest_days": 1,
    "ruling": 25,
    "contact_denied": 12,
    "same_topic": 4,
    "reopened": 6,
    "declined": 4,
    "silent": 8,
}
# From how many on something is a reason at all.
LEAST: Final[Mapping[str, int]] = {"same_topic": 3, "contact_denied": 2, "reopened": 2, "declined": 3}


@dataclass(frozen=True)
class Looked:
    """One school as it stands today. `same_topic` is the topic told of most in these days, with how often.

    `red_line_late`: red lines whose report was due and is not made. `is_silent`: nothing came for thirty days, though
    the school has pupils and something used to come.
    """

    school: int
    late: int = 0
    oldest_days: int = 0
    red_line: int = 0
    red_line_late: int = 0
    same_topic: tuple[str, int] = ("", 0)
    declined: int = 0
    ruling: int = 0
    contact_denied: int = 0
    reopened: int = 0
    is_silent: bool = False


@dataclass(frozen=True)
class Reason:
    """Why a school is on the list, in words and by weight."""

    words: str
    weight: int
    is_red: bool = False


@dataclass(frozen=True)
class Pressing:
    """A school that wants looking at, its heaviest reason first."""

    school: int
    reasons: tuple[Reason, ...] = field(default_factory=tuple)

    @property
    def weight(self) -> int:
        return sum(one.weight for one in self.reasons)


def reasons(one: Looked, *, say: Say = str) -> tuple[Reason, ...]:
    """Everything that speaks for looking at this school today, the heaviest first."""
    found = [*_red_lines(one, say), *_late(one, say), *_counted(one, say)]
    if one.same_topic[1] >= LEAST["same_topic"]:
        words = say("同类第 %(n)d 次：%(topic)s") % {"n": one.same_topic[1], "topic": say(one.same_topic[0])}
        found.append(Reason(words, WEIGHTS["same_topic"] * one.same_topic[1]))
    if one.is_silent:
        found.append(Reason(say("%(n)d 天没有来件") % {"n": SILENT_DAYS}, WEIGHTS["silent"]))
    return tuple(sorted(found, key=lambda reason: -reason.weight))


def _red_lines(one: Looked, say: Say) -> list[Reason]:
    if one.red_line_late:
        words = say("红线 %(n)d 件，过了报告时间") % {"n": one.red_line_late}
        return [Reason(words, WEIGHTS["red_line_late"] * one.red_line_late, is_red=True)]
    if one.red_line:
        words = say("红线 %(n)d 件") % {"n": one.red_line}
        return [Reason(words, WEIGHTS["red_line"] * one.red_line, is_red=True)]
    return []


def _late(one: Looked, say: Say) -> list[Reason]:
    if not one.late:
        return []
    words = say("超时 %(n)d 件，最久 %(days)d 天") % {"n": one.late, "days": one.oldest_days}
    return [Reason(words, WEIGHTS["late"] * one.late + WEIGHTS["oldest_days"] * one.oldest_days)]


def _counted(one: Looked, say: Say) -> list[Reason]:
    said = (
        ("ruling", one.ruling, say("%(n)d 件退单等裁定")),
        ("contact_denied", one.contact_denied, say("%(n)d 人说没有联系过")),
        ("reopened", one.reopened, say("重新办 %(n)d 件")),
        ("declined", one.declined, say("退单 %(n)d 次")),
    )
    return [Reason(words % {"n": n}, WEIGHTS[name] * n) for name, n, words in said if n >= LEAST.get(name, 1)]


def pressing(schools: Iterable[Looked], *, most: int = MOST, say: Say = str) -> list[Pressing]:
    """The schools to look at first, at most so many; those without a reason are not among them."""
    found = [Pressing(one.school, reasons(one, say=say)) for one in schools]
    return sorted((one for one in found if one.reasons), key=lambda one: (-one.weight, one.school))[:most]
