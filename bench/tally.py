"""How long the figures take: `python -m bench.tally 100000` fills PostgreSQL, or SQLite with `--database sqlite`.

It counts everything anew, then one month of the county, of a school and by school, each many times.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import __main__ as bench
from tests import cluster

ROUNDS = 20


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m bench.tally", description=__doc__)
    asked.add_argument("size", type=int, nargs="?", default=100_000)
    asked.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    given = asked.parse_args()
    if given.database == "sqlite":
        return _run("", given.size)
    server = cluster.Cluster(bench.DURABLE).start()
    try:
        return _run(server.url, given.size)
    finally:
        server.stop()


def _run(url: str, size: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix="huying-tally-", dir=cluster.memory()))
    own = {"DATA_DIR": str(folder), "DATABASE_URL": url}
    try:
        command = [sys.executable, "-c", f"from bench.tally import measure; measure({size})"]
        return subprocess.run(command, env={**os.environ, **own}, check=False).returncode  # noqa: S603
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(size: int) -> None:
    """In a process that knows its database: filled, counted, asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.config.settings")
    import django  # noqa: PLC0415 - Django has to be set up first

    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from bench import copies, rows  # noqa: PLC0415
    from huying.ops.demo import loading  # noqa: PLC0415
    from huying.oversight import counting, figures  # noqa: PLC0415
    from huying.people import queries as people  # noqa: PLC0415
    from huying.rules.periods import Period  # noqa: PLC0415

    now = timezone.now()  # noqa: TID251
    loading.load(now=now)
    copies.fill(size, now=now, seed=size, workers=os.cpu_count() or 1)
    rows.settle()
    started = time.perf_counter()
    counted = counting.rebuild()
    print(f"rebuild: {counted:,} appeals in {time.perf_counter() - started:.1f} s", flush=True)
    with connection.cursor() as cursor:
        # What the database would do by itself within a minute.
        cursor.execute("ANALYZE")
    on = timezone.localdate()
    month = Period.month(f"{on:%Y-%m}").before
    county, school = people.county(), people.schools()[0]
    schools = list(people.schools())
    places = {pk: one.pk for one in schools for pk in people.units_under(one.path).values_list("pk", flat=True)}
    _say("nothing to count", lambda: counting.count_due())
    _say("month of the county", lambda: figures.of(figures.of_unit(county, on=on), month, on=on))
    _say("month of a school", lambda: figures.of(figures.of_unit(school, on=on), month, on=on))
    _say("month by school", lambda: figures.by(figures.Scope(), month, "place_id", on=on, key=places.get))
    year = Period(on.replace(month=1, day=1), on)
    _say("year of the county", lambda: figures.of(figures.of_unit(county, on=on), year, on=on))


def _say(what: str, work: Callable[[], object]) -> None:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    print(f"{what}: p50 {statistics.median(times):.0f} ms, most {max(times):.0f} ms", flush=True)


if __name__ == "__main__":
    sys.exit(main())
