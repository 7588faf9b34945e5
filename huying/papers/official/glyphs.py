"""Which characters can be printed: those of our own fonts, then those of an installed one, then none."""

import re
from functools import cache
from pathlib import Path
from typing import Final

import pikepdf

FONTS: Final = Path(__file__).resolve().parents[1] / "fonts"
# The printers' mark for a character that is not in the case.
NOT_IN_THE_CASE: Final = "〓"
_SHOWN: Final = frozenset({"Tj", "TJ", "'", '"'})


def outside(texts: str) -> str:
    """The characters of a text that our own fonts lack, each once, in order."""
    return "".join(sorted({one for one in texts if not one.isspace() and ord(one) not in _covered()}))


@cache
def _covered() -> frozenset[int]:
    lines = (FONTS / "coverage.txt").read_text("ascii").splitlines()
    ranges = [[int(end, 16) for end in line.split()] for line in lines]
    return frozenset(point for first, last in ranges for point in range(first, last + 1))


def pages_with_a_gap(pdf: pikepdf.Pdf) -> list[bool]:
    """For every page whether a glyph is missing on it: the empty box is always glyph 0 of its font."""
    return [any(_has_gap(operands) for operands in _strings(page)) for page in pdf.pages]


def _strings(page: pikepdf.Page) -> list[bytes]:
    found: list[bytes] = []
    for step in pikepdf.parse_content_stream(page):
        if str(step.operator) in _SHOWN:
            for one in step.operands:
                parts = list(one) if isinstance(one, pikepdf.Array) else [one]
                found += [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
    return found


def _has_gap(shown: bytes) -> bool:
    return any(pair == b"\x00\x00" for pair in (shown[place : place + 2] for place in range(0, len(shown), 2)))


def without(text: str, characters: str) -> str:
    """The text with the printers' mark for each of the characters."""
    return re.sub(f"[{re.escape(characters)}]", NOT_IN_THE_CASE, text) if characters else text
