"""Words typed on the progress page outlive its half hour: they come along while the code is asked for again."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from huying.web.parents.forms import MessageForm, RateForm, ReopenForm, WithdrawForm

# field → what it is called for the page, and its form
FIELDS = {
    "message": ("message", MessageForm),
    "again": ("reopen", ReopenForm),
    "why": ("withdraw", WithdrawForm),
    "reason": ("rate", RateForm),
}
PREFIX = "kept_"


@dataclass(frozen=True)
class Kept:
    """One field somebody was writing in."""

    name: str
    words: str

    @property
    def posted_as(self) -> str:
        """The name under which the page with the code carries it."""
        return f"{PREFIX}{self.name}"


def typed(said: QueryDict) -> list[Kept]:
    """What was being written when the half hour ran out."""
    return [Kept(name, said[name]) for name in FIELDS if said.get(name)]


def brought(said: QueryDict) -> list[Kept]:
    """What the page with the code carried along."""
    return [Kept(name, said[f"{PREFIX}{name}"]) for name in FIELDS if said.get(f"{PREFIX}{name}")]


def forms(words: list[Kept]) -> dict[str, Any]:
    """The forms of the progress page with these words in them, not sent yet."""
    return {FIELDS[one.name][0]: FIELDS[one.name][1](initial={one.name: one.words}) for one in words}
