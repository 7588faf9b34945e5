"""Clock rows of an appeal, kept equal to what its events say. The one writer of clocks and of the dates shown."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from huying.appeals import facts, parameters, rulebook
from huying.appeals.models import Appeal, Clock, DateMove, Event
from huying.people.inserts import PreparedInsert
from huying.rules import clocks as rules
from huying.rules import deadlines, escalation, explanations, workdays
from huying.rules.case import StepFact
from huying.rules.clocks import ClockState, Rulebook
from huying.rules.deadlines import Extension, Hold
from huying.rules.enums import AppealKind, ClockKind, Severity, State
from huying.rules.escalation import LadderFact
from huying.rules.explanations import Explanation, Say
from huying.rules.limits import About, Amount
from huying.rules.workdays import local_day

WRITTEN = ("round", "due_at", "stopped_at", "next_step_at", "provisional", "explanation")
SHOWN = ("due_at", "outer_due_at", "next_due_at", "provisional")
_NEW = PreparedInsert(Clock)


@dataclass(frozen=True)
class Count:
    """The clocks that the steps of an appeal make, the dates it shows by them, and the ladder they are watched by."""

    states: tuple[ClockState, ...]
    dates: rules.Dates
    ladder: tuple[LadderFact, ...]

    def changes(self, appeal: Appeal) -> dict[str, Any]:
        """The dates of the row that are not yet as they should be."""
        return {name: date for name in SHOWN if (date := getattr(self.dates, name)) != getattr(appeal, name)}


def count(appeal: Appeal, steps: Sequence[StepFact]) -> Count:
    """What these steps, all of them and in order, make of an appeal as it stands."""
    book, ladder = rulebook.of_place(appeal.place, born_on=local_day(appeal.received_at))
    states = rules.clocks(steps, book, about=_about(appeal, book))
    return Count(states, rules.dates(states, State(appeal.state)), ladder)


def sync(
    appeal: Appeal, *, at: datetime, events: Sequence[Event] | None = None, rows: Sequence[Clock] | None = None
) -> None:
    """The clock rows and the dates of the appeal are those its events make; a second call changes nothing.

    `events` are all of them, in order, and `rows` its clocks, from a caller that has just read and written them.
    """
    counted = count(appeal, _steps(appeal, events))
    write(appeal, counted, rows=facts.clocks_of(appeal) if rows is None else rows)
    columns = counted.changes(appeal)
    if columns:
        Appeal.objects.filter(pk=appeal.pk).update(**columns)
        for name, value in columns.items():
            setattr(appeal, name, value)


def states_of(appeal: Appeal) -> tuple[ClockState, ...]:
    """The clocks of an appeal, counted from its events."""
    return count(appeal, _steps(appeal)).states


def states_by(appeal: Appeal, book: Rulebook) -> tuple[ClockState, ...]:
    """The clocks of an appeal as another rulebook would count them."""
    return rules.clocks(_steps(appeal), book, about=_about(appeal, book))


def explain(appeal: Appeal, *, say: Say = str) -> list[tuple[ClockState, Explanation]]:
    """Every clock of an appeal with its date opened day by day, in the words of the reader's language."""
    return [(state, explanations.explain(state.due, say=say)) for state in states_of(appeal)]


def latest_extension(appeal: Appeal) -> datetime | None:
    """The furthest date an extension of the answer may name; None while there is no answer to extend."""
    if appeal.due_at is None:
        return None
    born_on = local_day(appeal.received_at)
    book, _ = rulebook.of_place(appeal.place, born_on=born_on)
    name = "petition_extension_days" if appeal.is_petition else "extension_days"
    days = parameters.value(name, on=born_on)
    if appeal.is_petition:
        return deadlines.days_later(book.national, appeal.due_at, days=days)
    return deadlines.latest_extension(book.calendar_for(ClockKind.ANSWER), appeal.due_at, days=days, outer=None)


def moves_of(appeal: Appeal) -> list[DateMove]:
    """The dates that corrected calendars have moved, in order."""
    return list(appeal.date_moves.order_by("pk"))


def pause_left(appeal: Appeal, *, at: datetime) -> tuple[Amount, timedelta]:
    """The cap on all pauses of an appeal, and how much working time of it is not used yet."""
    born_on = local_day(appeal.received_at)
    book, _ = rulebook.of_place(appeal.place, born_on=born_on)
    calendar = book.calendar_for(ClockKind.PAUSE_CAP)
    cap = book.pick(ClockKind.PAUSE_CAP, _about(appeal, book), on=born_on).amount
    used = sum(
        (
            workdays.working_time(calendar, one.started_at, min(one.stopped_at or at, one.due.at))
            for one in states_of(appeal)
            if one.kind is ClockKind.PAUSE_CAP
        ),
        start=timedelta(0),
    )
    return cap, max(deadlines.length_of(cap, calendar, on=born_on) - used, timedelta(0))


def _steps(appeal: Appeal, events: Sequence[Event] | None = None) -> Sequence[StepFact]:
    return facts.record_of(appeal).steps if events is None else [facts.step_of(event) for event in events]


def _about(appeal: Appeal, book: Rulebook) -> About:
    """What the first event of an older ledger may not say."""
    return About(
        kind=AppealKind(appeal.kind),
        topics=book.lineage.get(appeal.topic_id, frozenset()),
        severity=Severity(appeal.severity),
        channel=appeal.channel.code,
    )


def write(appeal: Appeal, counted: Count, *, rows: Sequence[Clock]) -> None:
    """The clock rows are those that were counted; `rows` are those that stand."""
    kept: dict[Any, list[Clock]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: one.pk):
        kept[row.kind, row.unit_id, row.started_at].append(row)
    new, changed = [], []
    for state in counted.states:
        same = kept[state.kind.value, state.unit, state.started_at]
        row = same.pop(0) if same else Clock(appeal=appeal, kind=state.kind, unit_id=state.unit)
        before = {name: getattr(row, name) for name in WRITTEN}
        fill(row, state, ladder=counted.ladder, appeal=appeal)
        if row.pk is None:
            new.append(row)
        else:
            changed.append((row, {name: now for name in WRITTEN if (now := getattr(row, name)) != before[name]}))
    _save(new, changed, [row.pk for some in kept.values() for row in some])


def _save(new: list[Clock], changed: list[tuple[Clock, dict[str, Any]]], gone: list[int]) -> None:
    if new:
        _NEW.all(new)
    alike: dict[str, tuple[dict[str, Any], list[int]]] = {}
    for row, columns in changed:
        # Most of what a step stops is stopped at one moment and not looked at again: one statement for all.
        if columns:
            alike.setdefault(repr(columns), (columns, []))[1].append(row.pk)
    for columns, keys in alike.values():
        Clock.objects.filter(pk__in=keys).update(**columns)
    if gone:
        # A pause that was overturned never happened, and neither did its cap.
        Clock.objects.filter(pk__in=gone).delete()


def fill(row: Clock, state: ClockState, *, ladder: Sequence[LadderFact], appeal: Appeal) -> None:
    """The row says what was counted."""
    row.started_at = state.started_at
    row.round = state.round
    row.due_at = state.due.at
    row.stopped_at = state.stopped_at
    row.provisional = state.due.provisional
    row.explanation = _brief(state)
    row.next_step_at = _next_step_at(row, state, ladder=ladder, appeal=appeal)


def _next_step_at(row: Clock, state: ClockState, *, ladder: Sequence[LadderFact], appeal: Appeal) -> datetime | None:
    """When the sweep looks at it: at the next ladder step, or when a window runs out; never for imported history."""
    if not state.is_running or appeal.imported:
        return None
    if state.kind in rules.WINDOWS:
        return state.due.at if row.rung == 0 else None
    steps = escalation.ladder_for(
        ladder, state.kind, severity=Severity(appeal.severity), on=local_day(state.started_at)
    )
    following = escalation.next_step(
        steps, done=row.rung, started_at=state.started_at, due_at=state.due.at, calendar=state.due.calendar
    )
    return following.at if following else None


def _brief(state: ClockState) -> dict[str, Any]:
    """What made the date, short: the whole is counted again when somebody opens it."""
    due = state.due
    said: dict[str, Any] = {"calendar": f"{due.calendar.name} {due.calendar.version}", "fixed": state.is_fixed}
    if due.limit is not None:
        amount = due.limit.amount
        said |= {"limit": due.limit.id, "value": amount.value, "unit": amount.unit.value, "source": due.limit.source}
    if due.changes:
        said["moved"] = [_moved(change) for change in due.changes]
    if due.is_capped:
        said["capped"] = True
    return said


def _moved(change: Hold | Extension) -> list[str]:
    match change:
        case Hold(start, end):
            return ["hold", start.isoformat(), end.isoformat()]
        case Extension(at, until):
            return ["extension", at.isoformat(), until.isoformat()]
