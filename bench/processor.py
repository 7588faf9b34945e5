"""Processor time by process, where the system tells it (/proc): time on the clock says little on a shared machine."""

import os
from collections.abc import Iterable
from pathlib import Path

from django.db import connection

PROC = Path("/proc")
PARENT, USER, SYSTEM = 1, 11, 12


def site(pid: int) -> float:
    """Seconds that a process and all below it have taken so far."""
    parents = {int(one.name): fields for one in PROC.glob("[0-9]*") if (fields := _fields(int(one.name)))}
    wanted = {pid}
    while more := {one for one, fields in parents.items() if int(fields[PARENT]) in wanted} - wanted:
        wanted |= more
    return _seconds(wanted)


def database() -> float:
    """Seconds that the backends of PostgreSQL have taken so far; none where the database is a file."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'")
        return _seconds(pid for (pid,) in cursor.fetchall())


def _seconds(pids: Iterable[int]) -> float:
    ticks = sum(int(fields[USER]) + int(fields[SYSTEM]) for pid in pids if (fields := _fields(pid)))
    return ticks / os.sysconf("SC_CLK_TCK")


def _fields(pid: int) -> list[str]:
    """The state and what follows it; nothing of a process that is gone."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
