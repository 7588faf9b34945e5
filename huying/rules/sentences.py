"""The sentences that figures suggest (五句话): whoever reads a month reads these first. Plain Chinese, each with its n.

They are suggestions: a person edits them before a bulletin is checked. Nothing is praised without its reason, and
nothing is called good because nobody complained.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

FLOOR = 10


@dataclass(frozen=True)
class Share:
    """n of N."""

    n: int | float
    N: int


@dataclass(frozen=True)
class Month:
    """What the sentences speak of."""

    received: int
    received_before: int
    received_last_year: int
    kinds: Sequence[tuple[str, int]]
    topics: Sequence[tuple[str, int, int]]
    on_time: Share
    late: int
    late_open: int
    in_hand: int
    oldest_days: int | None
    closed: int
    at_once: Share
    called: int
    resolved: int
    satisfied: Share
    red_lines: int
    contact_denied: int
    withdrawn: int
    unreviewed: int
    sent_back: int


def overview(month: Month) -> tuple[str, ...]:
    """总体情况, five sentences: what came, what was due, what is open, what was closed, what parents said."""
    return tuple(one for one in (_came(month), _due(month), _open(month), _closed(month), _said(month)) if one)


def _came(month: Month) -> str:
    kinds = "、".join(f"{name} {n} 件" for name, n in month.kinds if n)
    parts = [f"本期收到诉求 {month.received} 件"]
    parts.append(f"上期 {month.received_before} 件")
    if month.received_last_year:
        parts.append(f"去年同期 {month.received_last_year} 件")
    said = "，".join(parts)
    return f"{said}。其中{kinds}。" if kinds else f"{said}。"


def _due(month: Month) -> str:
    if not month.on_time.N:
        return "本期没有到期应办结的诉求。"
    late = month.late + month.late_open
    ended = f"，超期 {late} 件（其中 {month.late_open} 件还没有办）" if late else "，没有超期"
    return f"到期应办结 {month.on_time.N} 件，按时办结{share(month.on_time)}{ended}。"


def _open(month: Month) -> str:
    if not month.in_hand:
        return "期末没有在办的诉求。"
    oldest = f"，最久的已经 {month.oldest_days} 天" if month.oldest_days is not None else ""
    return f"期末在办 {month.in_hand} 件{oldest}。"


def _closed(month: Month) -> str:
    if not month.closed:
        return "本期没有办结的诉求。"
    return f"办结 {month.closed} 件，一次办结{share(month.at_once)}。"


def _said(month: Month) -> str:
    if not month.called:
        return "本期没有有效回访。"
    return f"有效回访 {month.called} 件，说已解决的 {month.resolved} 件，满意率{share(month.satisfied)}。"


def share(of: Share) -> str:
    """88%（37/42）; below the floor only the counts."""
    counts = f"{_plain(of.n)}/{of.N}"
    if of.N < FLOOR:
        return f" {counts}"
    return f" {float(Fraction(str(of.n)) / of.N):.1%}（{counts}）"


def _plain(n: float) -> str:
    return f"{n:g}"


def good(month: Month) -> tuple[str, ...]:
    """值得肯定的: only what is open to nobody's doubt, with its reason."""
    said = []
    if month.on_time.N >= FLOOR and month.on_time.n == month.on_time.N:
        said.append(f"到期的 {month.on_time.N} 件全部按时办结。")
    if month.called >= FLOOR and month.resolved == month.called:
        said.append(f"回访到的 {month.called} 位家长都说问题已经解决。")
    return tuple(said)


def tasks(month: Month) -> tuple[str, ...]:
    """下一步: what the figures ask for, the gravest first."""
    said = []
    if month.red_lines:
        said.append(f"红线事项 {month.red_lines} 件，逐件核对报告和处置是否到位。")
    if month.late_open:
        said.append(f"超期未办结 {month.late_open} 件，由承办单位说明原因和办结日期。")
    if month.contact_denied:
        said.append(f"有 {month.contact_denied} 位家长说没有人联系，逐件核对联系记录。")
    if month.unreviewed:
        said.append(f"不予受理、转出、改分类和暂停中还有 {month.unreviewed} 件没有复核，尽快由第二人复核。")
    if month.sent_back:
        said.append(f"退办重办 {month.sent_back} 件，分析第一次没有办好的原因。")
    rising = [(name, n, before) for name, n, before in month.topics if n >= 3 and n > before]
    said += [f"“{name}”增加到 {n} 件（上期 {before} 件），请研究共性原因。" for name, n, before in rising[:2]]
    return tuple(said)
