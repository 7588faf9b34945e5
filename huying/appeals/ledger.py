"""The ledger looked over: whether the chains hold, and what stands in them last."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from huying.appeals.models import Appeal, Event
from huying.appeals.steps import as_fact
from huying.rules import chain
from huying.rules.chain import Break, Recorded


def breaks(*, newest: int | None = None) -> Iterator[tuple[str, Break]]:
    """(number, the first place that does not hold) of every appeal whose record was changed.

    With `newest`, only of so many that were acted on last.
    """
    for appeal in _touched_last(newest).select_related("organisation").prefetch_related("events"):
        organisation = appeal.organisation.code
        told = [
            Recorded(as_fact(event, organisation=organisation, number=appeal.number), event.digest)
            for event in appeal.events.all()
        ]
        found = chain.first_break(told, organisation=organisation, number=appeal.number)
        found = found or _tail_cut_off(appeal)
        if found is not None:
            yield appeal.number, found


def last_event_at() -> datetime | None:
    """When the newest act was done; None before the first."""
    return Event.objects.order_by("-pk").values_list("at", flat=True).first()


def _tail_cut_off(appeal: Appeal) -> Break | None:
    """A record whose last event was cut off is sound in itself, but no longer says what the row says."""
    last = list(appeal.events.all())[-1]
    flags = " ".join(sorted(flag.value for flag in appeal.flag_set))
    if (last.to_state, last.flags) == (appeal.state, flags):
        return None
    return Break(last.sequence + 1, "最后的事件和现在的状态对不上")


def _touched_last(many: int | None) -> QuerySet[Appeal]:
    if many is None:
        return Appeal.objects.order_by("pk")
    events = Event.objects.order_by("-pk").values_list("appeal_id", flat=True)[: many * 4]
    return Appeal.objects.filter(pk__in=list(dict.fromkeys(events))[:many]).order_by("pk")
