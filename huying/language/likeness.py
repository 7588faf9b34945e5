"""How alike two texts are, and where: a suggestion that two people tell the same matter, with the words they share."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from huying.language.tokens import normalise

SHORTEST_SHARED = 3
MOST_SHARED = 3
_LONGEST = 4_000
# What everybody writes says nothing about the matter.
_POLITE = re.compile(
    r"尊敬的|您好|你好|请问|谢谢|感谢|希望|领导|麻烦|学校|老师|孩子|家长|我们|我家|反映|情况|问题|相关|部门|解决|处理|尽快|能不能|可以"
)
_RUN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Alike:
    """A text that may tell the same matter: its key, how alike it is (0 to 1), and the longest words both have."""

    key: int
    score: float
    shared: tuple[str, ...]


def alike(one: str, other: str) -> float:
    """0 for nothing in common, 1 for the same words: how much the texts share, and how much of the shorter one."""
    return _score(_pairs(one), _pairs(other))


def suggest(new: str, candidates: Mapping[int, str], *, most: int = 5, least: float = 0.2) -> list[Alike]:
    """The candidates most like the new text, the likest first, each with the words they share as the reason."""
    mine = _pairs(new)
    scored = ((key, _score(mine, _pairs(text))) for key, text in candidates.items())
    close = sorted((-score, key) for key, score in scored if score >= least)[:most]
    return [Alike(key, -score, tuple(_shared(new, candidates[key]))) for score, key in close]


def _score(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Midway between what both share of all they say, and what the longer text holds of the shorter."""
    if not mine or not theirs:
        return 0.0
    both = len(mine & theirs)
    return both / 2 / len(mine | theirs) + both / 2 / min(len(mine), len(theirs))


def _pairs(text: str) -> frozenset[str]:
    """Neighbouring characters of what is said; one lone character stands for itself."""
    runs = list(_runs(text))
    pairs = frozenset(first + second for run in runs for first, second in pairwise(run))
    return pairs or frozenset(runs)


def _runs(text: str) -> Iterator[str]:
    plain = normalise(text[:_LONGEST])
    said = _RUN.findall(_POLITE.sub(" ", plain)) or _RUN.findall(plain)
    return iter(said)


def _shared(one: str, other: str) -> list[str]:
    """The longest stretches of one text that stand in the other, in the order of the first."""
    theirs = " ".join(_runs(other))
    found = dict.fromkeys(stretch for run in _runs(one) for stretch in _stretches(run, theirs))
    longest = sorted(found, key=len, reverse=True)[:MOST_SHARED]
    return [stretch for stretch in found if stretch in longest]


def _stretches(run: str, theirs: str) -> Iterable[str]:
    start = 0
    while start + SHORTEST_SHARED <= len(run):
        end = start + SHORTEST_SHARED
        if run[start:end] not in theirs:
            start += 1
            continue
        while end < len(run) and run[start : end + 1] in theirs:
            end += 1
        yield run[start:end]
        start = end
