"""约谈通知 and 约谈记录: calling a unit to a talk, and what was said there, signed by both sides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from huying.papers.letters.issue import Issue, letter, minutes
from huying.papers.official.document import Block, Heading, Listing, Paper, Paragraph, SigningLine, Table
from huying.papers.official.wording import day, paragraphs
from huying.papers.sheets import SHANGHAI

BASIS = "《信访工作条例》第三十九条"


@dataclass(frozen=True)
class InterviewFacts:
    """The call: `to` the unit, `who` is to come (by post), `ground` with the figures, `cases` by number."""

    issue: Issue
    to: str
    who: str
    at: datetime
    place: str
    ground: str
    cases: tuple[str, ...]
    bring: tuple[str, ...] = ()
    contact: str = ""
    basis: str = BASIS


@dataclass(frozen=True)
class Commitment:
    """One thing promised: what, who is responsible, by when."""

    what: str
    who: str
    due_on: date


@dataclass(frozen=True)
class InterviewRecord:
    """The talk itself: who was there, what was put, what the unit answered, what it promised, when it is looked at."""

    issue: Issue
    unit: str
    at: datetime
    place: str
    host: str
    guests: tuple[str, ...]
    recorder: str
    ground: str
    cases: tuple[str, ...]
    shown: str
    answered: str
    commitments: tuple[Commitment, ...]
    recheck_on: date | None = None


def interview(of: InterviewFacts) -> Paper:
    """The call as a paper."""
    return letter(of.issue, f"{of.issue.organ}\n约谈通知", _call(of), to=of.to)


def interview_record(of: InterviewRecord) -> Paper:
    """The record as a paper, with lines for both signatures."""
    return minutes(of.issue, f"{of.unit}约谈记录", _record(of))


def _call(of: InterviewFacts) -> Iterator[Block]:
    yield Paragraph(f"依据{of.basis}，决定就诉求办理有关情况对你单位进行约谈。现将有关事项通知如下。")
    yield Heading("约谈事由")
    yield from (Paragraph(one) for one in paragraphs(of.ground))
    if of.cases:
        yield Paragraph(f"涉及诉求：{'、'.join(of.cases)}。")
    yield Heading("时间、地点和人员")
    yield Paragraph(f"时间：{moment(of.at)}。")
    yield Paragraph(f"地点：{of.place}。")
    yield Paragraph(f"参加人员：{of.who}。")
    if of.bring:
        yield Heading("需要准备的材料")
        yield Listing(of.bring)
    contact = f"联系方式：{of.contact}。" if of.contact else ""
    yield Paragraph(f"请准时参加，可就有关情况作出说明。确有特殊情况的，请提前告知。{contact}")


def _record(of: InterviewRecord) -> Iterator[Block]:
    yield Table(
        (
            ("时间", moment(of.at), "地点", of.place),
            ("主持人", of.host, "记录人", of.recorder),
            ("被约谈单位", of.unit, "参加人员", "、".join(of.guests)),
        ),
        left=frozenset({1, 3}),
        widths=(5, 10, 4.5, 9),
    )
    yield Heading("约谈事由")
    yield from (Paragraph(one) for one in paragraphs(of.ground))
    if of.cases:
        yield Paragraph(f"涉及诉求：{'、'.join(of.cases)}。")
    yield Heading("指出的问题")
    yield from (Paragraph(one) for one in paragraphs(of.shown))
    yield Heading("被约谈单位说明")
    yield from (Paragraph(one) for one in paragraphs(of.answered))
    yield Heading("整改事项")
    rows = tuple((str(place), one.what, one.who, day(one.due_on)) for place, one in enumerate(of.commitments, start=1))
    yield Table(rows, ("序号", "整改内容", "责任人", "完成时限"), left=frozenset({1}))
    if of.recheck_on:
        yield Paragraph(f"定于{day(of.recheck_on)}复查整改情况。")
    yield Paragraph("以上记录经双方核对无误。")
    yield SigningLine("主持人")
    yield SigningLine("被约谈人")
    yield SigningLine("记录人")


def moment(at: datetime) -> str:
    """The moment by the clock on the wall in China: 2026年11月3日9:30."""
    wall = at.astimezone(SHANGHAI)
    return f"{day(wall.date())}{wall.hour}:{wall.minute:02}"
