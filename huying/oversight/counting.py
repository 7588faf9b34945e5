"""The one writer of the tally: each appeal that moved since it was last counted is counted again, whole, exactly once.

The strokes of an appeal and how far it is counted are written in one transaction, so a loop that dies half-way, or two
that run at once, change nothing. Everything can be thrown away and rebuilt from the events.
"""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from huying.appeals import facts
from huying.appeals.models import Appeal, Clock, DateMove, Topic
from huying.channels.models import Channel
from huying.oversight import strokebook
from huying.oversight.models import Counted, Stroke
from huying.rules import strokes as rules
from huying.rules.enums import ClockKind
from huying.rules.strokes import DateFact, Tallied

CHUNK = 200


def count_due(*, limit: int | None = None, chunk: int = CHUNK) -> int:
    """Every appeal that moved since it was counted is counted; how many were."""
    # Asked once: looking through all appeals before every chunk would take longer than the counting.
    waiting = list(waiting_ids() if limit is None else waiting_ids()[:limit])
    done = sum(_count(waiting[start : start + chunk]) for start in range(0, len(waiting), chunk))
    # What the same person brought again makes an earlier appeal wait once more.
    return done + (count_due(limit=limit) if done and limit is None and waiting_ids().exists() else 0)


def waiting_ids() -> QuerySet[Appeal, int]:
    """The appeals that are not counted as they stand now."""
    stands = Counted.objects.filter(appeal=OuterRef("pk"), version=OuterRef("version"), rules=rules.VERSION)
    moved = DateMove.objects.filter(appeal=OuterRef("appeal"), pk__gt=OuterRef("newest_move"))
    return Appeal.objects.exclude(Exists(stands.exclude(Exists(moved)))).order_by("pk").values_list("pk", flat=True)


def rebuild() -> int:
    """The whole tally is made anew from the events; how many appeals it holds."""
    forget()
    # Millions of small things come and go, none of them in a circle: the collector would look through them for nothing.
    gc.disable()
    try:
        return count_due(chunk=5 * CHUNK)
    finally:
        gc.enable()


@transaction.atomic
def forget() -> None:
    """The tally is empty; nothing else knows of it."""
    Stroke.objects.all().delete()
    Counted.objects.all().delete()


@transaction.atomic
def _count(ids: Sequence[int]) -> int:
    """These appeals are counted as they stand, unless somebody else is counting them just now."""
    appeals = list(
        Appeal.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        .filter(pk__in=ids)
        .order_by("pk")
        .only("pk", "version", "place_id")
    )
    keys = [appeal.pk for appeal in appeals]
    book = Codes.read()
    moves = dict(DateMove.objects.filter(appeal__in=keys).values_list("appeal").annotate(Max("pk")))
    Stroke.objects.filter(appeal__in=keys).delete()
    # All at hand before the first is written: while PostgreSQL copies, it answers no other question.
    found = dict(tallies(keys))
    strokebook.write([row for one in appeals for row in book.rows(one.pk, one.place_id, found[one.pk])])
    Counted.objects.bulk_create(
        [
            Counted(appeal_id=one.pk, version=one.version, rules=rules.VERSION, newest_move=moves.get(one.pk, 0))
            for one in appeals
        ],
        update_conflicts=True,
        unique_fields=["appeal"],
        update_fields=["version", "rules", "newest_move"],
    )
    # What the same person brought again was closed too early: it is counted anew.
    earlier = {pk for tallied in found.values() if tallied is not None for pk in tallied.earlier} - set(keys)
    Counted.objects.filter(appeal__in=earlier).update(version=0)
    return len(appeals)


def tallies(keys: Sequence[int]) -> Iterator[tuple[int, Tallied | None]]:
    """Each of these appeals with its strokes, by its events and the dates its clocks have."""
    steps, dates, again = facts.steps_of_many(keys), _dates(keys), _repeats(keys)
    for pk in keys:
        yield pk, rules.tallied(steps[pk], dates[pk], repeated_at=again[pk])


def _dates(keys: Sequence[int]) -> dict[int, list[DateFact]]:
    found: dict[int, list[DateFact]] = defaultdict(list)
    rows = Clock.objects.filter(appeal__in=keys, kind__in=rules.CLOCKS).order_by("pk")
    for key, kind, *rest in rows.values_list("appeal_id", "kind", "round", "started_at", "due_at", "stopped_at"):
        found[key].append(DateFact(ClockKind(kind), *rest))
    return found


def _repeats(keys: Sequence[int]) -> dict[int, list[datetime]]:
    found: dict[int, list[datetime]] = defaultdict(list)
    for key, at in Appeal.objects.filter(repeat_of__in=keys).values_list("repeat_of_id", "received_at"):
        found[key].append(at)
    return found


@dataclass(frozen=True)
class Codes:
    """What the events call a topic and a channel, and their keys."""

    topics: dict[str, int]
    channels: dict[str, int]

    @classmethod
    def read(cls) -> "Codes":
        """The codes in the tables today; they are never given out twice."""
        return cls(
            topics=dict(Topic.objects.values_list("code", "pk")),
            channels=dict(Channel.objects.values_list("code", "pk")),
        )

    def rows(self, appeal: int, place: int, tallied: Tallied | None) -> Iterable[strokebook.Row]:
        """The strokes of one appeal as their table has them."""
        if tallied is None:
            return
        topic = tallied.topic if isinstance(tallied.topic, int) else self.topics[tallied.topic]
        same = (tallied.place or place, topic, self.channels[tallied.channel], tallied.kind.value)
        for one in tallied.strokes:
            yield (appeal, one.measure.value, one.day, one.amount, one.unit, one.standing.value, *same)
