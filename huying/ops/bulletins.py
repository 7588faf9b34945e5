"""A month's bulletin or a yearly report as files: the same paper in several forms, and its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from huying.oversight import bulletins, counting, yearly
from huying.papers.bulletin.facts import Standing
from huying.papers.bulletin.files import files as made
from huying.rules.periods import Period


@dataclass(frozen=True)
class Written:
    """What was written where, and whether it is only a draft."""

    files: tuple[Path, ...]
    standing: Standing
    digest: str


def write(unit: Any, period: Period, *, out: Path, on: date, at: datetime) -> Written:
    """The bulletin of a period lies in the folder: what was issued, else the draft as it stands, else one made now."""
    kept = bulletins.of_month(unit, period)
    if kept is not None:
        facts = bulletins.facts_of(kept)
    else:
        counting.count_due()
        facts = bulletins.unkept(unit, period, on=on, at=at)
    return Written(_written(made(facts), out=out), facts.standing, facts.digest)


def write_year(unit: Any, year: int, *, out: Path, on: date, at: datetime) -> Written:
    """The yearly report lies in the folder under the same names, as a draft. Raises `yearly.NoSuchYear`."""
    yearly.period_of(year, on=on)
    counting.count_due()
    facts = yearly.of(unit, year, on=on, at=at)
    return Written(_written(yearly.files(facts), out=out), Standing.DRAFT, facts.digest)


def _written(files: Mapping[str, bytes], *, out: Path) -> tuple[Path, ...]:
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    return tuple(out / name for name in files)
