"""A month's bulletin as files: the same paper four ways, and its numbers."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from huying.oversight import bulletins, counting
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
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for name, content in made(facts).items():
        files.append(out / name)
        files[-1].write_bytes(content)
    return Written(tuple(files), facts.standing, facts.digest)
