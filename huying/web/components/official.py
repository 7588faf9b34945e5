"""An official paper for a page: its parts in order, to be set by `components/paper.html`, which escapes every text."""

from dataclasses import dataclass
from typing import Any

from huying.papers.official.as_html import imprint_lines
from huying.papers.official.document import Paper, Table
from huying.papers.official.wording import attachment_lines, cleaned, numbers, signed_on, title_lines


@dataclass(frozen=True)
class Part:
    """One block: what it is, its number, and itself; of a table, its rows with the side each cell stands on."""

    kind: str
    number: str
    block: Any
    heads: tuple[tuple[str, bool], ...] = ()
    rows: tuple[tuple[tuple[str, bool, bool], ...], ...] = ()


def shown(paper: Paper) -> dict[str, Any]:
    """What the template sets."""
    clean = cleaned(paper)
    return {
        "paper": clean,
        "lines": title_lines(clean.title),
        "parts": [_part(block, number) for number, block in zip(numbers(clean), clean.blocks, strict=True)],
        "attached": attachment_lines(clean.attachments) if clean.attachments else [],
        "signed_on": signed_on(clean.signature) if clean.signature is not None else "",
        "imprint": list(imprint_lines(clean.imprint)) if clean.imprint is not None else [],
    }


def _part(block: Any, number: str) -> Part:
    kind = type(block).__name__
    if not isinstance(block, Table):
        return Part(kind, number, block)
    return Part(
        kind,
        number,
        block,
        heads=tuple((text, place in block.left) for place, text in enumerate(block.heads)),
        rows=tuple(tuple(_cell(block, place, text) for place, text in enumerate(row)) for row in block.rows),
    )


def _cell(table: Table, place: int, text: str) -> tuple[str, bool, bool]:
    """The text, whether it begins at the left, and whether it is the label of what follows."""
    return text, place in table.left, not table.heads and place % 2 == 0
