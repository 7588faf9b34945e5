"""商研纪要: several offices, one problem: its cause, what is done about it, by whom, by when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from huying.papers.letters.interview import Commitment, moment
from huying.papers.letters.issue import Issue, letter
from huying.papers.official.document import Block, Heading, Listing, Paper, Paragraph, Table
from huying.papers.official.wording import day, paragraphs


@dataclass(frozen=True)
class StudyFacts:
    """A joint study: `problem` with its figures, `causes`, `decisions`, `tasks`, and when its effect is measured."""

    issue: Issue
    topic: str
    at: datetime
    place: str
    host: str
    units: tuple[str, ...]
    problem: str
    causes: tuple[str, ...]
    decisions: tuple[str, ...]
    tasks: tuple[Commitment, ...]
    effect: str = ""
    effect_on: date | None = None


def study(of: StudyFacts) -> Paper:
    """The minutes as a paper, sent to those who took part."""
    return letter(of.issue, f"关于{of.topic}的联动商研纪要", _blocks(of), to="、".join(of.units))


def _blocks(of: StudyFacts) -> Iterator[Block]:
    units = "、".join(of.units)
    yield Paragraph(f"{moment(of.at)}，{of.host}在{of.place}主持联动商研，{units}参加。现纪要如下。")
    yield Heading("问题情况")
    yield from (Paragraph(one) for one in paragraphs(of.problem))
    yield Heading("原因分析")
    yield Listing(of.causes)
    yield Heading("议定事项")
    yield Listing(of.decisions)
    yield Heading("任务分工")
    rows = tuple((str(place), one.what, one.who, day(one.due_on)) for place, one in enumerate(of.tasks, start=1))
    yield Table(rows, ("序号", "任务", "责任单位", "完成时限"), left=frozenset({1}))
    if of.effect:
        on = f"定于{day(of.effect_on)}" if of.effect_on else "届时"
        yield Paragraph(f"{on}检查成效：{of.effect}")
