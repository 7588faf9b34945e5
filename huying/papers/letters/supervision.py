"""督办通知: a formal demand upon a unit about appeals, with a date and a report due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from huying.papers.letters.issue import Issue, letter
from huying.papers.official.document import Block, Heading, Listing, Paper, Paragraph, Table
from huying.papers.official.wording import day, paragraphs

BASIS = "《信访工作条例》第三十九条"


@dataclass(frozen=True)
class SupervisedCase:
    """One appeal of the demand, by number: what it is about, when it was due, where it stands."""

    number: str
    matter: str
    due_on: date | None
    standing: str


@dataclass(frozen=True)
class SupervisionFacts:
    """`ground` why (逾期、拒收、能解决而未解决 …); `demands` what is to be done; `due_on` by when it is reported."""

    issue: Issue
    to: str
    ground: str
    cases: tuple[SupervisedCase, ...]
    demands: tuple[str, ...]
    due_on: date
    basis: str = BASIS
    report_to: str = ""


def supervision(of: SupervisionFacts) -> Paper:
    """The demand as a paper."""
    return letter(of.issue, f"{of.issue.organ}\n督办通知", _blocks(of), to=of.to)


def _blocks(of: SupervisionFacts) -> Iterator[Block]:
    yield from (Paragraph(one) for one in paragraphs(of.ground))
    yield Paragraph(f"依据{of.basis}，现对下列{len(of.cases)}件诉求予以督办。")
    yield Heading("督办事项")
    rows = tuple(
        (one.number, one.matter, day(one.due_on) if one.due_on else "—", one.standing or "—") for one in of.cases
    )
    yield Table(rows, ("编号", "事项", "到期", "现状"), left=frozenset({1}))
    yield Heading("办理要求")
    yield Listing(of.demands)
    upon = f"报{of.report_to}" if of.report_to else "书面报告"
    yield Paragraph(f"请于{day(of.due_on)}前将办理结果{upon}。逾期未办结又无正当理由的，将予以通报或者约谈。")
