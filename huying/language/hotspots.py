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
MOST_OF_A_TEXT = 300
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
    recent, tried = _index(dict(list(now.items())[:MOST_TEXTS]), least=least)
    earlier = list(before)[:MOST_TEXTS]
    past = _count(earlier, recent)
    found = [
        Hotspot(phrase, frozenset(keys), past[phrase], _chance(len(keys), len(now), past[phrase], len(earlier)))
        for phrase, keys in recent.items()
    ]
    sure = [one for one in found if one.chance * tried <= FALSE_A_LOOK]
    longest = _longest(sorted(sure, key=lambda one: (-len(one.keys), -len(one.phrase), one.phrase)))
    named = set(hidden)
    return [one for one in longest if not _points_at_somebody(one, now, named)]


def _points_at_somebody(one: Hotspot, texts: Mapping[int, str], named: Iterable[str]) -> bool:
    """Whether a name stands in the phrase, or the phrase in a name, in any of the texts that say it."""
    if any(name in one.phrase for name in named):
        return True
    said = (texts[key][:MOST_OF_A_TEXT] for key in one.keys)
    found = {text[span.start : span.end] for text in said for span in names.find_names(text)}
    return any(name in one.phrase or one.phrase in name or _overlap(name, one.phrase) for name in found)


def _overlap(name: str, phrase: str) -> bool:
    """Whether the phrase begins with the end of the name or ends with its beginning, by two characters or more."""
    return phrase.startswith(name[-2:]) or phrase.endswith(name[:2])


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


def _index(texts: Mapping[int, str], *, least: int) -> tuple[dict[str, set[int]], int]:
    """Each stretch that enough texts share, with their keys; and how many stretches were tried.

    Grown from the shortest: a longer one is shared by enough texts only where both its shorter ends are.
    """
    runs = {key: _STRETCH.findall(_plain(text)) for key, text in texts.items()}
    kept: dict[str, set[int]] = {}
    shorter: set[str] | None = None
    tried = 0
    for length in range(SHORTEST, LONGEST + 1):
        found: dict[str, set[int]] = defaultdict(set)
        for key, some in runs.items():
            for phrase in _stretches(some, length):
                if shorter is None or (phrase[:-1] in shorter and phrase[1:] in shorter):
                    found[phrase].add(key)
        tried += len(found)
        shared = {phrase: keys for phrase, keys in found.items() if len(keys) >= least}
        kept |= shared
        shorter = set(shared)
        if not shorter:
            break
    return kept, tried


def _count(texts: Iterable[str], wanted: Iterable[str]) -> dict[str, int]:
    """How many of the earlier texts say each of these."""
    found = dict.fromkeys(wanted, 0)
    lengths = {len(phrase) for phrase in found}
    for text in texts:
        some = _STRETCH.findall(normalise(text[:MOST_OF_A_TEXT]))
        for phrase in {one for length in lengths for one in _stretches(some, length) if one in found}:
            found[phrase] += 1
    return found


def _plain(text: str) -> str:
    """A text as far as it may become a phrase: no contact, nothing everybody writes."""
    return _EVERYDAY.sub(" ", normalise(without_contacts(text[:MOST_OF_A_TEXT])))


def _stretches(runs: Iterable[str], length: int) -> Iterator[str]:
    for run in runs:
        for start in range(len(run) - length + 1):
            yield run[start : start + length]


def _chance(now: int, of_now: int, before: int, of_before: int) -> float:
    """How likely so many texts of now say it, if it were no more usual than before (half a text more is allowed)."""
    share = min((before + 0.5) / (of_before + 1), 0.999)
    if now <= share * of_now:
        return 1.0
    one, other = math.log(share), math.log1p(-share)
    total = 0.0
    for count in range(now, of_now + 1):
        ways = math.lgamma(of_now + 1) - math.lgamma(count + 1) - math.lgamma(of_now - count + 1)
        part = math.exp(ways + count * one + (of_now - count) * other)
        total += part
        if part < total * 1e-9:
            break
    return total


def _longest(found: Iterable[Hotspot]) -> list[Hotspot]:
    """Without those that say less of the same: most of whose texts already stand under an earlier one."""
    kept: list[Hotspot] = []
    for one in found:
        if all(len(one.keys & other.keys) <= len(one.keys) / 2 for other in kept):
            kept.append(one)
    return kept
