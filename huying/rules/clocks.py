"""The clocks of an appeal as a function of its events: rebuilt or kept up step by step, they are the same.

No action resets a clock (domain R4): only a pause, an approved extension and a deferral move one. The limits are those
of the day the appeal was born. What each step starts and stops stands in one table, `READERS`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from huying.rules import workdays
from huying.rules.case import StepFact
from huying.rules.clockfacts import WINDOWS, ClockState, Dates, Rulebook
from huying.rules.clockwork import Case
from huying.rules.deadlines import Extension
from huying.rules.enums import Action, ClockKind, Flag, RedLine, State, UnitLevel
from huying.rules.limits import About
from huying.rules.shipped import SHIPPED
from huying.rules.workdays import Calendar, local_day

__all__ = ["WINDOWS", "ClockState", "Dates", "Rulebook", "clocks", "dates"]

K = ClockKind
NEXT_IN: Final[Mapping[State, tuple[ClockKind, ...]]] = {
    State.RECEIVED: (K.TRIAGE, K.REPORT_AT_ONCE),
    State.DISPATCHED: (K.ACKNOWLEDGE, K.DECLINE_RULING, K.REPORT_AT_ONCE),
    State.HANDLING: (K.ANSWER, K.REWORK, K.DECLINE_RULING, K.REPORT_AT_ONCE, K.SUPERVISION),
    State.ANSWERED: (K.REVIEW, K.REPORT_AT_ONCE),
    State.CALLBACK: (K.CALLBACK, K.REVIEW),
    State.DEFERRED: (K.DEFERRAL,),
    State.CLOSED: (K.REVIEW,),
    State.JOINED: (K.CALLBACK, K.OUTER),
}


def clocks(events: Sequence[StepFact], book: Rulebook, *, about: About | None = None) -> tuple[ClockState, ...]:
    """Every clock of the appeal, in the order they started, counted from its events alone.

    `about` says what the first event does not (a part split off from another appeal). Never raises for a calendar:
    where one cannot give a date, the weekends and the law's own days do, and the date is provisional.
    """
    try:
        return _counted(events, book, about or About())
    except (workdays.BadCalendar, workdays.BeyondHorizon):
        bare = replace(book, limits=SHIPPED, national=Calendar(name="没有可用的日历"), own=None)
        return _counted(events, bare, about or About())


def _counted(events: Sequence[StepFact], book: Rulebook, about: About) -> tuple[ClockState, ...]:
    case = Case(book, about)
    overturned = {step.data.get("reviews") for step in events if step.action is Action.OVERTURN}
    for step in events:
        reader = READERS.get(step.action)
        is_void = step.action is Action.PAUSE and step.sequence in overturned
        if reader is not None and not is_void:
            reader(case, step)
        case.follow(step)
    return case.states()


def dates(states: Sequence[ClockState], state: State) -> Dates:
    """What the appeal shows, from its clocks and where it stands."""
    answer = _last(states, (K.REWORK, K.ANSWER))
    outer = _last(states, (K.OUTER,))
    running = [one for one in states if one.is_running and one.kind in NEXT_IN.get(state, ())]
    following = _following(running)
    shown = [one for one in (answer, outer, following) if one is not None]
    return Dates(
        due_at=answer.due.at if answer else None,
        outer_due_at=outer.due.at if outer else None,
        next_due_at=following.due.at if following else None,
        provisional=any(one.due.provisional for one in shown if one.is_running),
    )


def _following(running: Sequence[ClockState]) -> ClockState | None:
    """The next date to meet. While an answer is reworked, the rework's date has taken the answer's place."""
    reworked = any(one.kind is K.REWORK for one in running)
    left = [one for one in running if not (reworked and one.kind is K.ANSWER)]
    return min(left, key=lambda one: one.due.at, default=None)


def _last(states: Sequence[ClockState], kinds: tuple[ClockKind, ...]) -> ClockState | None:
    """The newest clock of these kinds, one that runs before one that stands."""
    found = [one for one in states if one.kind in kinds]
    newest = max(found, key=lambda one: one.round, default=None)
    round_ = [one for one in found if newest is not None and one.round == newest.round]
    ranked = sorted(round_, key=lambda one: (one.is_running, one.kind is kinds[0], one.started_at))
    return ranked[-1] if ranked else None


def _moment(text: Any, otherwise: datetime) -> datetime:
    return datetime.fromisoformat(text) if isinstance(text, str) and text else otherwise


def _registered(case: Case, step: StepFact) -> None:
    received_at = _moment(step.data.get("received_at"), step.at)
    case.received_at, case.born_on = received_at, local_day(received_at)
    case.classify(step.data)
    sent = step.data.get("outer_due_at")
    case.start(K.OUTER, step, started_at=received_at, sent=_moment(sent, step.at) if sent else None)
    case.start(K.TRIAGE, step)


def _dispatched(case: Case, step: StepFact) -> None:
    case.about = replace(case.about, tier=_tier(step.data) or case.about.tier)
    case.stop(step, K.TRIAGE, K.ACKNOWLEDGE, K.DECLINE, K.PETITION_NOTICE)
    case.start(K.ACKNOWLEDGE, step)
    if Flag.DESIGNATED not in step.flags:
        case.start(K.DECLINE, step)
    for kind in (K.FIRST_CONTACT, K.ANSWER):
        if not case.has(kind):
            case.start(kind, step)
    _assisting(case, step)


def _tier(data: Mapping[str, Any]) -> UnitLevel | None:
    return UnitLevel(data["level"]) if data.get("level") else None


def _assisting(case: Case, step: StepFact) -> None:
    wanted = step.data.get("assisting") or ()
    for run in case.running(K.ASSISTING):
        if run.unit not in wanted:
            run.stopped_at, run.stopped_by = step.at, step.sequence
    for unit in wanted:
        if not case.has(K.ASSISTING, unit=unit):
            case.start(K.ASSISTING, step, unit=unit)


def _declined(case: Case, step: StepFact) -> None:
    case.stop(step, K.DECLINE)
    case.start(K.DECLINE_RULING, step)


def _decline_approved(case: Case, step: StepFact) -> None:
    case.stop(step, K.DECLINE_RULING, K.ACKNOWLEDGE, K.DECLINE)
    case.start(K.TRIAGE, step)


def _contacted(case: Case, step: StepFact) -> None:
    if step.data.get("reached") or step.data.get("impossible"):
        case.stop(step, K.FIRST_CONTACT)


def _assisted(case: Case, step: StepFact) -> None:
    unit = step.data.get("for_unit")
    if unit is not None:
        case.stop(step, K.ASSISTING, unit=unit)


def _extended(case: Case, step: StepFact) -> None:
    until = step.data.get("due_at")
    if not until:
        return
    granted = Extension(step.at, _moment(until, step.at))
    inner = case.running(K.REWORK) or case.running(K.ANSWER)
    for run in [*inner, *case.running(K.PETITION_DECISION)]:
        run.changes.append(granted)
    # What we promised moves with what we granted; a sender's or the law's date does not.
    national = case.book.national
    promised = national.close_of(workdays.workday_after(national, local_day(granted.until), case.book.margin_days or 1))
    for run in case.running(K.OUTER):
        if not run.is_fixed:
            run.changes.append(Extension(step.at, promised))


def _answered(case: Case, step: StepFact) -> None:
    case.stop(step, K.ANSWER, K.REWORK, K.DECLINE, K.ASSISTING)
    case.start(K.REVIEW, step)


def _delivered(case: Case, step: StepFact) -> None:
    case.stop(
        step, K.TRIAGE, K.REVIEW, K.OUTER, K.FIRST_CONTACT, K.BULLYING_INQUIRY, K.PETITION_NOTICE, K.PETITION_DECISION,
        K.DISPUTE_WINDOW,
    )  # fmt: skip
    if step.data.get("callback_required", True):
        case.start(K.CALLBACK, step)
    case.start(K.DISPUTE_WINDOW, step)


def _sent_back(case: Case, step: StepFact) -> None:
    if step.from_state is State.ANSWERED:
        # Not approved: the inner clock has been running all along.
        case.run_again([run for run in case.runs if run.kind is K.ANSWER and run.round == case.round])
    case.stop(step, K.REVIEW, K.CALLBACK, K.DISPUTE_WINDOW, K.REOPEN_WINDOW)
    case.start(K.REWORK, step)


def _called(case: Case, step: StepFact) -> None:
    data = step.data
    if data.get("reached") and data.get("resolved") is not None and data.get("satisfaction") is not None:
        case.stop(step, K.CALLBACK)


def _closed(case: Case, step: StepFact) -> None:
    case.stop(step, K.REVIEW, K.CALLBACK)
    if step.from_state is not State.CLOSED:
        case.start(K.REOPEN_WINDOW, step)


def _disputed(case: Case, step: StepFact) -> None:
    case.stop(step, K.DISPUTE_WINDOW)
    case.start(K.REVIEW, step)


def _reopened(case: Case, step: StepFact) -> None:
    case.stop(step, *(kind for kind in ClockKind if kind is not K.SUPERVISION))
    case.round += 1
    case.start(K.OUTER, step)
    case.start(K.TRIAGE, step)


def _joined(case: Case, step: StepFact) -> None:
    case.joined_by = step.sequence
    case.stop(step, K.TRIAGE, K.PETITION_NOTICE)


def _unjoined(case: Case, step: StepFact) -> None:
    if step.to_state is State.RECEIVED:
        # As if it had never been joined: the dispatcher's clock has been running all along.
        case.run_again(case.stopped_by(case.joined_by))
    elif step.to_state in (State.DISPATCHED, State.HANDLING) and not case.has(K.ANSWER):
        case.start(K.ANSWER, step)
        case.start(K.FIRST_CONTACT, step)
    elif step.to_state is State.ANSWERED:
        case.start(K.REVIEW, step)


def _overturned(case: Case, step: StepFact) -> None:
    if step.from_state in (State.REFUSED, State.REFERRED) and step.to_state is not step.from_state:
        case.run_again(case.stopped_by(step.data.get("reviews")))
    case.classify(step.data)


def _withdrawing(case: Case, step: StepFact) -> None:
    if Flag.WITHDRAW_PENDING in step.flags and not case.running(K.WITHDRAWAL):
        case.start(K.WITHDRAWAL, step)


def _marked(case: Case, step: StepFact) -> None:
    case.start(K.REPORT_AT_ONCE, step)
    if step.data.get("signal") == RedLine.BULLYING:
        case.start(K.BULLYING_INQUIRY, step, started_at=_moment(step.data.get("discovered_at"), step.at))


def _supervised(case: Case, step: StepFact) -> None:
    until = step.data.get("due_at")
    case.start(K.SUPERVISION, step, sent=_moment(until, step.at) if until else None)


def _stopping(*kinds: ClockKind) -> Callable[[Case, StepFact], None]:
    return lambda case, step: case.stop(step, *kinds)


READERS: Final[dict[Action, Callable[[Case, StepFact], None]]] = {
    Action.REGISTER: _registered,
    Action.DISPATCH: _dispatched,
    Action.ACKNOWLEDGE: _stopping(K.ACKNOWLEDGE),
    Action.DECLINE: _declined,
    Action.APPROVE_DECLINE: _decline_approved,
    Action.REJECT_DECLINE: _stopping(K.DECLINE_RULING),
    Action.CONTACT: _contacted,
    Action.ASSIST: _assisted,
    Action.PAUSE: lambda case, step: case.begin_pause(step),
    Action.APPROVE_EXTENSION: _extended,
    Action.DEFER: lambda case, step: case.begin_deferral(step),
    Action.UNDEFER: lambda case, step: case.end_deferral(step),
    Action.ANSWER: _answered,
    Action.ANSWER_AT_ONCE: _delivered,
    Action.APPROVE_ANSWER: _delivered,
    Action.SEND_BACK: _sent_back,
    Action.CALL_BACK: _called,
    Action.CLOSE: _closed,
    Action.DISPUTE: _disputed,
    Action.REOPEN: _reopened,
    Action.JOIN: _joined,
    Action.UNJOIN: _unjoined,
    Action.OVERTURN: _overturned,
    Action.RECLASSIFY: lambda case, step: case.classify(step.data),
    Action.WITHDRAW: _withdrawing,
    Action.MARK_SAFETY: _marked,
    Action.CLEAR_SAFETY: _stopping(K.REPORT_AT_ONCE, K.BULLYING_INQUIRY),
    Action.RECORD_REPORT: _stopping(K.REPORT_AT_ONCE),
    Action.SUPERVISE: _supervised,
    Action.LIFT_SUPERVISION: _stopping(K.SUPERVISION),
}
