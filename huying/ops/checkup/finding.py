"""One thing that was looked at, and how it is."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How it is. Only what is broken makes the whole a failure."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what to do, in plain words."""

    name: str
    grade: Grade
    words: str


def ok(name: str, words: str) -> Finding:
    """Nothing to do."""
    return Finding(name, Grade.OK, words)


def warning(name: str, words: str) -> Finding:
    """It goes on, and somebody should look."""
    return Finding(name, Grade.WARNING, words)


def broken(name: str, words: str) -> Finding:
    """It must be mended."""
    return Finding(name, Grade.BROKEN, words)
