"""The clocks of an appeal as a function of its events: rebuilt or kept up step by step, they are the same.

No action resets a clock (domain R4): only a pause, an approved extension and a deferral move one. The limits are those
of the day the appeal was born. What each step starts and stops stands in one table, `READERS`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from huying.rules import deadlines, limits, workdays
from huying.rules.case import StepFact
from huying.rules.deadlines import Change, Due, Extension, Hold
from huying.rules.enums import Action, AppealKind, ClockKind, Flag, RedLine, Severity, State, UnitLevel
from huying.rules.limits import About, LimitFact
from huying.rules.shipped import SHIPPED
from huying.rules.workdays import Calendar, local_day

K = ClockKind
PAUSABLE: Final = frozenset({K.TRIAGE, K.ANSWER, K.REWORK, K.ASSISTING})
DEFERRABLE: Final = frozenset({K.ANSWER, K.REWORK, K.ASSISTING})
# Law counts on the nation's calendar; a school's own closed day moves only its own limits.
NATIONAL: Final = frozenset({K.OUTER, K.BULLYING_INQUIRY, K.PETITION_NOTICE, K.PETITION_DECISION, K.REOPEN_WINDOW})
# A window runs out and something happens, or may no longer happen; nobody is late.
WINDOWS: Final = frozenset({K.DECLINE, K.PAUSE_CAP, K.WITHDRAWAL, K.DISPUTE_WINDOW, K.REOPEN_WINDOW, K.DEFERRAL})
OUTLIVE_THE_FILE: Final = frozenset({K.DISPUTE_WINDOW, K.REOPEN_WINDOW, K.SUPERVISION})
FINAL: Final = frozenset({State.CLOSED, State.REFUSED, State.REFERRED, State.WITHDRAWN})
NO_CALENDAR: Final = Calendar(name="没有日历")
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


_NOTHING: Final = timedelta(0)


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

    def pick(self, kind: ClockKind, about: About, *, on: date) -> LimitFact | None:
        """The limit in force on a day; what ships where the table is silent."""
        return limits.pick(self.limits, kind, about, on=on) or limits.pick(SHIPPED, kind, about, on=on)


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


def clocks(events: Sequence[StepFact], book: Rulebook, *, about: About | None = None) -> tuple[ClockState, ...]:
    """Every clock of the appeal, in the order they started, counted from its events alone.

    `about` says what the first event does not (a part split off from another appeal). Never raises for a calendar: a
    broken one is replaced by what is known without it, and the date is provisional.
    """
    case = _Case(_sound(book, events), about or About())
    overturned = {step.data.get("reviews") for step in events if step.action is Action.OVERTURN}
    for step in events:
        case.read(step, is_void=step.action is Action.PAUSE and step.sequence in overturned)
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


@dataclass
class _Run:
    """A clock while the events are read."""

    kind: ClockKind
    round: int
    started_at: datetime
    calendar: Calendar
    limit: LimitFact | None = None
    sent: datetime | None = None
    unit: int | None = None
    stopped_at: datetime | None = None
    stopped_by: int | None = None
    changes: list[Change] = field(default_factory=list)

    @property
    def is_fixed(self) -> bool:
        return self.sent is not None or (self.limit is not None and bool(self.limit.channel))

    def due(self, ceiling: datetime | None = None) -> Due:
        """Its date; a calendar that cannot give one is left aside, and the date is then provisional."""
        if self.sent is not None:
            return deadlines.sent(self.sent, start=self.started_at, calendar=self.calendar, changes=self.changes)
        if self.limit is None:
            raise TypeError(self.kind)
        try:
            return deadlines.due(self.limit, self.started_at, self.calendar, changes=self.changes, ceiling=ceiling)
        except (workdays.BadCalendar, workdays.BeyondHorizon):
            found = deadlines.due(replace(self.limit, amount=_bounded(self.limit.amount)), self.started_at, NO_CALENDAR)
            return replace(found, provisional=True)


def _sound(book: Rulebook, events: Sequence[StepFact]) -> Rulebook:
    """The book without calendars in which nobody works: filing goes on, and the dates are provisional."""
    year = local_day(events[0].at).year if events else workdays.FIRST_YEAR
    return replace(
        book, national=_sound_calendar(book.national, year), own=book.own and _sound_calendar(book.own, year)
    )


def _sound_calendar(calendar: Calendar, year: int) -> Calendar:
    works = any(calendar.year(number).days for number in range(year, year + 2))
    return calendar if works else NO_CALENDAR


def _reach(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """When so much working time is over; wall time where the calendar works too seldom to say."""
    try:
        return workdays.add_working_time(calendar, start, amount)
    except (workdays.BadCalendar, workdays.BeyondHorizon):
        return start + amount


def _bounded(amount: limits.Amount) -> limits.Amount:
    """No longer than a calendar reaches: a limit of ten thousand days is a slip of the pen, and filing goes on."""
    return type(amount)(min(amount.value, 250))


class _Case:
    """The events read so far: what runs, what stands, and in which round."""

    def __init__(self, book: Rulebook, about: About) -> None:
        self.book = book
        self.about = about
        self.runs: list[_Run] = []
        self.round = 1
        self.born_on = date.min
        self.received_at: datetime | None = None
        self.hold: Hold | None = None
        self.deferral: Hold | None = None
        self.joined_by: int | None = None
        self.held: list[_Run] = []
        self.deferred: list[_Run] = []

    def read(self, step: StepFact, *, is_void: bool) -> None:
        """One more event."""
        if not is_void:
            reader = READERS.get(step.action)
            if reader is not None:
                reader(self, step)
        if self.hold is not None and Flag.PAUSED not in step.flags:
            self.end_pause(step.at)
        self._follow_flags(step)
        if step.to_state in FINAL and step.from_state is not step.to_state:
            self.stop_all(step)

    def start(self, kind: ClockKind, step: StepFact, **given: Any) -> _Run | None:
        """A clock runs, by the limit of the day of birth; nothing when no limit speaks of it and no date was sent."""
        started_at = given.get("started_at", step.at)
        sent = given.get("sent")
        limit = None if sent else self.book.pick(kind, self.about, on=self.born_on)
        if limit is None and sent is None:
            return None
        run = _Run(
            kind=kind,
            round=self.round,
            started_at=started_at,
            calendar=self.book.calendar_for(kind),
            limit=limit,
            sent=sent,
            unit=given.get("unit"),
        )
        self.runs.append(run)
        return run

    def running(self, *kinds: ClockKind) -> list[_Run]:
        """The clocks of these kinds that run."""
        return [run for run in self.runs if run.stopped_at is None and run.kind in kinds]

    def has(self, kind: ClockKind, *, unit: int | None = None) -> bool:
        """Whether this round has such a clock, running or not."""
        return any(run.kind is kind and run.round == self.round and run.unit == unit for run in self.runs)

    def stop(self, step: StepFact, *kinds: ClockKind, unit: int | None = None) -> None:
        """These clocks stand from now on."""
        for run in self.running(*kinds):
            if unit is None or run.unit == unit:
                run.stopped_at, run.stopped_by = step.at, step.sequence

    def stop_all(self, step: StepFact) -> None:
        """The file is done: what does not outlive it stands."""
        self.stop(step, *(kind for kind in ClockKind if kind not in OUTLIVE_THE_FILE))
        if step.to_state is not State.CLOSED:
            self.stop(step, K.DISPUTE_WINDOW, K.REOPEN_WINDOW, K.SUPERVISION)

    def run_again(self, runs: Iterable[_Run]) -> None:
        """These clocks were never really stopped."""
        for run in runs:
            run.stopped_at, run.stopped_by = None, None

    def stopped_by(self, sequence: int | None) -> list[_Run]:
        return [run for run in self.runs if run.stopped_by == sequence and sequence is not None]

    def classify(self, data: Mapping[str, Any]) -> None:
        """What the appeal is about, from now on: clocks already running keep the limit they were started with."""
        topic = data.get("topic", data.get("topic_id"))
        topics = self.book.lineage.get(topic, self.about.topics) if topic is not None else self.about.topics
        self.about = replace(
            self.about,
            kind=AppealKind(data["kind"]) if data.get("kind") else self.about.kind,
            severity=Severity(data["severity"]) if data.get("severity") else self.about.severity,
            channel=data.get("channel") or self.about.channel,
            topics=topics,
        )

    def begin_pause(self, step: StepFact) -> None:
        """The inner clocks stand still until somebody resumes, at most for what is left of the cap."""
        cap = self.book.pick(K.PAUSE_CAP, self.about, on=self.born_on)
        calendar = self.book.calendar_for(K.PAUSE_CAP)
        if cap is None:
            return
        used = sum((workdays.working_time(calendar, one.start, one.end) for one in self.pauses), start=_NOTHING)
        left = max(deadlines.length_of(cap.amount, calendar) - used, _NOTHING)
        end = _reach(calendar, step.at, left)
        self.hold = Hold(step.at, end)
        self.held = self.running(*PAUSABLE)
        for run in self.held:
            run.changes.append(self.hold)
        self.start(K.PAUSE_CAP, step, sent=end)

    @property
    def pauses(self) -> list[Hold]:
        """The pauses that are over, each once."""
        return [Hold(run.started_at, min(run.stopped_at, run.sent)) for run in self.runs if _is_over(run)]

    def end_pause(self, at: datetime) -> None:
        """The clocks run again; time beyond the cap was never held."""
        if self.hold is not None:
            self._shorten(self.held, self.hold, at)
        for run in self.running(K.PAUSE_CAP):
            run.stopped_at = at
        self.hold, self.held = None, []

    def begin_deferral(self, step: StepFact) -> None:
        """Put off until the review day: from now on that day is the clock."""
        review = step.data.get("review_on")
        calendar = self.book.calendar_for(K.DEFERRAL)
        run = self.start(K.DEFERRAL, step, sent=calendar.close_of(date.fromisoformat(review)) if review else None)
        if run is None:
            return
        self.deferral = Hold(step.at, run.due().at)
        self.deferred = [*self.running(*DEFERRABLE), *(one for one in self.running(K.OUTER) if not one.is_fixed)]
        for one in self.deferred:
            one.changes.append(self.deferral)

    def end_deferral(self, step: StepFact) -> None:
        """What was left of the time runs on."""
        if self.deferral is not None:
            self._shorten(self.deferred, self.deferral, step.at)
        self.stop(step, K.DEFERRAL)
        self.deferral, self.deferred = None, []

    def _shorten(self, runs: Iterable[_Run], hold: Hold, at: datetime) -> None:
        for run in runs:
            run.changes = [Hold(hold.start, min(hold.end, at)) if one is hold else one for one in run.changes]

    def _follow_flags(self, step: StepFact) -> None:
        if Flag.WITHDRAW_PENDING not in step.flags:
            self.stop(step, K.WITHDRAWAL)
        if Flag.IS_PETITION not in step.flags:
            self.stop(step, K.PETITION_NOTICE, K.PETITION_DECISION)
        elif step.to_state not in FINAL:
            self._count_as_petition(step)

    def _count_as_petition(self, step: StepFact) -> None:
        if step.to_state is State.RECEIVED and not self.has(K.PETITION_NOTICE):
            self.start(K.PETITION_NOTICE, step, started_at=self.received_at or step.at)
        if step.to_state in (State.DISPATCHED, State.HANDLING) and not self.has(K.PETITION_DECISION):
            begun = [run.started_at for run in self.runs if run.kind is K.ANSWER and run.round == self.round]
            self.start(K.PETITION_DECISION, step, started_at=min(begun, default=step.at))

    def states(self) -> tuple[ClockState, ...]:
        """The clocks as they stand."""
        outer = {run.round: run.due().at for run in self.runs if run.kind is K.OUTER}
        answer = {run.round: self._inner(run, outer).at for run in self.runs if run.kind is K.ANSWER}
        return tuple(self._state(run, outer, answer) for run in self.runs)

    def _state(self, run: _Run, outer: Mapping[int, datetime], answer: Mapping[int, datetime]) -> ClockState:
        if run.kind is K.ANSWER:
            due = self._inner(run, outer)
        elif run.kind is K.REWORK:
            due = run.due(ceiling=self._rework_ceiling(run, outer))
        elif run.kind is K.ASSISTING:
            due = run.due(ceiling=answer.get(run.round))
        else:
            due = run.due()
        return ClockState(
            kind=run.kind,
            round=run.round,
            started_at=run.started_at,
            due=due,
            stopped_at=run.stopped_at,
            unit=run.unit,
            is_fixed=run.is_fixed,
        )

    def _inner(self, run: _Run, outer: Mapping[int, datetime]) -> Due:
        if run.round not in outer:
            return run.due()
        # What was granted beyond the margin stands, up to the outer date itself.
        granted = any(isinstance(change, Extension) for change in run.changes)
        days = 0 if granted else self.book.margin_days
        ceiling = deadlines.margin_before(self.book.national, outer[run.round], start=run.started_at, days=days)
        return run.due(ceiling=ceiling)

    def _rework_ceiling(self, run: _Run, outer: Mapping[int, datetime]) -> datetime | None:
        """The outer date, while nothing is delivered and it lies ahead; past, it leaves a rework its own date."""
        ahead = outer.get(run.round)
        delivered = any(one.kind is K.OUTER and one.round == run.round and one.stopped_at for one in self.runs)
        return ahead if ahead is not None and ahead > run.started_at and not delivered else None


def _is_over(run: _Run) -> bool:
    return run.kind is K.PAUSE_CAP and run.stopped_at is not None


def _moment(text: Any, otherwise: datetime) -> datetime:
    return datetime.fromisoformat(text) if isinstance(text, str) and text else otherwise


def _registered(case: _Case, step: StepFact) -> None:
    received_at = _moment(step.data.get("received_at"), step.at)
    case.received_at, case.born_on = received_at, local_day(received_at)
    case.classify(step.data)
    sent = step.data.get("outer_due_at")
    case.start(K.OUTER, step, started_at=received_at, sent=_moment(sent, step.at) if sent else None)
    case.start(K.TRIAGE, step)


def _dispatched(case: _Case, step: StepFact) -> None:
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


def _assisting(case: _Case, step: StepFact) -> None:
    wanted = step.data.get("assisting") or ()
    for run in case.running(K.ASSISTING):
        if run.unit not in wanted:
            run.stopped_at, run.stopped_by = step.at, step.sequence
    for unit in wanted:
        if not case.has(K.ASSISTING, unit=unit):
            case.start(K.ASSISTING, step, unit=unit)


def _declined(case: _Case, step: StepFact) -> None:
    case.stop(step, K.DECLINE)
    case.start(K.DECLINE_RULING, step)


def _decline_approved(case: _Case, step: StepFact) -> None:
    case.stop(step, K.DECLINE_RULING, K.ACKNOWLEDGE, K.DECLINE)
    case.start(K.TRIAGE, step)


def _contacted(case: _Case, step: StepFact) -> None:
    if step.data.get("reached") or step.data.get("impossible"):
        case.stop(step, K.FIRST_CONTACT)


def _assisted(case: _Case, step: StepFact) -> None:
    unit = step.data.get("for_unit")
    if unit is not None:
        case.stop(step, K.ASSISTING, unit=unit)


def _extended(case: _Case, step: StepFact) -> None:
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


def _answered(case: _Case, step: StepFact) -> None:
    case.stop(step, K.ANSWER, K.REWORK, K.DECLINE, K.ASSISTING)
    case.start(K.REVIEW, step)


def _delivered(case: _Case, step: StepFact) -> None:
    case.stop(
        step, K.TRIAGE, K.REVIEW, K.OUTER, K.FIRST_CONTACT, K.BULLYING_INQUIRY, K.PETITION_NOTICE, K.PETITION_DECISION,
        K.DISPUTE_WINDOW,
    )  # fmt: skip
    if step.data.get("callback_required", True):
        case.start(K.CALLBACK, step)
    case.start(K.DISPUTE_WINDOW, step)


def _sent_back(case: _Case, step: StepFact) -> None:
    if step.from_state is State.ANSWERED:
        # Not approved: the inner clock has been running all along.
        case.run_again([run for run in case.runs if run.kind is K.ANSWER and run.round == case.round])
    case.stop(step, K.REVIEW, K.CALLBACK, K.DISPUTE_WINDOW, K.REOPEN_WINDOW)
    case.start(K.REWORK, step)


def _called(case: _Case, step: StepFact) -> None:
    data = step.data
    if data.get("reached") and data.get("resolved") is not None and data.get("satisfaction") is not None:
        case.stop(step, K.CALLBACK)


def _closed(case: _Case, step: StepFact) -> None:
    case.stop(step, K.REVIEW, K.CALLBACK)
    if step.from_state is not State.CLOSED:
        case.start(K.REOPEN_WINDOW, step)


def _disputed(case: _Case, step: StepFact) -> None:
    case.stop(step, K.DISPUTE_WINDOW)
    case.start(K.REVIEW, step)


def _reopened(case: _Case, step: StepFact) -> None:
    case.stop(step, *(kind for kind in ClockKind if kind is not K.SUPERVISION))
    case.round += 1
    case.start(K.OUTER, step)
    case.start(K.TRIAGE, step)


def _joined(case: _Case, step: StepFact) -> None:
    case.joined_by = step.sequence
    case.stop(step, K.TRIAGE, K.PETITION_NOTICE)


def _unjoined(case: _Case, step: StepFact) -> None:
    if step.to_state is State.RECEIVED:
        # As if it had never been joined: the dispatcher's clock has been running all along.
        case.run_again(case.stopped_by(case.joined_by))
    elif step.to_state in (State.DISPATCHED, State.HANDLING) and not case.has(K.ANSWER):
        case.start(K.ANSWER, step)
        case.start(K.FIRST_CONTACT, step)
    elif step.to_state is State.ANSWERED:
        case.start(K.REVIEW, step)


def _overturned(case: _Case, step: StepFact) -> None:
    if step.from_state in (State.REFUSED, State.REFERRED) and step.to_state is not step.from_state:
        case.run_again(case.stopped_by(step.data.get("reviews")))
    case.classify(step.data)


def _withdrawing(case: _Case, step: StepFact) -> None:
    if Flag.WITHDRAW_PENDING in step.flags and not case.running(K.WITHDRAWAL):
        case.start(K.WITHDRAWAL, step)


def _marked(case: _Case, step: StepFact) -> None:
    case.start(K.REPORT_AT_ONCE, step)
    if step.data.get("signal") == RedLine.BULLYING:
        case.start(K.BULLYING_INQUIRY, step, started_at=_moment(step.data.get("discovered_at"), step.at))


def _supervised(case: _Case, step: StepFact) -> None:
    until = step.data.get("due_at")
    case.start(K.SUPERVISION, step, sent=_moment(until, step.at) if until else None)


def _stopping(*kinds: ClockKind) -> Callable[[_Case, StepFact], None]:
    return lambda case, step: case.stop(step, *kinds)


READERS: Final[dict[Action, Callable[[_Case, StepFact], None]]] = {
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
