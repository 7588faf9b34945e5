"""The escalation ladder as dated data: when which step of it is due, and whom it tells (domain §5.1).

Holidays never make a step earlier, and nothing a handler edits moves one. A step whose moment lies before the clock
was started is passed over: nobody is warned of a date that was never that far off.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from huying.rules import workdays
from huying.rules.clocks import WINDOWS, ClockState
from huying.rules.enums import ClockKind, Colour, LimitUnit, Rung, Severity
from huying.rules.workdays import Calendar, local_day

K = ClockKind


@dataclass(frozen=True, slots=True)
class LadderFact:
    """One dated step: so long before (negative) or after the date, or from the start, tell that post."""

    position: int
    value: int
    tells: Rung
    colour: Colour
    unit: LimitUnit = LimitUnit.WORKING_DAYS
    clock: ClockKind | None = None
    severity: Severity | None = None
    from_start: bool = False
    source: str = ""
    valid_from: date = date.min
    valid_to: date = date.max


@dataclass(frozen=True, slots=True)
class NextStep:
    """The ladder step that comes next for a clock: `rung` counts from one."""

    rung: int
    at: datetime
    tells: Rung
    colour: Colour


OWN: Final = "本系统默认（设）"
SHIPPED: Final[tuple[LadderFact, ...]] = (
    LadderFact(1, -1, Rung.WORKER, Colour.YELLOW, source=OWN),
    LadderFact(2, 1, Rung.HEAD, Colour.RED, source=OWN),
    LadderFact(3, 2, Rung.PRINCIPAL, Colour.RED, source=OWN),
    LadderFact(4, 4, Rung.COUNTY, Colour.RED, source=OWN),
    # The alarm itself goes out with the mark; the ladder asks after the report.
    LadderFact(1, 0, Rung.PRINCIPAL, Colour.RED, unit=LimitUnit.MINUTES, clock=K.REPORT_AT_ONCE, source=OWN),
    LadderFact(2, 15, Rung.COUNTY, Colour.RED, unit=LimitUnit.MINUTES, clock=K.REPORT_AT_ONCE, source=OWN),
)


def ladder_for(
    steps: Iterable[LadderFact], kind: ClockKind, *, severity: Severity | None, on: date
) -> tuple[LadderFact, ...]:
    """The steps in force for a clock, in order: its own where it has some, else everybody's. Windows have none."""
    if kind in WINDOWS:
        return ()
    valid = [one for one in steps if one.valid_from <= on <= one.valid_to and one.severity in (None, severity)]
    own = [one for one in valid if one.clock is kind] or [one for one in valid if one.clock is None]
    urgent = [one for one in own if one.severity is not None] or own
    return tuple(sorted(urgent, key=lambda one: one.position))


def moment_of(step: LadderFact, *, started_at: datetime, due_at: datetime, calendar: Calendar) -> datetime:
    """When a step is due. Before the date: the close of that working day; after it: the opening of that one."""
    anchor = started_at if step.from_start else due_at
    if step.unit is LimitUnit.MINUTES:
        return anchor + timedelta(minutes=step.value)
    if step.unit is not LimitUnit.WORKING_DAYS:
        return anchor + timedelta(hours=step.value)
    if step.value < 0:
        return calendar.close_of(workdays.workday_before(calendar, local_day(anchor), -step.value))
    if step.value == 0:
        return anchor
    return calendar.open_of(workdays.workday_after(calendar, local_day(anchor), step.value))


def next_step(
    ladder: Sequence[LadderFact], *, done: int, started_at: datetime, due_at: datetime, calendar: Calendar
) -> NextStep | None:
    """The first step not yet done; None at the top of the ladder."""
    return next(steps_left(ladder, done=done, started_at=started_at, due_at=due_at, calendar=calendar), None)


def steps_left(
    ladder: Sequence[LadderFact], *, done: int, started_at: datetime, due_at: datetime, calendar: Calendar
) -> Iterator[NextStep]:
    """The steps not yet done, in order. None is due before the one below it, whatever the data say."""
    earliest = started_at
    for rung, step in enumerate(ladder, start=1):
        at = moment_of(step, started_at=started_at, due_at=due_at, calendar=calendar)
        if rung <= done or (at <= started_at and not step.from_start and at < due_at):
            continue
        earliest = max(earliest, at)
        yield NextStep(rung, earliest, step.tells, step.colour)


def colour_at(state: ClockState, at: datetime) -> Colour | None:
    """黄牌 from one working day before, 红牌 from the first working day after; None before, and for windows."""
    if state.kind in WINDOWS:
        return None
    calendar, due_at = state.due.calendar, state.due.at
    moment = state.stopped_at or at
    if moment >= calendar.open_of(workdays.workday_after(calendar, local_day(due_at), 1)):
        return Colour.RED
    yellow = calendar.close_of(workdays.workday_before(calendar, local_day(due_at), 1))
    return Colour.YELLOW if moment >= max(yellow, state.started_at) else None
