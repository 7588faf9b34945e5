"""Who held an appeal, from when to when, and in whose hands a date passed: read from the ledger alone (domain §8.3).

It names no culprit. It says what lay where, by the number of the event that says so, and leaves the judging to people.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from huying.rules import workdays
from huying.rules.case import StepFact
from huying.rules.clockfacts import WINDOWS, ClockState
from huying.rules.enums import Action, ClockKind, Flag, State, Station
from huying.rules.workdays import Calendar

AT: dict[State, Station] = {
    State.RECEIVED: Station.DESK,
    State.DISPATCHED: Station.UNIT,
    State.HANDLING: Station.HAND,
    State.ANSWERED: Station.REVIEW,
    State.CALLBACK: Station.CALL,
    State.DEFERRED: Station.SHELF,
    State.JOINED: Station.CALL,
}


@dataclass(frozen=True)
class Hold:
    """One stretch in somebody's hands: from the event `since_event` to the event `until_event` (None: still).

    `person` is in charge, or who took the step that ended it; `paused` says that the appellant was waited for.
    """

    station: Station
    unit: int | None
    person: int | None
    since: datetime
    since_event: int
    until: datetime | None = None
    until_event: int | None = None
    paused: bool = False
    worked: timedelta = timedelta(0)

    def covers(self, at: datetime) -> bool:
        """Whether it lay here at that moment."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True)
class Lapse:
    """A date that passed: in whose hold, and by which event it was met at last (None: not yet)."""

    kind: ClockKind
    due_at: datetime
    hold: int | None
    unit: int | None
    met_at: datetime | None
    over: timedelta


@dataclass(frozen=True)
class Chain:
    """The whole course: the holds in order, and the dates that passed, the earliest first."""

    holds: tuple[Hold, ...]
    lapses: tuple[Lapse, ...]

    def of_person(self, person: int) -> tuple[Hold, ...]:
        """What lay in this person's hands."""
        return tuple(hold for hold in self.holds if hold.person == person)


def chain(steps: Sequence[StepFact], clocks: Iterable[ClockState], calendar: Calendar, *, at: datetime) -> Chain:
    """The chain of responsibility up to a moment; working time is that of the calendar."""
    holds = tuple(replace(one, worked=_worked(one, calendar, at=at)) for one in _holds(steps))
    late = [one for one in clocks if one.kind not in WINDOWS and one.is_late_at(at)]
    found = [_lapse(one, holds, calendar, at=at) for one in sorted(late, key=lambda one: one.due.at)]
    return Chain(holds, tuple(found))


def _holds(steps: Sequence[StepFact]) -> list[Hold]:
    found: list[Hold] = []
    desk, lead, hand = None, None, None
    for step in steps:
        desk = step.data.get("desk", step.data.get("place", desk))
        lead, hand = step.data.get("lead_unit", lead), step.data.get("in_charge", hand)
        station = AT.get(step.to_state)
        in_hand = station in (Station.HAND, Station.SHELF)
        now = Hold(
            station=station or Station.DESK,
            unit=desk if station in (Station.DESK, Station.CALL) else lead,
            person=hand if in_hand else None,
            since=step.at,
            since_event=step.sequence,
            paused=Flag.PAUSED in step.flags,
        )
        if found and found[-1].until is None:
            if station is not None and _place(found[-1]) == _place(now):
                continue
            found[-1] = _ended(found[-1], step)
        if station is not None:
            found.append(now)
    return found


def _place(hold: Hold) -> tuple[Station, int | None, int | None, bool]:
    return hold.station, hold.unit, hold.person, hold.paused


def _ended(hold: Hold, step: StepFact) -> Hold:
    """What nobody was put in charge of lay with whoever moved it on."""
    took_it_on = hold.person if hold.person is not None else None if step.action in MOVED_BY_OTHERS else step.person
    return replace(hold, person=took_it_on, until=step.at, until_event=step.sequence)


# Steps that somebody else takes on what lies in another's hands.
MOVED_BY_OTHERS = frozenset(
    {Action.WITHDRAW, Action.UNJOIN, Action.HAND_OVER, Action.OVERTURN, Action.REOPEN, Action.ADD_MESSAGE}
)


def _worked(hold: Hold, calendar: Calendar, *, at: datetime) -> timedelta:
    return workdays.working_time(calendar, hold.since, max(hold.since, hold.until or at))


def _lapse(one: ClockState, holds: Sequence[Hold], calendar: Calendar, *, at: datetime) -> Lapse:
    place = next((n for n, hold in enumerate(holds) if hold.covers(one.due.at)), None)
    unit = one.unit if one.unit is not None else holds[place].unit if place is not None else None
    over = workdays.working_time(calendar, one.due.at, max(one.due.at, one.stopped_at or at))
    return Lapse(one.kind, one.due.at, place if one.unit is None else None, unit, one.stopped_at, over)
