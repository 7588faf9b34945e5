"""A found piece of personal data: what it is, and where it stands."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a piece of personal data is."""

    PHONE = "phone"
    ID_NUMBER = "id_number"
    LONG_NUMBER = "long_number"
    PLATE = "plate"
    EMAIL = "email"
    WECHAT = "wechat"
    QQ = "qq"
    ADDRESS = "address"
    CLASS = "class"
    NAME = "name"
    BIRTH = "birth"
    STUDENT_NUMBER = "student_number"
    EVENT = "event"


class Span(NamedTuple):
    """A piece of a text: text[start:end]."""

    start: int
    end: int
    kind: Kind


def _narrow_forms() -> dict[int, str]:
    """Wide letters and digits, digits in circles, raised, lowered and in mathematical dress."""
    codes = (
        *range(0xFF01, 0xFFEF),
        0x3000,
        0xA0,
        *range(0x2070, 0x20A0),
        *range(0x2460, 0x2500),
        *range(0x1D7CE, 0x1D800),
    )
    plain = {code: unicodedata.normalize("NFKC", chr(code)) for code in codes}
    return {code: form for code, form in plain.items() if len(form) == 1}


_NARROW = _narrow_forms()
Pattern = tuple[Kind, re.Pattern[str]]


def folded(text: str) -> str:
    """The text in one width, character by character, so that every place stays where it is."""
    return text.translate(_NARROW)


def spans(text: str, patterns: Iterable[Pattern]) -> list[Span]:
    """What the patterns find in a folded text. Where a pattern has a group, the first group is the piece."""
    return [
        Span(*match.span(1 if match.re.groups else 0), kind)
        for kind, shape in patterns
        for match in shape.finditer(text)
    ]


def apart(found: Iterable[Span]) -> list[Span]:
    """The pieces in order, none over another: of two that overlap, the one named first stays."""
    kept: list[Span] = []
    for one in found:
        if one.start < one.end and all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept)
