"""One database measured at each size: filled, served by `huying serve`, asked by visitors on this machine.

`python -m bench.measure MINUTES SIZE…` works on the database that the environment names and prints one JSON object a
line; after so many minutes no size but the first is begun.
"""

import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.config.settings")
django.setup()

from django.db import connection  # noqa: E402 - Django has to be set up first
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import copies, desks, processor, rows  # noqa: E402
from bench.visitor import Failed, Visitor, hidden  # noqa: E402
from huying.ops.demo import loading  # noqa: E402
from huying.ops.demo.county import PASSWORD  # noqa: E402

ROUNDS, WARM = 60, 5
FILERS, REPLIES = 1200, 25
# Two threads in each of two processes: what docs/run.md says for a machine that takes in many filings.
THREADS = 2
SCHOOL_DESK, COUNTY_DESK = "dispatcher", "county_dispatcher"
COMMON, RARE = "食堂", "鱼缸"


class Site(NamedTuple):
    """Where the site answers, and the process that began it."""

    port: int
    pid: int


def main(sizes: list[int], *, minutes: float) -> None:
    started = begun = time.perf_counter()
    loading.load(now=timezone.now())  # noqa: TID251
    say(database=connection.vendor, what="demo", seconds=time.perf_counter() - started)
    for size in sizes:
        if size > sizes[0] and time.perf_counter() - begun > minutes * 60:
            print(f"no time left for {size:,}", file=sys.stderr)
            break
        started = time.perf_counter()
        written = copies.fill(size, now=timezone.now(), seed=size, workers=os.cpu_count() or 1)  # noqa: TID251
        seconds = time.perf_counter() - started
        rows.settle()
        say(database=connection.vendor, size=size, what="bulk", written=written, seconds=seconds)
        # Else the loop would count what was just written while the pages are asked for.
        for command in ("recount", "tick"):
            subprocess.run([sys.executable, "-m", "huying.config.command", command], check=True, timeout=600)  # noqa: S603 - two words of our own
        asked = desks.prepare(REPLIES, at=timezone.now())  # noqa: TID251
        statements(size, asked)
        with served() as site:
            pages(size, site.port, asked)
            filings(size, site, asked)


def say(**figures: Any) -> None:
    """One line of what was found."""
    print(json.dumps(figures), flush=True)


def addresses(asked: desks.Asked) -> dict[str, tuple[str, str]]:
    """(whose page, where it lies) by name."""
    return {
        "worklist, school": (SCHOOL_DESK, "/staff/"),
        "worklist, county": (COUNTY_DESK, "/staff/"),
        "case": (SCHOOL_DESK, f"/staff/appeals/{asked.case}/"),
        "search, a rare word": (COUNTY_DESK, f"/staff/search/?q={RARE}"),
        "search, a common word": (COUNTY_DESK, f"/staff/search/?q={COMMON}"),
        "search, a number": (SCHOOL_DESK, f"/staff/search/?q={asked.number}"),
        "form": ("", f"/report/?school={asked.schools[0]}"),
    }


def statements(size: int, asked: desks.Asked) -> None:
    """How many SQL statements each page needs."""
    for name, (login, path) in addresses(asked).items():
        client = Client(HTTP_HOST="127.0.0.1")
        if login:
            client.force_login(desks.account(login))
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        say(database=connection.vendor, size=size, what=name, statements=len(seen))


def pages(size: int, port: int, asked: desks.Asked) -> None:
    """How long one visitor waits for each page, one after another."""
    for name, (login, path) in addresses(asked).items():
        visitor = Visitor(port, address=f"192.0.2.{secrets.randbelow(250) + 1}")
        if login:
            visitor.sign_in(login, PASSWORD)
        say(database=connection.vendor, size=size, what=name, **timed(lambda v=visitor, p=path: v.get(p), visitor))
    worker = Visitor(port, address="192.0.2.251")
    worker.sign_in(asked.worker, PASSWORD)
    waiting = iter(asked.cases)
    figures = timed(lambda: reply(worker, next(waiting)), worker, rounds=len(asked.cases) - 3, warm=3)
    say(database=connection.vendor, size=size, what="staff reply", **figures)


def reply(worker: Visitor, pk: int) -> None:
    """An answer written on its page; only the sending is timed."""
    path = f"/staff/appeals/{pk}/answer/"
    form = hidden(worker.get(path))
    worker.post(path, {**form, "reply": "孩子已换到第三排，两周轮换一次。", "resolved": "YES"}, expected=(302,))


def filings(size: int, site: Site, asked: desks.Asked) -> None:
    """How many parents a second the public form takes in, eight at once, and what each takes of the processor."""
    command = [sys.executable, "-m", "bench.crowd", str(site.port), str(FILERS), *asked.schools]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as crowd:  # noqa: S603
        crowd.stdout.readline()
        before = processor.site(site.pid), processor.database()
        done = json.loads(crowd.stdout.readline())
    after = processor.site(site.pid), processor.database()
    site_took, database_took = (late - early for early, late in zip(before, after, strict=True))
    say(
        server_ms=site_took / done["filed"] * 1000,
        database_ms=database_took / done["filed"] * 1000,
        client_ms=done["cpu"] / done["filed"] * 1000,
        database=connection.vendor,
        size=size,
        what="submit",
        per_second=done["filed"] / done["seconds"],
        p50=statistics.median(done["waited"]) * 1000,
        p95=done["waited"][int(len(done["waited"]) * 0.95)] * 1000,
    )


def timed(ask: Callable[[], Any], visitor: Visitor, *, rounds: int = ROUNDS, warm: int = WARM) -> dict[str, float]:
    """Milliseconds at the middle and at the slow end."""
    waited = []
    for place in range(rounds + warm):
        ask()
        if place >= warm:
            waited.append(visitor.seconds * 1000)
    return {"p50": statistics.median(waited), "p95": sorted(waited)[int(len(waited) * 0.95)]}


@contextmanager
def served() -> Iterator[Site]:
    """The site as people run it, on a free port of this machine; ended whatever happens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    connection.close()
    command = [sys.executable, "-m", "huying.config.command", "serve", "--port", str(port), "--threads", str(THREADS)]
    server = subprocess.Popen(command, env={**os.environ, "BASE_URL": f"http://127.0.0.1:{port}"})  # noqa: S603
    try:
        _wait(port)
        yield Site(port, server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(port: int) -> None:
    for _ in range(150):
        try:
            Visitor(port).get("/open/")
        except (OSError, Failed):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the site did not come up")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[2:]], minutes=float(sys.argv[1]))
