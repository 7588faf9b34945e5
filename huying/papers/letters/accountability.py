"""责任追究决定: facts found, the person's own statement, the measure, the way to object. Never the appeal itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from huying.papers.letters.issue import Issue, letter
from huying.papers.official.document import Block, Heading, Paper, Paragraph
from huying.papers.official.wording import day, paragraphs


@dataclass(frozen=True)
class AccountabilityFacts:
    """`who` with the post; `found` what was found; `stated` the person's statement and `weighed` what was made of it.

    `measure` is what is decided; `basis` the rules with their numbers; `objection_days`, `objection_to` the way back,
    which is over (0 days) once an objection was decided.
    """

    issue: Issue
    who: str
    found: str
    stated: str
    weighed: str
    measure: str
    basis: tuple[str, ...]
    served_on: date
    objection_days: int
    objection_to: str


def accountability(of: AccountabilityFacts) -> Paper:
    """The decision as a paper, addressed to the person."""
    return letter(of.issue, f"{of.issue.organ}\n责任追究决定", _blocks(of), to=of.who)


def _blocks(of: AccountabilityFacts) -> Iterator[Block]:
    yield Heading("查明的事实")
    yield from (Paragraph(one) for one in paragraphs(of.found))
    yield Heading("本人陈述和申辩")
    yield Paragraph(f"以上事实已于{day(of.served_on)}书面告知本人，听取了陈述和申辩：")
    yield from (Paragraph(one) for one in paragraphs(of.stated or "本人未提出陈述和申辩。"))
    yield from (Paragraph(one) for one in paragraphs(of.weighed))
    yield Heading("决定")
    basis = f"依据{'、'.join(of.basis)}，" if of.basis else ""
    yield Paragraph(f"{basis}决定：{of.measure}")
    if not of.objection_days:
        return
    yield Paragraph(
        f"如不服本决定，可自收到之日起{of.objection_days}个工作日内，向{of.objection_to}书面提出异议。异议由原决定人以外的人复核。"
    )
