"""年度报告: the year of a unit in figures and words, with the target as a trend and the counters beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from huying.papers.bulletin.facts import CounterFact, Grid, IndicatorFact
from huying.papers.bulletin.paper import counters_table, grid_table, indicators_table
from huying.papers.letters.interview import moment
from huying.papers.letters.issue import Issue, letter
from huying.papers.official.document import Block, Fine, Heading, Listing, Paper, Paragraph
from huying.papers.official.wording import day, paragraphs


@dataclass(frozen=True)
class YearlyFacts:
    """The report: `overview` sentences, the same tables as in a bulletin, what was done, what remains, what comes.

    `target` says in words how the total stands against the yearly band, with intake health beside it.
    """

    issue: Issue
    to: str
    name: str
    since: date
    until: date
    computed_at: datetime
    digest: str
    overview: tuple[str, ...]
    indicators: tuple[IndicatorFact, ...]
    counters: tuple[CounterFact, ...]
    target: str = ""
    grids: tuple[Grid, ...] = ()
    done: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def yearly(of: YearlyFacts) -> Paper:
    """The report as a paper."""
    return letter(of.issue, f"{of.issue.organ}\n{of.name}诉求办理工作报告", _blocks(of), to=of.to, is_letter=False)


def _blocks(of: YearlyFacts) -> Iterator[Block]:
    yield Paragraph(f"现将{day(of.since)}至{day(of.until)}诉求办理工作情况报告如下。")
    yield Heading("总体情况")
    yield from (Paragraph(one) for one in of.overview)
    if of.target:
        yield Paragraph(of.target)
    yield from (grid_table(one) for one in of.grids)
    yield Heading("主要指标")
    yield from indicators_table(of.indicators)
    yield Heading("对照计数")
    yield from counters_table(of.counters)
    for head, sentences in (("主要做法", of.done), ("存在问题", of.problems), ("下一年打算", of.plans)):
        if sentences:
            yield Heading(head)
            yield Listing(sentences)
    yield from (Paragraph(line) for text in of.remarks for line in paragraphs(text))
    yield Fine(f"统计时间：{moment(of.computed_at)}。数据摘要（SHA-256）：{of.digest}")
