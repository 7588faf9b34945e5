"""宣传周方案: the plan of a week of publicity: aim, days, what is done, who does it, what it takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from huying.papers.letters.issue import Issue, letter
from huying.papers.official.document import Block, Heading, Listing, Paper, Paragraph, Table
from huying.papers.official.wording import day, paragraphs


@dataclass(frozen=True)
class WeekTask:
    """One line of the programme: the day, what is done, where, who is responsible."""

    on: date
    what: str
    place: str
    who: str


@dataclass(frozen=True)
class WeekFacts:
    """The plan: `theme`, from `since` to `until`, `aims`, programme, what is prepared, contacts made public."""

    issue: Issue
    to: str
    name: str
    theme: str
    since: date
    until: date
    aims: str
    programme: tuple[WeekTask, ...]
    prepared: tuple[str, ...]
    demands: tuple[str, ...]
    contacts: tuple[tuple[str, str, str], ...] = ()


def week(of: WeekFacts) -> Paper:
    """The plan as a paper."""
    return letter(of.issue, f"{of.issue.organ}\n{of.name}实施方案", _blocks(of), to=of.to, is_letter=False)


def _blocks(of: WeekFacts) -> Iterator[Block]:
    yield from (Paragraph(one) for one in paragraphs(of.aims))
    yield Heading("主题和时间")
    yield Paragraph(f"主题：{of.theme}。")
    yield Paragraph(f"时间：{day(of.since)}至{day(of.until)}。")
    yield Heading("日程安排")
    rows = tuple((f"{one.on.month}月{one.on.day}日", one.what, one.place, one.who) for one in of.programme)
    yield Table(rows, ("日期", "内容", "地点", "责任人"), left=frozenset({1}))
    yield from _listed("物料准备", of.prepared)
    if of.contacts:
        yield Heading("公布的联系方式")
        yield Table(of.contacts, ("层级", "单位", "电话"))
    yield from _listed("工作要求", of.demands)


def _listed(head: str, lines: tuple[str, ...]) -> Iterator[Block]:
    """A section, where it has anything to say."""
    if lines:
        yield Heading(head)
        yield Listing(lines)
