"""The figures of a bulletin as .xlsx: numbers are numbers, days are days, every table on a sheet of its own."""

from collections.abc import Iterator

from huying.papers.bulletin.facts import BulletinFacts, Grid, Standing
from huying.papers.official.wording import day
from huying.papers.sheets import Column, Form, Page, Stamp, book

WIDE, WIDER, NARROW = 18, 44, 12


def annex(facts: BulletinFacts) -> bytes:
    """The workbook; its first line says whose figures they are, and whether they are only a draft's."""
    return book(tuple(_pages(facts)), watermark=_said(facts), stamp=Stamp(facts.unit, facts.computed_at, "通报附件"))


def _said(facts: BulletinFacts) -> str:
    standing = facts.number if facts.standing is Standing.ISSUED else "草稿，未经签发，不作依据"
    return f"{facts.unit}　{day(facts.since)}至{day(facts.until)}　{standing}　数据摘要 {facts.digest}"


def _pages(facts: BulletinFacts) -> Iterator[Page]:
    yield _indicators(facts)
    yield _counters(facts)
    for grid in (*facts.breakdowns, *((facts.units,) if facts.units is not None else ())):
        yield _grid(grid)
    yield from _cases(facts)
    yield from _alarms_and_matters(facts)


def _indicators(facts: BulletinFacts) -> Page:
    columns = (
        Column("指标", width=WIDE),
        Column("分子", Form.NUMBER),
        Column("分母", Form.NUMBER),
        Column("比率", Form.SHARE),
        Column("数值", Form.NUMBER),
        Column("文中写法", width=WIDE),
        Column("比较", width=WIDE),
        Column("口径", width=WIDE),
        Column("版本", width=NARROW),
        Column("算法", width=WIDER),
        Column("代码", width=WIDE),
    )
    rows = []
    for one in facts.indicators:
        is_share = one.form is Form.SHARE
        values = (one.value if is_share else None, None if is_share else one.value)
        said = (one.said, one.compared, one.basis, one.version, one.formula, one.code)
        rows.append((one.name, one.n, one.of, *values, *said))
    return Page("主要指标", columns, rows)


def _counters(facts: BulletinFacts) -> Page:
    columns = (
        Column("项目", width=WIDE),
        Column("数", Form.NUMBER),
        Column("基数", Form.NUMBER),
        Column("文中写法", width=WIDER),
        Column("说明", width=WIDER),
        Column("代码", width=WIDE),
    )
    return Page(
        "对照计数", columns, [(one.name, one.n, one.of, one.said, one.note, one.code) for one in facts.counters]
    )


def _grid(grid: Grid) -> Page:
    columns = [Column(head.words, head.form, WIDE if head.form is Form.TEXT else NARROW) for head in grid.heads]
    return Page(grid.caption or grid.code, columns, grid.rows)


def _cases(facts: BulletinFacts) -> Iterator[Page]:
    columns = (
        Column("类别", width=NARROW),
        Column("编号", width=WIDE),
        Column("承办单位", width=WIDE),
        Column("到期", Form.MOMENT, WIDE),
        Column("超期天数", Form.NUMBER),
        Column("情况", width=WIDER),
    )
    rows = [
        (of.caption, one.number, one.unit, one.due_at, one.days_late, one.said)
        for of in facts.lists
        for one in of.cases
    ]
    if rows:
        yield Page("需要督促的诉求", columns, rows)


def _alarms_and_matters(facts: BulletinFacts) -> Iterator[Page]:
    if facts.alarms:
        columns = (
            Column("事项", width=WIDE),
            Column("件数", Form.NUMBER),
            Column("为什么提醒", width=WIDER),
            Column("进展"),
        )
        yield Page("热点与预警", columns, [(one.name, one.n, one.said, one.standing) for one in facts.alarms])
    if facts.matters:
        heads = (
            Column("类别", width=NARROW),
            Column("单位", width=WIDE),
            Column("事项", width=WIDER),
            Column("开始", Form.DAY),
            Column("期限", Form.DAY),
            Column("进展"),
        )
        rows = [(one.kind, one.unit, one.about, one.on, one.due_on, one.standing) for one in facts.matters]
        yield Page("约谈督办挂账", heads, rows)
