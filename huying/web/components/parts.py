"""The small facts that parts of a page are drawn from. Pages fill them from queries; templates only draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

PARENT_STATES = (
    gettext_noop("已收到"),
    gettext_noop("已交办"),
    gettext_noop("办理中"),
    gettext_noop("已答复"),
    gettext_noop("已办结"),
)


@dataclass(frozen=True)
class Step:
    """One step of the way: `standing` is done, now or todo; `notes` say who is in charge and what comes by when."""

    words: str
    standing: str
    on: date | datetime | None = None
    notes: tuple[str, ...] = ()
    under: str = ""


def parent_steps(
    *, now: int, days: Mapping[int, date | datetime], notes: Sequence[str] = (), finished: bool = False
) -> tuple[Step, ...]:
    """The five plain states a parent sees, with number `now` (0 to 4) current, or the last one past when `finished`."""
    steps = []
    for place, words in enumerate(PARENT_STATES):
        standing = "done" if place < now or (finished and place == now) else "now" if place == now else "todo"
        steps.append(Step(_(words), standing, days.get(place), tuple(notes) if place == now else ()))
    return tuple(steps)


@dataclass(frozen=True)
class Entry:
    """One line of the record, newest first; the first word of `words` says who it was."""

    words: str
    at: datetime
    is_caller: bool = False
    note: str = ""


@dataclass(frozen=True)
class RailItem:
    """One pile of work, with its size where a size makes sense; `key` opens it, `digits` is opened by any digit."""

    label: str
    url: str
    count: int | None = None
    is_current: bool = False
    key: str = ""
    digits: str = ""


@dataclass(frozen=True)
class RailGroup:
    """Piles under one small heading; the first group has none."""

    title: str = ""
    items: tuple[RailItem, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Choice:
    """One button of a filter bar: a plain link with its count."""

    label: str
    url: str
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True)
class Phone:
    """A name and its number, as printed at the foot of every public page."""

    name: str
    number: str

    @property
    def link(self) -> str:
        """What the telephone dials: digits and a leading plus only."""
        return "tel:" + "".join(sign for sign in self.number if sign.isdigit() or sign == "+")
