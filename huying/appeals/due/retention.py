"""What has been kept long enough is erased, each appeal in a transaction of its own."""

from datetime import datetime

from django.db import transaction

from huying.appeals import erasure, facts
from huying.appeals.actions import erase
from huying.appeals.models import Appeal
from huying.appeals.steps import NotPossible, Stale
from huying.rules.actors import TIMER

BATCH = 100


def erase_due(*, at: datetime, most: int = BATCH) -> int:
    """Up to so many appeals whose time of keeping is over are erased; how many were."""
    due = list(erasure.due(at=at).values_list("pk", flat=True)[:most])
    return sum(_erase_one(pk, at=at) for pk in due)


def _erase_one(pk: int, *, at: datetime) -> int:
    appeal = Appeal.objects.select_related(*facts.NEEDED).get(pk=pk)
    try:
        with transaction.atomic():
            erase.erase(appeal, by=TIMER, at=at)
    except (Stale, NotPossible):
        # Somebody moved it, or another loop erased it, this very moment.
        return 0
    return 1
