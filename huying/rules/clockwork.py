"""The clocks while the events of an appeal are read: what runs, what stands, what holds it, and in which round."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from huying.rules import deadlines, workdays
from huying.rules.case import StepFact
from huying.rules.clockfacts import DEFERRABLE, FINAL, OUTLIVE_THE_FILE, PAUSABLE, ClockState, Rulebook
from huying.rules.deadlines import Change, Due, Extension, Hold
from huying.rules.enums import AppealKind, ClockKind, Flag, Severity, State
from huying.rules.limits import About, LimitFact
from huying.rules.workdays import Calendar

K = ClockKind
_NOTHING: Final = timedelta(0)


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
        """Its date; raises what a calendar raises that cannot give one."""
        if self.limit is None:
            at = self.sent or self.started_at
            return deadlines.sent(at, start=self.started_at, calendar=self.calendar, changes=self.changes)
        return deadlines.due(self.limit, self.started_at, self.calendar, changes=self.changes, ceiling=ceiling)


class Case:
    """The events read so far: what runs, what stands, and in which round."""

    def __init__(self, book: Rulebook, about: About) -> None:
        self.book = book
        self.about = about
        self.runs: list[_Run] = []
        self.round = 1
        self.born_on = date.min
        self.received_at: datetime | None = None
        self.hold: Hold | None = None
        self.pauses: list[Hold] = []
        self.deferrals: list[Hold] = []
        self.joined_by: int | None = None
        self.held: list[_Run] = []
        self.deferred: list[_Run] = []

    def follow(self, step: StepFact) -> None:
        """What the flags and the state after a step mean for the clocks, whatever the step was."""
        if self.hold is not None and Flag.PAUSED not in step.flags:
            self._end_pause(self.hold, step.at)
        self._follow_flags(step)
        if step.to_state in FINAL and step.from_state is not step.to_state:
            self.stop_all(step)

    def start(self, kind: ClockKind, step: StepFact, **given: Any) -> _Run:
        """A clock runs: to the date that was sent, else by the limit in force on the day of birth."""
        started_at = given.get("started_at", step.at)
        sent = given.get("sent")
        run = _Run(
            kind=kind,
            round=self.round,
            started_at=started_at,
            calendar=self.book.calendar_for(kind),
            limit=None if sent else self.book.pick(kind, self.about, on=self.born_on),
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
        used = sum((workdays.working_time(calendar, one.start, one.end) for one in self.pauses), start=_NOTHING)
        left = max(deadlines.length_of(cap.amount, calendar, on=self.born_on) - used, _NOTHING)
        end = workdays.add_working_time(calendar, step.at, left)
        self.hold = Hold(step.at, end)
        self.held = self.running(*PAUSABLE)
        for run in self.held:
            run.changes.append(self.hold)
        self.start(K.PAUSE_CAP, step, sent=end)

    def _end_pause(self, hold: Hold, at: datetime) -> None:
        """The clocks run again; time beyond the cap was never held."""
        self._shorten(self.held, hold, at)
        self.pauses.append(Hold(hold.start, min(hold.end, at)))
        for run in self.running(K.PAUSE_CAP):
            run.stopped_at = at
        self.hold, self.held = None, []

    def begin_deferral(self, step: StepFact) -> None:
        """Put off until the review day: from now on that day is the clock."""
        review = step.data.get("review_on")
        calendar = self.book.calendar_for(K.DEFERRAL)
        run = self.start(K.DEFERRAL, step, sent=calendar.close_of(date.fromisoformat(review)) if review else None)
        hold = Hold(step.at, run.due().at)
        self.deferred = [*self.running(*DEFERRABLE), *(one for one in self.running(K.OUTER) if not one.is_fixed)]
        self.deferrals.append(hold)
        for one in self.deferred:
            one.changes.append(hold)

    def end_deferral(self, step: StepFact) -> None:
        """What was left of the time runs on."""
        for hold in self.deferrals:
            self._shorten(self.deferred, hold, step.at)
        self.stop(step, K.DEFERRAL)
        self.deferrals, self.deferred = [], []

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
