"""What the clocks of an appeal are counted by, and what they come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from huying.rules import limits
from huying.rules.deadlines import Due
from huying.rules.enums import ClockKind, State
from huying.rules.limits import About, LimitFact
from huying.rules.shipped import SHIPPED
from huying.rules.workdays import Calendar

K = ClockKind
PAUSABLE: Final = frozenset({K.TRIAGE, K.ANSWER, K.REWORK, K.ASSISTING})
DEFERRABLE: Final = frozenset({K.ANSWER, K.REWORK, K.ASSISTING})
# Law counts on the nation's calendar; a school's own closed day moves only its own limits.
NATIONAL: Final = frozenset({K.OUTER, K.BULLYING_INQUIRY, K.PETITION_NOTICE, K.PETITION_DECISION, K.REOPEN_WINDOW})
# A window runs out and something happens, or may no longer happen; nobody is late.
WINDOWS: Final = frozenset({K.DECLINE, K.PAUSE_CAP, K.WITHDRAWAL, K.DISPUTE_WINDOW, K.REOPEN_WINDOW, K.DEFERRAL})
OUTLIVE_THE_FILE: Final = frozenset({K.DISPUTE_WINDOW, K.REOPEN_WINDOW, K.SUPERVISION})
FINAL: Final = frozenset({State.CLOSED, State.REFUSED, State.REFERRED, State.WITHDRAWN})


@dataclass(frozen=True)
class Rulebook:
    """What the clocks are counted by: limits, the nation's calendar and the school's own, and two numbers.

    `lineage` gives a topic (by id or code) with its parents. `margin_days` is how long before the outer date the
    inner one ends.
    """

    limits: Sequence[LimitFact] = SHIPPED
    national: Calendar = field(default_factory=Calendar)
    own: Calendar | None = None
    lineage: Mapping[Any, frozenset[int]] = field(default_factory=dict)
    margin_days: int = 1

    def calendar_for(self, kind: ClockKind) -> Calendar:
        """The calendar a kind of clock counts on."""
        return self.national if kind in NATIONAL or self.own is None else self.own

    def pick(self, kind: ClockKind, about: About, *, on: date) -> LimitFact:
        """The limit in force on a day; what ships where the table is silent."""
        rows = limits.fitting(self.limits, kind, about, on=on) or limits.fitting(SHIPPED, kind, about, on=on)
        return limits.narrowest(rows)


@dataclass(frozen=True)
class ClockState:
    """One clock as the events leave it. `is_fixed`: the sender's or the law's date, which nothing of ours moves."""

    kind: ClockKind
    round: int
    started_at: datetime
    due: Due
    stopped_at: datetime | None = None
    unit: int | None = None
    is_fixed: bool = False

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None

    @property
    def is_late(self) -> bool:
        """Whether it was stopped after its date. One still running is judged by the moment of today."""
        return self.stopped_at is not None and self.stopped_at > self.due.at

    def is_late_at(self, at: datetime) -> bool:
        """Whether its date had passed at that moment, or passed before it was stopped."""
        return (self.stopped_at or at) > self.due.at


@dataclass(frozen=True)
class Dates:
    """The dates an appeal shows: the answer, what was promised outside, and the next step."""

    due_at: datetime | None = None
    outer_due_at: datetime | None = None
    next_due_at: datetime | None = None
    provisional: bool = False
