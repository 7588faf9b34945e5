"""What is suddenly talked about: words that were rare and come from several people now, and texts of one matter.

Phrases are stretches that several texts share. Names, numbers and whatever could point at a person are no phrases:
a warning is read by many.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from huying.language import likeness, names
from huying.language.contacts import without_contacts
from huying.language.tokens import normalise

SHORTEST, LONGEST = 3, 8
MOST_TEXTS = 2_000
MOST_OF_A_TEXT = 600
ALIKE = 0.35
# Chance alone brings so few false phrases in a look, over all stretches that are compared.
FALSE_A_LOOK = 0.01
_STRETCH = re.compile(r"[\u4e00-\u9fff]+")
_EVERYDAY = re.compile(
    r"尊敬|您好|你好|请问|谢谢|感谢|希望|领导|麻烦|反映|情况|问题|相关|部门|解决|处理|尽快|能不能|可以|孩子|家长|我们|我家|老师|学校"
)


@dataclass(frozen=True)
class Hotspot:
    """A phrase, the keys of the texts that say it now, and how many of the earlier texts said it."""

    phrase: str
    keys: frozenset[int]
    before: int
    chance: float


def hotspots(
    now: Mapping[int, str], before: Iterable[str], *, least: int = 3, hidden: Iterable[str] = ()
) -> list[Hotspot]:
    """The phrases that grew most, the surest first; of phrases said by the same texts only the longest."""
    recent = _index(dict(list(now.items())[:MOST_TEXTS]))
    earlier = list(before)[:MOST_TEXTS]
    past = _count(earlier, {phrase for phrase, keys in recent.items() if len(keys) >= least})
    asked = [(phrase, keys) for phrase, keys in recent.items() if len(keys) >= least]
    found = [
        Hotspot(phrase, frozenset(keys), past[phrase], _chance(len(keys), len(now), past[phrase], len(earlier)))
        for phrase, keys in asked
    ]
    named = set(hidden)
    sure = [
        one
        for one in found
        if one.chance * len(recent) <= FALSE_A_LOOK and not any(name in one.phrase for name in named)
    ]
    return _longest(sorted(sure, key=lambda one: (-len(one.keys), -len(one.phrase), one.phrase)))


def together(texts: Mapping[int, str], *, alike: float = ALIKE) -> list[frozenset[int]]:
    """Texts that tell one matter: each is alike to another of its group. Texts alike to none are left out."""
    keys = sorted(texts)[-MOST_TEXTS:]
    leader = {key: key for key in keys}
    for place, one in enumerate(keys):
        for other in keys[place + 1 :]:
            if _root(leader, one) != _root(leader, other) and likeness.alike(texts[one], texts[other]) >= alike:
                leader[_root(leader, other)] = _root(leader, one)
    groups: dict[int, set[int]] = defaultdict(set)
    for key in keys:
        groups[_root(leader, key)].add(key)
    return [frozenset(group) for group in groups.values() if len(group) > 1]


def _root(leader: Mapping[int, int], key: int) -> int:
    while leader[key] != key:
        key = leader[key]
    return key


def _index(texts: Mapping[int, str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for key, text in texts.items():
        for phrase in _phrases(text):
            found[phrase].add(key)
    return found


def _count(texts: Iterable[str], wanted: set[str]) -> dict[str, int]:
    found = dict.fromkeys(wanted, 0)
    for text in texts:
        for phrase in wanted.intersection(_stretches(normalise(text[:MOST_OF_A_TEXT]))):
            found[phrase] += 1
    return found


def _phrases(text: str) -> set[str]:
    """The stretches of a text that may be a phrase: no contact, no name, nothing everybody writes."""
    plain = without_contacts(text[:MOST_OF_A_TEXT])
    for span in sorted(names.find_names(plain), key=lambda one: -one.start):
        plain = f"{plain[: span.start]} {plain[span.end :]}"
    return set(_stretches(_EVERYDAY.sub(" ", normalise(plain))))


def _stretches(plain: str) -> Iterator[str]:
    for run in _STRETCH.findall(plain):
        for start in range(len(run)):
            for end in range(start + SHORTEST, min(start + LONGEST, len(run)) + 1):
                yield run[start:end]


def _chance(now: int, of_now: int, before: int, of_before: int) -> float:
    """How likely so many texts of now say it, if it were no more usual than before (half a text more is allowed)."""
    share = min((before + 0.5) / (of_before + 1), 0.999)
    ways = (math.lgamma(of_now + 1) - math.lgamma(count + 1) - math.lgamma(of_now - count + 1)
            for count in range(now, of_now + 1))  # fmt: skip
    one, other = math.log(share), math.log1p(-share)
    return sum(math.exp(way + count * one + (of_now - count) * other) for count, way in enumerate(ways, start=now))


def _longest(found: Iterable[Hotspot]) -> list[Hotspot]:
    """Without those that say less of the same: most of whose texts already stand under an earlier one."""
    kept: list[Hotspot] = []
    for one in found:
        if all(len(one.keys & other.keys) <= len(one.keys) / 2 for other in kept):
            kept.append(one)
    return kept
