"""处理意见书: the written decision on a petition: request, facts, opinion with its basis, the way to a review."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from huying.papers.letters.issue import Issue, letter
from huying.papers.official.document import Block, Heading, Listing, Paper, Paragraph
from huying.papers.official.wording import day, paragraphs

REVIEW = "《信访工作条例》第三十五条"


@dataclass(frozen=True)
class OpinionFacts:
    """`to` the petitioner as addressed; `opinions` one for each of `requests`; `basis` laws with their number.

    `review_body` is the office above, where a review may be asked within 30 days; empty leaves the sentence out.
    `matter` is what kind of matter it is: a petition, or 诉求 for any other. Without `facts` their heading is left out.
    """

    issue: Issue
    to: str
    appeal: str
    received_on: date
    requests: tuple[str, ...]
    facts: str
    opinions: tuple[str, ...]
    basis: tuple[str, ...]
    review_body: str = ""
    contact: str = ""
    matter: str = "信访事项"


def opinion(of: OpinionFacts) -> Paper:
    """The opinion as a paper."""
    return letter(of.issue, f"{of.issue.organ}\n{of.matter}处理意见书", _blocks(of), to=of.to)


def _blocks(of: OpinionFacts) -> Iterator[Block]:
    yield Paragraph(f"你于{day(of.received_on)}提出的{of.matter}（编号：{of.appeal}）收悉。经调查核实，现答复如下。")
    yield Heading("诉求事项")
    yield Listing(of.requests)
    if of.facts:
        yield Heading("调查核实情况")
    yield from (Paragraph(one) for one in paragraphs(of.facts))
    yield Heading("处理意见")
    if of.basis:
        yield Paragraph(f"依据{'、'.join(of.basis)}，提出以下处理意见：")
    yield Listing(of.opinions)
    if of.review_body:
        yield Paragraph(
            f"如不服本处理意见，可自收到本意见书之日起30日内，向{of.review_body}书面提出复查请求（{REVIEW}）。"
        )
    if of.contact:
        yield Paragraph(f"联系方式：{of.contact}")
