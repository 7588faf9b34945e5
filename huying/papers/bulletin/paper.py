"""The bulletin as an official paper: its sections in their order, its figures as tables, its appeals by number."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby

from huying.papers.bulletin.facts import (
    BulletinFacts,
    CaseList,
    Cell,
    Correction,
    CounterFact,
    Grid,
    IndicatorFact,
    Standing,
)
from huying.papers.official.document import (
    DRAFT,
    Block,
    Fine,
    Heading,
    Imprint,
    Letterhead,
    Listing,
    Paper,
    Paragraph,
    Signature,
    Table,
)
from huying.papers.official.wording import day, paragraphs
from huying.papers.sheets import SHANGHAI, Form

COUNTED_BY = "各项比率均列分子、分母；分母为零记“—”，不足 10 件的只列件数，不计比率、不排名次。"
WHY_COUNTERS = "以下计数与上列指标对照使用，防止压件、迟登、推诿和虚假办结；为零的也照列。"


def paper(facts: BulletinFacts) -> Paper:
    """The bulletin of a month; a draft says so at the head of every page and has no number."""
    is_issued = facts.standing is Standing.ISSUED
    return Paper(
        title=facts.title,
        blocks=tuple(_blocks(facts)),
        letterhead=Letterhead(facts.unit, facts.number, facts.signer),
        addressee=facts.addressee,
        attachments=("统计表（电子表格）",),
        signature=Signature(facts.unit, facts.issued_on),
        seal=tuple(_seal(facts)),
        imprint=Imprint(facts.copies_to, facts.printed_by, facts.issued_on),
        mark="" if is_issued else DRAFT,
    )


def _blocks(facts: BulletinFacts) -> Iterator[Block]:
    yield Paragraph(f"现将{_span(facts.since, facts.until)}诉求办理情况通报如下。")
    if facts.correction is not None:
        yield from _correction(facts.correction)
    yield Heading("总体情况")
    yield from (Paragraph(one) for one in facts.overview)
    yield from (grid_table(one) for one in facts.breakdowns)
    yield Heading("主要指标")
    yield from indicators_table(facts.indicators)
    if facts.units is not None:
        yield Heading("各单位办理情况")
        yield grid_table(facts.units)
    yield from _lists(facts)
    yield from _alarms(facts)
    yield Heading("对照计数")
    yield from counters_table(facts.counters)
    yield from _matters(facts)
    yield from _sentences("值得肯定的做法", facts.good)
    yield from _remarks(facts)
    yield from _sentences("下一步工作", facts.tasks)


def _correction(of: Correction) -> Iterator[Block]:
    yield Paragraph(f"本通报更正并代替{day(of.issued_on)}印发的{of.number}，原通报不再作为依据。改动如下：")
    rows = tuple((one.name, one.was, one.now, one.reason) for one in of.changes)
    yield Table(rows, ("项目", "原数", "现数", "原因"), "更正内容", f"原通报数据摘要：{of.digest}", frozenset({3}))


def indicators_table(indicators: Iterable[IndicatorFact]) -> Iterator[Block]:
    """The indicators with n and N, what they are compared with, how they were counted."""
    indicators = tuple(indicators)
    has_comparison = any(one.compared for one in indicators)
    rows = tuple(
        (one.name, one.said, *((one.compared or "—",) if has_comparison else ()), f"{one.basis}，第{one.version}版")
        for one in indicators
    )
    yield Table(rows, ("指标", "结果", *(("比较",) if has_comparison else ()), "口径"), note=COUNTED_BY)
    yield Fine("各项指标的算法见附件统计表。")


def counters_table(counters: Iterable[CounterFact]) -> Iterator[Block]:
    """The anti-suppression counters, all of them."""
    yield Paragraph(WHY_COUNTERS)
    rows = tuple((one.name, one.said, one.note) for one in counters)
    yield Table(rows, ("项目", "本期", "说明"), left=frozenset({2}))


def _lists(facts: BulletinFacts) -> Iterator[Block]:
    filled = [one for one in facts.lists if one.cases]
    if filled:
        yield Heading("需要督促的诉求")
    for one in filled:
        yield Heading(f"{one.caption}（{len(one.cases)} 件）", level=2)
        yield _cases(one)


def _cases(of: CaseList) -> Table:
    is_late = any(one.due_at is not None for one in of.cases)
    heads = ("编号", "承办单位", *(("到期", "超期（天）") if is_late else ()), "情况")
    rows = []
    for one in of.cases:
        late = (_moment(one.due_at), "—" if one.days_late is None else str(one.days_late)) if is_late else ()
        rows.append((one.number, one.unit, *late, one.said or "—"))
    return Table(tuple(rows), heads, left=frozenset({len(heads) - 1}))


def _alarms(facts: BulletinFacts) -> Iterator[Block]:
    if facts.alarms:
        yield Heading("热点与预警")
        rows = tuple((one.name, str(one.n), one.said, one.standing or "—") for one in facts.alarms)
        yield Table(rows, ("事项", "件数", "为什么提醒", "进展"), left=frozenset({2}))


def _matters(facts: BulletinFacts) -> Iterator[Block]:
    if not facts.matters:
        return
    yield Heading("约谈、督办和挂账")
    order = sorted(facts.matters, key=lambda one: (one.kind, one.on))
    for kind, ones in groupby(order, key=lambda one: one.kind):
        yield Heading(kind, level=2)
        rows = tuple((one.unit, one.about, _short(one.on), _short(one.due_on), one.standing or "—") for one in ones)
        yield Table(rows, ("单位", "事项", "开始", "期限", "进展"), left=frozenset({1}))


def _sentences(head: str, sentences: tuple[str, ...]) -> Iterator[Block]:
    if sentences:
        yield Heading(head)
        yield Listing(sentences)


def _remarks(facts: BulletinFacts) -> Iterator[Block]:
    written = [line for text in facts.remarks for line in paragraphs(text)]
    if written:
        yield Heading("有关要求")
        yield from (Paragraph(line) for line in written)


def _seal(facts: BulletinFacts) -> Iterator[str]:
    at = facts.computed_at.astimezone(SHANGHAI)
    yield f"统计时间：{day(at.date())}{at:%H:%M}。数据摘要（SHA-256）：{facts.digest}"
    if facts.seal:
        yield facts.seal


def grid_table(grid: Grid) -> Table:
    """A table of facts as it is printed."""
    forms = [head.form for head in grid.heads]
    rows = tuple(
        tuple(said(cell, form) or grid.hidden for cell, form in zip(row, forms, strict=True)) for row in grid.rows
    )
    return Table(rows, tuple(head.words for head in grid.heads), grid.caption, grid.note)


def said(cell: Cell, form: Form) -> str:
    """The cell as it is printed; empty when it holds nothing."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, date):
        return _short(cell)
    if isinstance(cell, str):
        return cell
    if form is Form.SHARE:
        return f"{cell:.1%}"
    return str(cell) if isinstance(cell, int) else f"{cell:.2f}".rstrip("0").rstrip(".")


def _span(since: date, until: date) -> str:
    is_month = since.day == 1 and (since.year, since.month) == (until.year, until.month)
    if is_month and (until.toordinal() + 1) == _after(since).toordinal():
        return f"{since.year}年{since.month}月"
    return f"{day(since)}至{day(until)}"


def _after(since: date) -> date:
    """The first of the month after."""
    return date(since.year + since.month // 12, since.month % 12 + 1, 1)


def _short(on: date | None) -> str:
    return f"{on.month}月{on.day}日" if on is not None else "—"


def _moment(at: datetime | None) -> str:
    if at is None:
        return "—"
    wall = at.astimezone(SHANGHAI)
    return f"{wall.month}月{wall.day}日{wall:%H:%M}"
