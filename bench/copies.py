"""A ledger of any size: copies of real stories, each with number, receipt, words, dates and digests of its own.

About 300 and three in two hundred are open, as in a county that keeps up with its work; the others lie in the three
years before. What is written agrees with a replay of its events: the tests say so.
"""

import gc
import multiprocessing
import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import NamedTuple

from django.db import connection, transaction

from bench.rows import end, unwatched
from bench.sources import Source, read
from bench.writer import MODELS, Writer
from huying.appeals import facts
from huying.appeals.models import Appeal, NumberSequence

BATCH = 2_000
# The stories that are copied span a quarter of a year: moved by quarters, they fill three years evenly.
WEEKS = range(13, 157, 13)
OPEN_AT_ONCE, OPEN_IN_A_HUNDRED = 300, 1.5


class Copy(NamedTuple):
    """What is copied, how much earlier, and the place of its number in the year."""

    source: Source
    back: timedelta
    sequence: int


Plan = list[tuple[Source, timedelta]]


def fill(total: int, *, now: datetime, seed: int = 1, workers: int = 1) -> int:
    """At least so many appeals stand; how many were written. More workers than one are processes of their own."""
    missing = total - Appeal.objects.count()
    if missing <= 0:
        return 0
    draw = random.Random(seed)  # noqa: S311 - the same ledger on every machine
    last = {(row.organisation_id, row.year): row.last for row in NumberSequence.objects.all()}
    plan = _numbered(_plan(list(read()), missing, total, draw), last)
    if workers == 1:
        _write(plan, now=now, seed=seed)
    else:
        # Each takes every so-manieth batch and key: while one writes, the other spells.
        batches = [plan[start : start + BATCH] for start in range(0, missing, BATCH)]
        shares = [list(chain.from_iterable(batches[place::workers])) for place in range(workers)]
        _at_once(
            partial(_write, share, now=now, seed=seed + place, first=place, apart=workers)
            for place, share in enumerate(shares)
        )
    for (organisation, year), number in last.items():
        NumberSequence.objects.update_or_create(organisation_id=organisation, year=year, defaults={"last": number})
    end(MODELS)
    return missing


def _numbered(plan: Plan, last: dict[tuple[int, int], int]) -> list[Copy]:
    """The plan with numbers; `last` says then which were given out."""
    found = []
    for source, back in plan:
        key = source.appeal.organisation_id, facts.local_day(source.appeal.received_at - back).year
        last[key] = last.get(key, 0) + 1
        found.append(Copy(source, back, last[key]))
    return found


def _write(plan: Sequence[Copy], *, now: datetime, seed: int, first: int = 0, apart: int = 1) -> None:
    writer = Writer(random.Random(seed), now=now, first=first, apart=apart)  # noqa: S311
    gc.disable()  # millions of rows, none of them in a circle
    with unwatched():
        for start in range(0, len(plan), BATCH):
            _batch(writer, plan[start : start + BATCH], apart=apart)
    gc.enable()


def _at_once(works: Iterable[Callable[[], None]]) -> None:
    """All is done, each in a process of its own, which inherits what was read and opens a connection of its own."""
    connection.close()
    if connection.vendor == "postgresql" and connection.pool is not None:
        connection.close_pool()
    forked = multiprocessing.get_context("fork")
    processes = [forked.Process(target=work) for work in works]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise RuntimeError("a writer has failed")


def _plan(sources: Sequence[Source], missing: int, total: int, draw: random.Random) -> Plan:
    """(what is copied, how much earlier) for each: the open ones of today, the others over three years."""
    wanted = int(OPEN_AT_ONCE + total * OPEN_IN_A_HUNDRED / 100) - Appeal.objects.filter(closed_at=None).count()
    standing = [source for source in sources if source.is_open]
    done = [source for source in sources if not source.is_open]
    still = max(0, min(missing // 2, wanted))
    fresh = [(draw.choice(standing), timedelta(minutes=draw.randrange(15, 600, 15))) for _ in range(still)]
    old = [(draw.choice(done), timedelta(weeks=draw.choice(WEEKS))) for _ in range(missing - still)]
    return sorted([*fresh, *old], key=lambda one: one[0].appeal.received_at - one[1])


def _batch(writer: Writer, plan: Sequence[Copy], *, apart: int) -> None:
    since = writer.tables[Appeal].next
    for one in plan:
        writer.copy(one.source, one.back, sequence=one.sequence)
    with transaction.atomic():
        for table in writer.tables.values():
            table.write()
        _feed_the_index(since=since, apart=apart)


def _feed_the_index(*, since: int, apart: int) -> None:
    """SQLite's full text lies beside its table; PostgreSQL's follows by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO appeals_search(rowid, tokens) SELECT appeal_id, tokens FROM appeals_searchentry "
                "WHERE appeal_id >= %s AND (appeal_id - %s) %% %s = 0",
                [since, since, apart],
            )
