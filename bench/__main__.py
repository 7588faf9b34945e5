"""`make bench`: both databases at each size, on this machine alone; it ends by itself and leaves nothing behind.

The databases lie in memory where there is room for them, PostgreSQL with fsync and synchronous commits as it ships.
Addresses of the parents vary through the header of a trusted proxy, and the hourly total of filings is lifted: what
one address or one hour may do is a rule, not a speed.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import table
from tests import cluster

SIZES = (1_000, 10_000, 100_000)
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "join_collapse_limit": "8"}
MINUTES = 30


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    asked.add_argument("--database", choices=("postgresql", "sqlite", "both"), default="both")
    asked.add_argument("--minutes", type=float, default=MINUTES, help="no further size is begun after so long in all")
    given = asked.parse_args()
    found: list[dict[str, Any]] = []
    names = ("postgresql", "sqlite") if given.database == "both" else (given.database,)
    for name in names:
        found += _measured(name, sorted(given.sizes or SIZES), minutes=given.minutes / len(names))
    about = f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores"
    print(f"\n{about}, {os.getloadavg()[1]:.1f} processes waiting in the last five minutes, ours among them\n")
    print(table.markdown(found))
    print("\nProcessor a filing: of the site, of PostgreSQL's backends, and of the eight visitors themselves.")
    return 0


def _measured(database: str, sizes: list[int], *, minutes: float) -> list[dict[str, Any]]:
    if database == "sqlite":
        return _run("", sizes, minutes=minutes)
    if cluster.binaries() is None:
        print("PostgreSQL is not installed: measured on SQLite alone", file=sys.stderr)
        return []
    server = cluster.Cluster(DURABLE).start()
    try:
        return _run(server.url, sizes, minutes=minutes)
    finally:
        server.stop()


def _run(url: str, sizes: list[int], *, minutes: float) -> list[dict[str, Any]]:
    folder = Path(tempfile.mkdtemp(prefix="huying-bench-", dir=cluster.memory()))
    own = {"DATA_DIR": str(folder), "DATABASE_URL": url, "TRUSTED_PROXIES": "127.0.0.1", "INTAKE_PER_HOUR": "1000000"}
    command = [sys.executable, "-m", "bench.measure", str(minutes), *map(str, sizes)]
    found = []
    try:
        with subprocess.Popen(command, env={**os.environ, **own}, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603
            for line in child.stdout or ():
                print(line, end="", flush=True)
                found += [json.loads(line)] if line.startswith("{") else []
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
