"""Tokens for search: single Chinese characters and pairs of neighbours, whole words of letters and digits.

Made in Python for both databases: SQLite's trigram index answers two-character words with silence, PostgreSQL's does
not use its index for them. A token holds letters and digits alone, as Unicode 3.2 knew them (a newer character is
spelled by its number): no tokenizer splits it, and no query language finds anything in it to take for an operator.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

LONGEST = 40
MOST_CHARACTERS = 200_000  # of all tokens of one entry: a tsvector holds one megabyte
MOST_ASKED = 24
_LONGEST_QUERY = 2_000

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
_UNSEEN = ("Mn", "Me", "Mc", "Cf", "Cs", "Co")


def normalise(text: str) -> str:
    """The text as search sees it: one width, one case, no accents, no control or invisible characters."""
    plain = "".join(_seen(char) for char in unicodedata.normalize("NFKD", text).casefold())
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def index_tokens(text: str) -> list[str]:
    """The tokens under which a text is found, each once, in order of appearance: single characters and pairs."""
    found: dict[str, None] = {}
    size = 0
    for token in (token for run in _runs(text) for token in _all_of(run)):
        if token in found:
            continue
        size += len(token)
        if size > MOST_CHARACTERS:
            break
        found[token] = None
    return list(found)


def query_tokens(query: str) -> list[str]:
    """The tokens a text must have to answer the query; none for a query without a word in it."""
    wanted = dict.fromkeys(token for run in _runs(query[:_LONGEST_QUERY]) for token in _fewest_of(run))
    return list(wanted)[:MOST_ASKED]


def _runs(text: str) -> Iterator[str]:
    """Words and stretches of Chinese; none goes beyond a space or a mark."""
    return (match.group() for match in _RUN.finditer(normalise(text)))


def _all_of(run: str) -> Iterator[str]:
    if not _IS_HAN.match(run):
        yield _word(run)
        return
    yield from map(_spelled, run)
    yield from _pairs(run)


def _fewest_of(run: str) -> Iterator[str]:
    """A pair is rarer than its characters; a single character stands for itself."""
    if not _IS_HAN.match(run):
        yield _word(run)
    elif len(run) == 1:
        yield _spelled(run)
    else:
        yield from _pairs(run)


def _pairs(run: str) -> Iterator[str]:
    return (_spelled(first) + _spelled(second) for first, second in pairwise(run))


def _word(run: str) -> str:
    return "".join(map(_spelled, run[:LONGEST]))[:LONGEST]


@cache
def _spelled(char: str) -> str:
    return char if unicodedata.ucd_3_2_0.category(char)[0] in "LN" else f"u{ord(char):x}"


@cache
def _seen(char: str) -> str:
    """Nothing for an accent and for what cannot be seen; a space for a control character."""
    kind = unicodedata.category(char)
    if kind == "Cc":
        return " "
    return "" if kind in _UNSEEN else char
