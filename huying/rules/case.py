"""What the rules know of one appeal: plain facts, read by `appeals.facts`, judged by the other rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from huying.rules.enums import Action, ActorKind, AppealKind, Flag, PrivacyMode, State, SubjectStatus, UnitLevel

Given = Mapping[str, Any]

OPENING_LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class StepFact:
    """One event of an appeal, without its texts. `flags` are those after the step; `data` is the event's payload."""

    sequence: int
    action: Action
    at: datetime
    actor_kind: ActorKind
    person: int | None
    unit: int | None
    from_state: State | None
    to_state: State
    flags: frozenset[Flag]
    data: Given = field(default_factory=dict)


@dataclass(frozen=True)
class UnitFact:
    """A unit's place in the tree: `path` is "/1/4/9/", the ids from the top down to itself."""

    id: int
    path: str
    level: UnitLevel

    def holds(self, path: str) -> bool:
        """Whether `path` is this unit or stands below it."""
        return path.startswith(self.path)


@dataclass(frozen=True)
class SubjectFact:
    """Someone or something complained about; `home` is the path of the unit where the person works."""

    id: int
    status: SubjectStatus
    person: int | None = None
    unit: UnitFact | None = None
    home: str = ""
    headed: tuple[str, ...] = ()

    @property
    def is_live(self) -> bool:
        return self.status is not SubjectStatus.DISMISSED

    @property
    def is_open(self) -> bool:
        """Typed or proposed, and not yet matched or dismissed by a person."""
        return self.status in (SubjectStatus.TYPED, SubjectStatus.PROPOSED)


@dataclass(frozen=True)
class UnreviewedAct:
    """An act in force that waits for a second person."""

    sequence: int
    action: Action
    by: int | None
    former_state: State
    former: Given


@dataclass(frozen=True)
class CallTry:
    """One attempt of a callback; the three answers are None when nobody was reached."""

    at: datetime
    reached: bool
    contacted: bool | None = None
    resolved: bool | None = None
    satisfaction: str | None = None

    @property
    def is_valid(self) -> bool:
        return self.reached and self.resolved is not None and self.satisfaction is not None


@dataclass(frozen=True)
class UnmaskAsk:
    """A sealed identity was asked for and nobody has agreed yet. `is_above`: by someone of a tier above the school."""

    by: int | None
    purpose: str
    hours: int
    fields: frozenset[str]
    is_above: bool = False


@dataclass(frozen=True)
class UnmaskGrant:
    """One person may see these parts of the identity before this moment."""

    person: int | None
    purpose: str
    until: datetime
    fields: frozenset[str]


@dataclass(frozen=True)
class Opening:
    """One of the two readers opened the appellant's own words."""

    person: int | None
    at: datetime


@dataclass(frozen=True)
class History:
    """What the events of an appeal say when they are read in order (see `history.replay`)."""

    state: State | None = None
    flags: frozenset[Flag] = frozenset()
    round: int = 1
    registered_by: int | None = None
    dispatched_by: int | None = None
    dispatched_at: datetime | None = None
    hands: frozenset[int] = frozenset()
    lead_units: frozenset[int] = frozenset()
    answered_by: int | None = None
    answered_at: datetime | None = None
    delivered_at: datetime | None = None
    closed_at: datetime | None = None
    closed_state: State | None = None
    returns: int = 0
    decline_rejected: bool = False
    declined_by: int | None = None
    reworks: int = 0
    reopens: int = 0
    contacted: bool = False
    has_contact: bool = False
    statement_taken: bool = False
    assisted_units: frozenset[int] = frozenset()
    extension_used: bool = False
    extension_asked_by: int | None = None
    deferral_asked_by: int | None = None
    unreviewed: tuple[UnreviewedAct, ...] = ()
    tries: tuple[CallTry, ...] = ()
    callback_required: bool = True
    disputed_rounds: frozenset[int] = frozenset()
    rated_rounds: frozenset[int] = frozenset()
    last_rating: str | None = None
    supervised_by: int | None = None
    supervised_unit: int | None = None
    reports: tuple[str, ...] = ()
    watched_by: frozenset[int] = frozenset()
    withdraw_since: datetime | None = None
    main: int | None = None
    unmask_ask: UnmaskAsk | None = None
    unmask_grants: tuple[UnmaskGrant, ...] = ()
    is_erased: bool = False
    readers: tuple[int, ...] = ()
    openings: tuple[Opening, ...] = ()
    was_report: bool = False
    counted: bool = True
    repeat_of: int | None = None
    was_red: bool = False
    is_published: bool = False

    @property
    def valid_callback(self) -> CallTry | None:
        """The last call of this round that was reached and answered."""
        return next((one for one in reversed(self.tries) if one.is_valid), None)


@dataclass(frozen=True)
class CaseFacts:
    """Everything the rules may ask of one appeal at one moment. Paths are those of the units of today."""

    at: datetime
    id: int | None
    kind: AppealKind
    privacy: PrivacyMode
    place: UnitFact
    desk: UnitFact
    lead: UnitFact | None
    assisting: tuple[UnitFact, ...]
    in_charge: int | None
    answering: UnitFact | None
    reviewing: UnitFact | None
    subjects: tuple[SubjectFact, ...]
    open_items: frozenset[int]
    history: History
    due_at: datetime | None = None
    outer_due_at: datetime | None = None
    pause_left: bool = True
    reopen_window: bool = False
    dispute_window: bool = False
    rework_cap: int = 2
    reopen_cap: int = 2
    decline_in_time: bool = True

    @property
    def state(self) -> State | None:
        return self.history.state

    @property
    def flags(self) -> frozenset[Flag]:
        return self.history.flags

    @property
    def has_subject(self) -> bool:
        return any(one.is_live for one in self.subjects)

    @property
    def needs_every_guard(self) -> bool:
        """COMPLAINT, REPORT and whatever has a Subject are answered with the full proof."""
        return self.kind in (AppealKind.COMPLAINT, AppealKind.REPORT) or self.has_subject

    @property
    def is_sealed(self) -> bool:
        """Whether the appellant's words are for two readers alone: a 举报, also one that was made something else and
        nobody has agreed to that yet."""
        return self.kind is AppealKind.REPORT or (self.history.was_report and Flag.UNREVIEWED in self.flags)

    def is_open_before(self, person: int | None) -> bool:
        """Whether this reader has just opened the words; the opening ends by itself."""
        return person is not None and any(
            one.person == person and self.at < one.at + OPENING_LASTS for one in self.history.openings
        )

    def unmask_grant(self, person: int | None) -> UnmaskGrant | None:
        """The running permission of this person to see the identity; it ends by itself."""
        mine = [one for one in self.history.unmask_grants if one.person == person and self.at < one.until]
        return mine[-1] if person is not None and mine else None

    @property
    def assisting_pending(self) -> bool:
        return any(unit.id not in self.history.assisted_units for unit in self.assisting)
