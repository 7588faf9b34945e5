"""Spot checks: a sample nobody can choose, who may call a second time, and what two calls together say (domain §8.1).

First the list is frozen: its digest stands on record. The seed comes from the first seal of the ledger made after that,
so neither who draws nor who is drawn can know it beforehand, and everyone can draw again and get the same.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from huying.rules.actors import Actor
from huying.rules.case import CaseFacts
from huying.rules.conflicts import is_near, is_walled
from huying.rules.enums import PostKind, Satisfaction, UnitLevel
from huying.rules.refusals import Refusal

CHECKERS: Final = (PostKind.INSPECTOR, PostKind.COUNTY_SUPERVISOR, PostKind.COUNTY_DISPATCHER)
SEED: Final = "huying spot check seed 1"
DRAW: Final = "huying spot check draw 1"
Z: Final = 1.959964  # 95 %
FEW: Final = 10


class NotYoursToCheck(Refusal):
    """This person may not call about this appeal a second time; the text says why."""


class NothingToDraw(Refusal):
    """There is no list, or no seal yet, from which a sample could be drawn."""


@dataclass(frozen=True, slots=True)
class FirstCall:
    """The callback before the closing: by whom, from which tier, and what was said. No answer is None."""

    person: int | None
    tier: int
    resolved: bool | None
    satisfaction: str | None


@dataclass(frozen=True, slots=True)
class SecondCall:
    """What was said the second time."""

    resolved: bool | None
    satisfaction: str | None


@dataclass(frozen=True, slots=True)
class Share:
    """k of n, and the 95 % interval around it (Wilson), in parts of one; both ends are None without n."""

    k: int
    n: int
    low: float | None
    high: float | None

    @property
    def is_few(self) -> bool:
        """Too few to compare units by."""
        return self.n < FEW


@dataclass(frozen=True, slots=True)
class Effect:
    """How many came before and after, and the ratio with its 95 % interval; None where nothing can be said."""

    before: int
    after: int
    ratio: float | None
    low: float | None
    high: float | None


def list_digest(entries: Iterable[str]) -> str:
    """The digest of a frozen list: its entries in order, one a line. The order in which they came does not matter."""
    return hashlib.sha256("\n".join(sorted(set(entries))).encode()).hexdigest()


def seed_of(*, seal: str, entries: str) -> str:
    """The seed from the digest of a seal and that of the list: two lists drawn by one seal have different seeds."""
    return hashlib.sha256(f"{SEED}\n{seal}\n{entries}".encode()).hexdigest()


def sample_size(number: int, *, share: int) -> int:
    """How many of so many are drawn: the share in per cent, rounded up, and at least one of some."""
    if not 0 < share <= 100:
        raise NothingToDraw("抽查比例要在 1 到 100 之间")
    return -(-number * share // 100)


def drawn(entries: Iterable[str], *, seed: str, share: int) -> tuple[str, ...]:
    """The entries drawn, in the order of their lots. Same list, seed and share: same sample."""
    known = sorted(set(entries))
    lots = sorted((hashlib.sha256(f"{DRAW}\n{seed}\n{one}".encode()).hexdigest(), one) for one in known)
    return tuple(one for _lot, one in lots[: sample_size(len(known), share=share)])


def require_checker(actor: Actor, case: CaseFacts, first: FirstCall | None) -> None:
    """This person may call a second time. Raises NotYoursToCheck.

    Of a tier above the one that called first (above the handling unit, where nobody called); where the county called
    itself, another person there. Never a hand of the case, who called first, or who works near those it is about.
    """
    posts = [post for post in actor.holding(*CHECKERS) if post.unit.holds(case.place.path)]
    if not posts:
        raise NotYoursToCheck("二次回访由督导或县中心做")
    if actor.person in case.history.hands or (first is not None and actor.person == first.person):
        raise NotYoursToCheck("办过、审过或第一次回访过这件的人，不能再回访")
    if is_walled(actor, case.subjects) or (actor.home is not None and is_near(actor.home, case.subjects)):
        raise NotYoursToCheck("您和这件有关，要回避")
    tier, below = max(post.unit.level.tier for post in posts), _tier_before(case, first)
    if tier < below or (tier == below and below < UnitLevel.COUNTY.tier):
        raise NotYoursToCheck("二次回访要由比第一次更高的一级做")


def _tier_before(case: CaseFacts, first: FirstCall | None) -> int:
    if first is not None:
        return first.tier
    return (case.lead or case.place).level.tier


def is_worse(first: FirstCall, second: SecondCall) -> bool:
    """Whether the family said less good things the second time: no longer resolved, or less satisfied."""
    if first.resolved is True and second.resolved is False:
        return True
    before, after = _GRADES.get(first.satisfaction or ""), _GRADES.get(second.satisfaction or "")
    return before is not None and after is not None and after < before


def comparable(first: FirstCall | None, second: SecondCall) -> bool:
    """Whether there are two answers to compare."""
    return first is not None and first.resolved is not None and second.resolved is not None


def share_of(k: int, n: int) -> Share:
    """k of n with its interval."""
    if n == 0:
        return Share(0, 0, None, None)
    low, high = _wilson(k, n)
    return Share(k, n, low, high)


def effect(*, before: int, after: int) -> Effect:
    """What a measure changed in equal stretches of time: after / before, with the interval of two small counts.

    Given how many came altogether, those after are a share of them: the interval of that share gives the ratio's.
    """
    n = before + after
    if not n:
        return Effect(0, 0, None, None, None)
    low, high = _wilson(after, n)
    return Effect(before, after, after / before if before else None, _odds(low), _odds(high))


def worse_of(pairs: Sequence[tuple[FirstCall, SecondCall]]) -> Share:
    """How many of these pairs got worse."""
    return share_of(sum(is_worse(*pair) for pair in pairs), len(pairs))


_GRADES: Final = {
    Satisfaction.SATISFIED.value: 3,
    Satisfaction.BASICALLY.value: 2,
    Satisfaction.DISSATISFIED.value: 1,
}


def _wilson(k: int, n: int) -> tuple[float, float]:
    share, z = k / n, Z * Z
    middle = (share + z / (2 * n)) / (1 + z / n)
    half = Z * sqrt(share * (1 - share) / n + z / (4 * n * n)) / (1 + z / n)
    # At the ends the formula gives 0 and 1, but for the last digit.
    return 0.0 if k == 0 else middle - half, 1.0 if k == n else middle + half


def _odds(share: float) -> float | None:
    return share / (1 - share) if share < 1 else None
