"""The same person, the same school, the same topic again (重复诉求): found by the keyed digest of the phone."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from huying.appeals import facts, identities, parameters, queries
from huying.appeals.casefile import CaseFile
from huying.appeals.models import Appeal, Event
from huying.people.prepared import Prepared
from huying.rules.enums import AppealKind


def before(phone: str, *, place: int, topic: int, received_at: datetime) -> int | None:
    """The latest earlier appeal left under this phone about this topic of this school, inside the repeat window."""
    indexes = identities.indexes_of(phone)
    if not indexes:
        return None
    found = _EARLIER.first(place, topic, received_at, *sorted(indexes))
    if found is None:
        return None
    # Only who has come before costs a look at the window.
    window = timedelta(days=parameters.value("repeat_days", on=facts.local_day(received_at)))
    return int(found[0]) if received_at - found[1] <= window else None


def _earlier(place: Any, topic: Any, received_at: Any, *indexes: Any) -> QuerySet[Any]:
    same = Appeal.objects.filter(identity__phone_index__in=indexes, place=place, topic=topic)
    earlier = same.filter(received_at__lte=received_at).exclude(kind=AppealKind.PRAISE)
    return earlier.order_by("-received_at", "-pk").values_list("pk", "received_at")[:1]


_EARLIER = Prepared(_earlier)


def named(event: Event) -> int | None:
    """The earlier appeal that this record links to, or unlinks from."""
    found = event.data.get("repeat_of") or event.data.get("former", {}).get("repeat_of")
    return found if isinstance(found, int) else None


def known(file: CaseFile) -> frozenset[int]:
    """Those earlier appeals of the record that the reader may know of."""
    linked = {pk for event in file.events if (pk := named(event)) is not None}
    return frozenset(
        queries.visible_to(file.actor).filter(pk__in=linked).values_list("pk", flat=True) if linked else ()
    )
