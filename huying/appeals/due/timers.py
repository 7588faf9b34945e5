"""Windows that run out: a withdrawal takes effect, a pause ends at its cap, a review day comes, silence closes."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from huying.appeals import facts
from huying.appeals.actions import close, resume, undefer, withdraw
from huying.appeals.models import Appeal, Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.actors import TIMER
from huying.rules.enums import ClockKind

BATCH = 200


def run_out(*, at: datetime, most: int = BATCH) -> int:
    """The windows that ran out by now have had their effect; how many did. Each is a transaction of its own.

    A window still stands at its very last moment: it has run out just after.
    """
    waiting = Clock.objects.filter(next_step_at__lt=at, stopped_at__isnull=True, kind__in=ACTS)
    rows = list(waiting.order_by("next_step_at", "pk").values_list("pk", flat=True)[:most])
    return sum(_run_out_one(pk, at=at) for pk in rows)


def _run_out_one(pk: int, *, at: datetime) -> int:
    try:
        with transaction.atomic():
            return _act(pk, at=at)
    except Stale:
        # Somebody moved the appeal this very moment; the window is still there on the next round.
        return 0


def _act(pk: int, *, at: datetime) -> int:
    # Whoever takes the mark does the step: a second process finds it taken.
    if not Clock.objects.filter(pk=pk, rung=0, next_step_at__lt=at).update(rung=1, next_step_at=None):
        return 0
    clock = Clock.objects.get(pk=pk)
    appeal = Appeal.objects.select_related(*facts.NEEDED).get(pk=clock.appeal_id)
    try:
        with transaction.atomic():
            ACTS[ClockKind(clock.kind)](appeal, at)
    except (NotPossible, NotAllowed):
        # The table has no such step any more (disputed, red line, closed by hand): the window is simply over.
        return 0
    return 1


ACTS: dict[ClockKind, Callable[[Appeal, datetime], None]] = {
    ClockKind.WITHDRAWAL: lambda appeal, at: withdraw.take_effect(appeal, at=at),
    ClockKind.PAUSE_CAP: lambda appeal, at: resume.resume(appeal, by=TIMER, at=at),
    ClockKind.DEFERRAL: lambda appeal, at: undefer.undefer(appeal, by=TIMER, at=at),
    ClockKind.DISPUTE_WINDOW: lambda appeal, at: close.close_unasked(appeal, at=at),
}
