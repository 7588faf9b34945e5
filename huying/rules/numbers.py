"""Numbers in people's hands: the 16-digit receipt code 查询码 and the yearly appeal number 工单编号.

A code is 15 random digits and one Damm check digit, so every single wrong digit and every swap of two neighbours
is caught before a database is asked. Chance is handed in: a whole year can be replayed from a seed.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

CODE_LENGTH = 16
_GROUP = 4

# Damm's quasigroup of order 10: totally anti-symmetric, with zeros on the diagonal (H. M. Damm, 2004).
_QUASIGROUP = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)

_CODE = re.compile(rf"[0-9]{{{CODE_LENGTH}}}")
_NUMBER = re.compile(r"([0-9]{4})-([0-9]{4,9})")

# What people and their phones put between digits: blanks, dashes, dots, commas, and characters one cannot see.
_BETWEEN = re.compile(r"[\s\-_.,·、。\u2010-\u2015\u2212\u200b-\u200d\u2060\ufeff]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")


class NotAnAppealNumber(ValueError):
    """The text is no appeal number."""

    def __init__(self) -> None:
        super().__init__("工单编号的样子是“2026-0731”：年份、短横、至少四位数字。")


class AppealNumber(NamedTuple):
    """A number of the yearly sequence of one organisation."""

    year: int
    sequence: int

    def __str__(self) -> str:
        return appeal_number(self.year, self.sequence)


def receipt_code(draw: Callable[[int], int]) -> str:
    """A new code of 16 digits. `draw(n)` gives a random number from 0 to n-1 (about 49.8 bits in all)."""
    digits = f"{draw(10 ** (CODE_LENGTH - 1)):0{CODE_LENGTH - 1}d}"
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    """The Damm digit that makes `digits` a whole code."""
    return str(_interim(digits))


def is_well_formed(code: str) -> bool:
    """True for 16 plain digits whose check digit fits. Says nothing about whether the code was ever given out."""
    return _CODE.fullmatch(code) is not None and _interim(code) == 0


def normalise(text: str) -> str:
    """The code as it was meant: full-width digits made plain, blanks and dashes gone. Other characters stay."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text))


def grouped(code: str) -> str:
    """The code in fours, as people read it aloud: 1234 5678 9012 3456."""
    return " ".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def appeal_number(year: int, sequence: int) -> str:
    """The number as people see it, 2026-0731; the sequence has at least four digits."""
    return f"{year}-{sequence:04d}"


def parse_appeal_number(text: str) -> AppealNumber:
    """Year and sequence of a number people wrote, full-width digits and long dashes included.

    Raises NotAnAppealNumber.
    """
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise NotAnAppealNumber
    number = AppealNumber(int(found[1]), int(found[2]))
    if str(number) != plain:  # one number has one spelling: 2026-00731 is none
        raise NotAnAppealNumber
    return number


def _interim(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _QUASIGROUP[interim][int(digit)]
    return interim
