"""A ledger of any size: copies of real stories, each with number, receipt, words, dates and digests of its own.

About 300 and three in two hundred are open, as in a county that keeps up with its work; the others lie in the three
years before. What is written agrees with a replay of its events: the tests say so.
"""

import gc
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from bench.rows import end, unwatched
from bench.sources import Source, read
from bench.writer import Writer
from huying.appeals.models import Appeal, NumberSequence

BATCH = 2_000
# The stories that are copied span a quarter of a year: moved by quarters, they fill three years evenly.
WEEKS = range(13, 157, 13)
OPEN_AT_ONCE, OPEN_IN_A_HUNDRED = 300, 1.5

Plan = list[tuple[Source, timedelta]]


def fill(total: int, *, now: datetime, seed: int = 1) -> int:
    """At least so many appeals stand; how many were written."""
    missing = total - Appeal.objects.count()
    if missing <= 0:
        return 0
    draw = random.Random(seed)  # noqa: S311 - the same ledger on every machine
    plan = _plan(list(read()), missing, total, draw)
    writer = Writer(draw, now=now)
    gc.disable()  # millions of rows, none of them in a circle
    with unwatched():
        for start in range(0, missing, BATCH):
            _batch(writer, plan[start : start + BATCH])
    gc.enable()
    _remember_numbers(writer)
    end(list(writer.tables.values()))
    return missing


def _plan(sources: Sequence[Source], missing: int, total: int, draw: random.Random) -> Plan:
    """(what is copied, how much earlier) for each: the open ones of today, the others over three years."""
    wanted = int(OPEN_AT_ONCE + total * OPEN_IN_A_HUNDRED / 100) - Appeal.objects.filter(closed_at=None).count()
    standing = [source for source in sources if source.is_open]
    done = [source for source in sources if not source.is_open]
    still = max(0, min(missing // 2, wanted))
    fresh = [(draw.choice(standing), timedelta(minutes=draw.randrange(15, 600, 15))) for _ in range(still)]
    old = [(draw.choice(done), timedelta(weeks=draw.choice(WEEKS))) for _ in range(missing - still)]
    return sorted([*fresh, *old], key=lambda one: one[0].appeal.received_at - one[1])


def _batch(writer: Writer, plan: Plan) -> None:
    first = writer.tables[Appeal].next
    with transaction.atomic():
        for source, back in plan:
            writer.copy(source, back)
        for table in writer.tables.values():
            table.write()
        _feed_the_index(since=first)


def _feed_the_index(*, since: int) -> None:
    """SQLite's full text lies beside its table; PostgreSQL's follows by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO appeals_search(rowid, tokens) "
                "SELECT appeal_id, tokens FROM appeals_searchentry WHERE appeal_id >= %s",
                [since],
            )


def _remember_numbers(writer: Writer) -> None:
    for (organisation, year), last in writer.last.items():
        NumberSequence.objects.update_or_create(organisation_id=organisation, year=year, defaults={"last": last})
