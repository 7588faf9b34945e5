"""The deadlines of one person as a calendar program reads them: numbers and moments, nothing of the case."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from huying.appeals import piles, queries
from huying.rules.actors import Actor

# What waits for somebody themselves. What a desk has sent out, or keeps an eye on, is no date of theirs.
MINE = ("triage", "declines", "to_sign", "handling", "assisting", "to_review", "time_asked", "to_call", "to_close",
        "unreviewed")  # fmt: skip
MOST = 500


@dataclass(frozen=True)
class Deadline:
    """One order and when it is due; `provisional` while the year's notice is not in."""

    number: str
    due_at: datetime
    provisional: bool


def deadlines_of(actor: Actor, *, at: datetime) -> list[Deadline]:
    """What waits for this person, as far as they may see it today, nearest first; none without posts and work."""
    waiting = Q(pk__in=[])
    for pile in piles.of(actor):
        if pile.name in MINE:
            waiting |= pile.holds(actor, at=at)
    rows = queries.visible_to(actor).filter(waiting, next_due_at__isnull=False, paused=False)
    shown = rows.order_by("next_due_at", "pk").values_list("number", "next_due_at", "provisional")[:MOST]
    return [Deadline(*row) for row in shown]
