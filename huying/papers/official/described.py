"""A paper as plain values for the typesetter: cleaned, numbered, measured."""

from collections.abc import Iterator
from typing import Any

from huying.papers.official import measures as m
from huying.papers.official.document import (
    Block,
    Fine,
    Heading,
    Imprint,
    Letterhead,
    Listing,
    Paper,
    Paragraph,
    Signature,
    SigningLine,
    Table,
)
from huying.papers.official.tables import is_short, shares
from huying.papers.official.wording import cleaned, day, numbers, signature_indents, signed_on, title_lines

MEASURES = {
    "top": m.TOP,
    "bottom": m.BOTTOM,
    "left": m.LEFT,
    "right": m.RIGHT,
    "line": m.LINE,
    "pitch": m.PITCH,
    "body": m.BODY,
    "title": m.TITLE,
    "title-line": m.TITLE_LINE,
    "small": m.SMALL,
    "small-line": m.SMALL_LINE,
    "cell": m.CELL,
    "cell-line": m.CELL_LINE,
    "fine": m.FINE,
    "fine-line": m.FINE_LINE,
    "rule-space": m.RULE_SPACE,
    "foot": m.FOOT_SPACE,
    "red": f"#{m.RED}",
}


def described(paper: Paper) -> dict[str, Any]:
    """Everything that the PDF shows, as strings, numbers and lists."""
    paper = cleaned(paper)
    return {
        "measures": MEASURES,
        "author": paper.letterhead.organ if paper.letterhead else "",
        "mark": paper.mark,
        "letterhead": _letterhead(paper.letterhead),
        "title": title_lines(paper.title),
        "addressee": f"{paper.addressee}：" if paper.addressee else "",
        "kept": isinstance(paper.blocks[-1], Paragraph) if paper.blocks else False,
        "blocks": [
            one for number, block in zip(numbers(paper), paper.blocks, strict=True) for one in _block(block, number)
        ],
        "attachments": list(paper.attachments),
        "signature": _signature(paper.signature),
        "seal": list(paper.seal),
        "imprint": _imprint(paper.imprint),
    }


def head_space(head: Letterhead) -> float:
    """Millimetres left free above the red head."""
    return 0 if head.is_letter else m.HEAD_SPACE


def _letterhead(head: Letterhead | None) -> dict[str, Any] | None:
    if head is None:
        return None
    return {
        "organ": head.organ,
        "number": head.number,
        "signer": head.signer,
        "size": m.head_size(head.organ),
        "space": head_space(head),
    }


def _block(block: Block, number: str) -> Iterator[dict[str, Any]]:
    match block:
        case Paragraph(text, is_flush):
            yield {"kind": "flush" if is_flush else "paragraph", "text": text}
        case Heading(text, level):
            yield {"kind": "heading", "level": level, "text": number + text}
        case Listing(items):
            for place, text in enumerate(items, start=1):
                yield {"kind": "paragraph", "text": f"{place}.{text}"}
        case Table():
            yield _table(block)
        case SigningLine(who):
            yield {"kind": "sign", "text": who}
        case Fine(text):
            yield {"kind": "fine", "text": text}


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "note": table.note,
        "heads": list(table.heads),
        "rows": [list(row) for row in table.rows],
        "left": sorted(table.left),
        "shares": list(shares(table)),
        "whole": is_short(table),
    }


def _signature(signature: Signature | None) -> dict[str, Any] | None:
    if signature is None:
        return None
    organ, on = signature_indents(signature)
    return {"organ": signature.organ, "day": signed_on(signature), "organ-indent": organ, "day-indent": on}


def _imprint(imprint: Imprint | None) -> dict[str, Any] | None:
    if imprint is None:
        return None
    copies = f"抄送：{'，'.join(imprint.copies_to)}。" if imprint.copies_to else ""
    on = f"{day(imprint.printed_on)}印发" if imprint.printed_on else ""
    return {"copies": copies, "by": imprint.printed_by, "on": on}
