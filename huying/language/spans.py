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


class Span(NamedTuple):
    """A piece of a text: text[start:end]."""

    start: int
    end: int
    kind: Kind


Pattern = tuple[Kind, re.Pattern[str]]


def folded(text: str) -> str:
    """The text in one width, character by character, so that every place stays where it is."""
    return "".join(_narrow(char) for char in text)


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


def _narrow(char: str) -> str:
    if char.isascii():
        return char
    narrow = unicodedata.normalize("NFKC", char)
    return narrow if len(narrow) == 1 else char
