"""Ratings that say the same within minutes of each other (集中评价): a mark to look at, not a verdict (domain 6.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

WITHIN: Final = timedelta(minutes=10)
LEAST: Final = 5


@dataclass(frozen=True)
class Rating:
    """One rating by a parent's own code."""

    appeal: int
    said: str
    at: datetime


def in_bursts(ratings: Iterable[Rating]) -> frozenset[int]:
    """The appeals whose rating stands among five alike within ten minutes."""
    found: set[int] = set()
    alike: dict[str, list[Rating]] = {}
    for one in sorted(ratings, key=lambda rating: rating.at):
        recent = [other for other in alike.get(one.said, []) if one.at - other.at <= WITHIN]
        alike[one.said] = [*recent, one]
        if len(alike[one.said]) >= LEAST:
            found |= {other.appeal for other in alike[one.said]}
    return frozenset(found)
