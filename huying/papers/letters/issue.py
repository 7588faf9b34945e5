"""What every letter has: who issues it, its number, its day, to whom copies go, and whether it is only a draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huying.papers.official.document import DRAFT, Block, Imprint, Letterhead, Paper, Signature


@dataclass(frozen=True)
class Issue:
    """Of a letter: `organ` the issuing unit, `number` 发文字号 in full, `on` 成文日期; `signer` if it goes upwards."""

    organ: str
    number: str = ""
    on: date | None = None
    signer: str = ""
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    is_draft: bool = False


def letter(issue: Issue, title: str, blocks: Iterable[Block], *, to: str, is_letter: bool = True) -> Paper:
    """A paper with the red head, its addressee, its signature and its imprint; a letter's head stands higher."""
    return Paper(
        title=title,
        blocks=tuple(blocks),
        letterhead=Letterhead(issue.organ, issue.number, issue.signer, is_letter),
        addressee=to,
        signature=Signature(issue.organ, issue.on),
        imprint=Imprint(issue.copies_to, issue.printed_by, issue.on) if issue.copies_to or issue.printed_by else None,
        mark=DRAFT if issue.is_draft else "",
    )


def minutes(issue: Issue, title: str, blocks: Iterable[Block]) -> Paper:
    """A record without a red head: it is signed by those who were there."""
    return Paper(title=title, blocks=tuple(blocks), mark=DRAFT if issue.is_draft else "")
