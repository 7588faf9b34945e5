"""What a hurried clerk means: 34 is 三年级4班, sysx is 澄川县实验小学, 04 is the fourth topic.

Nothing is guessed for good: where two fit alike, both are offered.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from huying.language import pinyin

_NUMERALS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_NUMBER = r"(\d{1,2}|[一二三四五六七八九]?十?[一二三四五六七八九]?)"
_CLASS = re.compile(rf"(初|高)?{_NUMBER}(?:年级)?\(?{_NUMBER}\)?班")
_FIRST_YEAR = {"初": 7, "高": 10}
_MOST_TYPED = 40


@dataclass(frozen=True)
class Named:
    """Something that is chosen by name: what stands for it, its name, the numbers and first letters it goes by."""

    key: str
    name: str
    numbers: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()


def class_numbers(name: str) -> frozenset[str]:
    """The digits that name a class: 34 for 三年级4班, 83 and 23 for 初二3班; none for what is no class."""
    found = _CLASS.fullmatch(_plain(name))
    if found is None:
        return frozenset()
    stage, grade, number = found[1] or "", _number(found[2]), _number(found[3])
    if not grade or not number:
        return frozenset()
    first = _FIRST_YEAR.get(stage, 1)
    return frozenset({f"{grade}{number}", f"{first + grade - 1}{number}"})


@lru_cache(maxsize=8192)
def letters_of(name: str) -> frozenset[str]:
    """The first letters of the syllables, in every reading."""
    return pinyin.initials(name)


def best(typed: str, named: Iterable[Named], *, most: int = 8) -> list[Named]:
    """What may be meant, the best first; with a slip of one letter only where nothing fits without."""
    return [one for _rank, one in _ranked(typed, list(named))[:most]]


def only(typed: str, named: Iterable[Named]) -> Named | None:
    """What is meant: the best, unless another fits as well."""
    ranked = _ranked(typed, list(named))
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _ranked(typed: str, named: list[Named]) -> list[tuple[int, Named]]:
    plain = _plain(typed)[:_MOST_TYPED]
    if not plain:
        return []
    digits = _digits(plain)
    found = [(rank, one) for one in named if (rank := _rank(plain, digits, one)) is not None]
    slip = None if found else _slip(plain)
    if slip is not None:
        found = [(3, one) for one in named if any(map(slip.search, one.letters))]
    return sorted(found, key=lambda pair: (pair[0], len(pair[1].name)))


def _rank(typed: str, digits: str, one: Named) -> int | None:
    """0 it is this, 1 its beginning or its end, 2 a part of it."""
    spoken = (_plain_name(one.name), *one.letters)
    if typed in one.numbers or typed in spoken or digits in one.numbers:
        return 0
    if typed.isdigit():
        return 1 if any(number.startswith(typed) for number in one.numbers) else None
    holding = [word for word in spoken if typed in word]
    if not holding:
        return None
    is_edge = any(word.startswith(typed) or (len(typed) > 1 and word.endswith(typed)) for word in holding)
    return 1 if is_edge else 2


def _slip(typed: str) -> re.Pattern[str] | None:
    """What was typed, with any one of its letters wrong; None where it is too short to tell or no letters."""
    if len(typed) < 3 or not typed.isalpha() or not typed.isascii():
        return None
    return re.compile("|".join(f"{typed[:place]}.{typed[place + 1 :]}" for place in range(len(typed))))


@lru_cache(maxsize=8192)
def _plain_name(name: str) -> str:
    # Names come again and again; what is typed does not, and is not kept.
    return _plain(name)


def _plain(text: str) -> str:
    """One width of letters, no spaces, small."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _digits(typed: str) -> str:
    """三4, 3-4 and 3.4 as 34."""
    return "".join(str(_NUMERALS.get(char, char)) for char in typed if char not in "-.,，、（）()")


def _number(words: str) -> int:
    """4, 四 or 十二 as a number; 0 for nothing."""
    if words.isdigit():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)
