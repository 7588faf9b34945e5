"""Texts as they go to paper: cleaned, numbered, broken into lines of a title, days written out, widths counted."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from huying.papers.official.document import Heading, Paper, Signature

DIGITS: Final = "〇一二三四五六七八九"
TITLE_LENGTH = 20  # characters of 22 points on a line of 156 mm
# Controls, marks that turn the direction of a line, halves of pairs. What is only unknown stays: it may be a name.
_NOT_PRINTED: Final = frozenset({"Cc", "Cf", "Cs"})
_NO_CHARACTERS: Final = frozenset("\ufffe\uffff")
# Pages set figures off with a blank (42 件); papers do not.
_BLANK_AT_FIGURE: Final = re.compile(r"(?<=[\u4e00-\u9fff]) (?=\d)|(?<=[\d%]) (?=[\u4e00-\u9fff])")


def plain(text: str) -> str:
    """The text on one line, without anything that is no letter: controls, direction marks, half surrogates."""
    spaced = re.sub(r"[\s\u2028\u2029]+", " ", text)
    printed = "".join(one for one in spaced if _is_printed(one)).strip()
    return _BLANK_AT_FIGURE.sub("", printed)


def _is_printed(one: str) -> bool:
    return unicodedata.category(one) not in _NOT_PRINTED and one not in _NO_CHARACTERS


def paragraphs(text: str) -> Iterator[str]:
    """What a person wrote, paragraph by paragraph; empty lines are left out."""
    for line in re.split(r"[\r\n\u2028\u2029]+", text):
        if cleaned := plain(line):
            yield cleaned


def cleaned(paper: Paper) -> Paper:
    """The same paper with every text plain; the title keeps its line feeds."""
    title = "\n".join(paragraphs(paper.title))
    done: Paper = _cleaned(paper)
    return replace(done, title=title)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(one) for one in value)
    if hasattr(value, "__dataclass_fields__"):
        return replace(value, **{name: _cleaned(getattr(value, name)) for name in value.__dataclass_fields__})
    return value


def chinese(number: int) -> str:
    """1 to 99 in Chinese figures: 三, 十, 十二, 四十五."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def numbers(paper: Paper) -> Iterator[str]:
    """For every block of the paper what stands before it: the number of a heading, or nothing."""
    counts = [0, 0, 0, 0]
    for block in paper.blocks:
        if not isinstance(block, Heading):
            yield ""
            continue
        place = min(max(block.level, 1), 4) - 1
        counts[place] += 1
        counts[place + 1 :] = [0] * (3 - place)
        yield _number(place, counts[place])


def _number(place: int, count: int) -> str:
    return (f"{chinese(count)}、", f"（{chinese(count)}）", f"{count}.", f"（{count}）")[place]


def title_lines(title: str) -> list[str]:
    """The lines of a title: as written, or one, or broken before 关于, or into lines of about the same length."""
    if "\n" in title:
        return title.split("\n")
    if len(title) <= TITLE_LENGTH:
        return [title]
    head, about, rest = title.partition("关于")
    if head and len(head) <= TITLE_LENGTH and len(about + rest) <= TITLE_LENGTH:
        return [head, about + rest]
    count = -(-len(title) // TITLE_LENGTH)
    longest = -(-len(title) // count)
    return [title[start : start + longest] for start in range(0, len(title), longest)]


def day(on: date) -> str:
    """The day in Arabic figures, without leading zeros."""
    return f"{on.year}年{on.month}月{on.day}日"


def signed_on(signature: Signature) -> str:
    """The day of a signature, or the blank that is left for it."""
    return day(signature.on) if signature.on else "　　年　月　日"


def attachment_lines(names: tuple[str, ...]) -> list[str]:
    """附件：1.××, one a line; a single one has no number."""
    if len(names) == 1:
        return [f"附件：{names[0]}"]
    return [f"{'　　　' if place > 1 else '附件：'}{place}.{name}" for place, name in enumerate(names, start=1)]


def width(text: str) -> float:
    """How many characters of the grid a text takes: Latin letters and figures take half."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in text)


def signature_indents(signature: Signature) -> tuple[float, float]:
    """Characters left free at the right of (organ, day): the day stands 4 in, the organ is centred above it."""
    organ, on = width(signature.organ), width(signed_on(signature))
    centre = max(4 + on / 2, organ / 2)
    return max(centre - organ / 2, 0), max(centre - on / 2, 0)
