from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.appeals import queries
from huying.appeals.actions.remind import remind
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.actors import Actor

MOST = 200


@dataclass(frozen=True)
class Reminded:
    """Which were reminded, and which were not, by number."""

    done: tuple[str, ...]
    left: tuple[str, ...]


def remind_many(appeals: Iterable[int], *, words: str, by: Actor, at: datetime) -> Reminded:
    """Whoever has one of these in hand was nudged (催办) with the same words; what cannot be reminded is told.

    Each by itself: one that has been finished meanwhile keeps back no other. What this person may not see is not there.
    """
    done: list[str] = []
    left: list[str] = []
    found = queries.visible_to(by).filter(pk__in=[*appeals]).select_related(*queries.SHOWN_WITH)
    for appeal in found.order_by("next_due_at", "pk")[:MOST]:
        try:
            with transaction.atomic():
                remind(appeal, words=words, by=by, at=at)
        except (NotAllowed, NotPossible, Stale):
            left.append(appeal.number)
        else:
            done.append(appeal.number)
    return Reminded(tuple(done), tuple(left))
