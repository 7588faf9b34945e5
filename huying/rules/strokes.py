"""What one appeal adds to the tally: from its events and its dates, strokes that each stand on one day.

A stroke never depends on the day it is looked at: what may still become late is a stroke on its due day, and whoever
counts leaves out the days to come. What each step adds stands in one table, `READERS`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from huying.rules import history, lifecycle
from huying.rules.case import CallTry, StepFact
from huying.rules.enums import Action, AppealKind, ClockKind, Finding, Flag, Measure, Satisfaction, Standing, State
from huying.rules.indicators import Sums
from huying.rules.periods import Period
from huying.rules.workdays import local_day

# Whoever changes what a stroke means counts one up: every appeal is then counted again.
VERSION: Final = 2

STEPS: Final = frozenset(
    {
        ClockKind.TRIAGE,
        ClockKind.ACKNOWLEDGE,
        ClockKind.FIRST_CONTACT,
        ClockKind.DECLINE_RULING,
        ClockKind.ANSWER,
        ClockKind.REVIEW,
        ClockKind.CALLBACK,
        ClockKind.REWORK,
        ClockKind.ASSISTING,
    }
)
CLOCKS: Final = STEPS | {ClockKind.OUTER, ClockKind.PAUSE_CAP}
# Every voice of a joined group is called back and rated by itself; the handling is counted once, in the main appeal.
OF_EVERY_VOICE: Final = frozenset(
    {
        Measure.ANSWERED,
        Measure.ANSWER_TRIED,
        Measure.ANSWER_CALLED,
        Measure.TRIED,
        Measure.NOT_REACHED,
        Measure.CALLED,
        Measure.CALLED_CONTACTED,
        Measure.CALLED_RESOLVED,
        Measure.CALLED_SATISFIED,
        Measure.CALLED_BASICALLY,
        Measure.CALLED_DISSATISFIED,
    }
)
LEFT: Final = frozenset({State.REFUSED, State.REFERRED, State.WITHDRAWN})
FINDINGS: Final = frozenset({Finding.SUBSTANTIATED, Finding.PARTLY, Finding.UNSUBSTANTIATED, Finding.UNVERIFIABLE})
TRUE: Final = frozenset({Finding.SUBSTANTIATED, Finding.PARTLY})
SAID: Final = {
    Satisfaction.SATISFIED: Measure.CALLED_SATISFIED,
    Satisfaction.BASICALLY: Measure.CALLED_BASICALLY,
    Satisfaction.DISSATISFIED: Measure.CALLED_DISSATISFIED,
}
REPEAT_WINDOW: Final = timedelta(days=90)
# These strokes stand on the day something falls due: it is late only when that day is over.
AFTER_THE_DAY: Final = frozenset({Measure.FINAL_OPEN, Measure.STEP_OPEN})


@dataclass(frozen=True)
class DateFact:
    """One date of an appeal as its clocks have it; `stopped_at` None while it runs."""

    kind: ClockKind
    round: int
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None

    @property
    def is_late(self) -> bool:
        return self.stopped_at is not None and self.stopped_at > self.due_at


@dataclass(frozen=True)
class StrokeFact:
    """One measure of one appeal on one day. `unit` is the one that had it in hand when this happened."""

    measure: Measure
    day: date
    unit: int | None
    standing: Standing
    amount: int = 1


@dataclass(frozen=True)
class Tallied:
    """An appeal as the tally has it. `topic` and `channel` are said as the events say them: a code or a key.

    `earlier` are the appeals that this one was ever said to repeat: what it adds to them is to be counted anew.
    """

    place: int | None
    channel: str
    topic: str | int
    kind: AppealKind
    standing: Standing
    strokes: tuple[StrokeFact, ...]
    earlier: frozenset[int] = frozenset()


def tallied(
    steps: Sequence[StepFact], dates: Iterable[DateFact], *, repeated_at: Sequence[datetime] = ()
) -> Tallied | None:
    """The strokes of one appeal; None without a first event. `repeated_at`: when the same person brought it again."""
    if not steps:
        return None
    sheet = _Sheet(steps, repeated_at)
    for step in steps:
        sheet.read(step)
    for one in dates:
        reader = OF_A_DATE.get(one.kind)
        if reader is not None:
            reader(sheet, one)
        if one.kind in STEPS:
            _step_date(sheet, one)
    return sheet.done()


@dataclass
class _Delivery:
    """An answer that went out, and what was heard of it."""

    at: datetime
    round: int
    unit: int | None
    calls: list[CallTry] = field(default_factory=list)
    is_taken_back: bool = False


class _Sheet:
    """The strokes of an appeal while its events are read."""

    def __init__(self, steps: Sequence[StepFact], repeated_at: Sequence[datetime]) -> None:
        first = steps[0].data
        self.steps = steps
        self.repeated_at = repeated_at
        said = first.get("received_at")
        self.received_at = datetime.fromisoformat(said) if isinstance(said, str) else steps[0].at
        self.received_on = local_day(self.received_at)
        self.classes: dict[str, Any] = {"kind": AppealKind.HELP, "topic": "", "channel": "", "place": None}
        self.unit: int | None = None
        self.held: list[tuple[datetime, int | None]] = []
        self.round = 1
        self.is_open = False
        self.is_counted = True
        self.is_joined = False
        self.repeat_of: int | None = None
        self.earlier: set[int] = set()
        self.deliveries: list[_Delivery] = []
        self.strokes: list[tuple[Measure, date, int | None, int]] = []
        self.overturned = {step.data.get("reviews") for step in steps if step.action is Action.OVERTURN}
        reviewed = {step.data.get("reviews") for step in steps if step.action in (Action.OVERTURN, Action.CONFIRM)}
        self.unreviewed = {step.sequence for step in steps if _waits(step) and step.sequence not in reviewed}

    def read(self, step: StepFact) -> None:
        """One more event has been read."""
        data = step.data
        self.classes |= {name: data[name] for name in self.classes if data.get(name)}
        if "lead_unit" in data:
            self.unit = data["lead_unit"]
            self.held.append((step.at, self.unit))
        if "repeat_of" in data:
            self.repeat_of = data["repeat_of"]
            self.earlier |= {self.repeat_of} if self.repeat_of is not None else set()
        if "counted" in data:
            self.is_counted = bool(data["counted"])
        for measure in PLAIN.get(step.action, ()):
            self.add(measure, local_day(step.at))
        if step.sequence in self.unreviewed:
            self.add(Measure.UNREVIEWED, local_day(step.at))
        reader = READERS.get(step.action)
        if reader is not None:
            reader(self, step)
        self._follow(step)

    def add(self, measure: Measure, day: date, *, unit: int | None = None, amount: int = 1) -> None:
        """One stroke more; in the unit's hands that has it now unless another is named."""
        self.strokes.append((measure, day, self.unit if unit is None else unit, amount))

    def unit_at(self, moment: datetime) -> int | None:
        """Who had it in hand at that moment; before anybody had, whoever came first."""
        before = [unit for at, unit in self.held if at <= moment and unit is not None]
        later = [unit for _, unit in self.held if unit is not None]
        return before[-1] if before else next(iter(later), None)

    def stood(self, round_: int) -> datetime | None:
        """When the answer of that round which nobody took back went out."""
        return next(
            (one.at for one in reversed(self.deliveries) if one.round == round_ and not one.is_taken_back), None
        )

    def first(self, round_: int) -> datetime | None:
        """When the first answer of that round went out."""
        return next((one.at for one in self.deliveries if one.round == round_), None)

    def did(self, action: Action, at: datetime | None) -> bool:
        """Whether exactly this was done at that moment."""
        return any(step.action is action and step.at == at for step in self.steps)

    def done(self) -> Tallied:
        """Everything has been read."""
        for one in self.deliveries:
            _heard(self, one)
        if Flag.SAFETY in self.steps[-1].flags:
            self.add(Measure.RED_LINE, self.received_on)
        if self.repeat_of is not None:
            self.add(Measure.REPEATED, self.received_on)
        standing = self._standing()
        return Tallied(
            place=self.classes["place"],
            channel=self.classes["channel"],
            topic=self.classes["topic"],
            kind=AppealKind(self.classes["kind"]),
            standing=standing,
            strokes=tuple(
                StrokeFact(measure, day, unit, self._standing_in(measure, standing), amount)
                for measure, day, unit, amount in self.strokes
            ),
            earlier=frozenset(self.earlier),
        )

    def _follow(self, step: StepFact) -> None:
        """In hand is what stands in an open state."""
        is_open = step.to_state in lifecycle.OPEN
        if is_open is not self.is_open:
            day = self.received_on if step.action is Action.REGISTER else local_day(step.at)
            self.add(Measure.IN_HAND, day, amount=1 if is_open else -1)
        self.is_open = is_open

    def _standing(self) -> Standing:
        if self.steps[-1].to_state in LEFT or self.is_joined:
            return Standing.OUTSIDE
        if self.classes["kind"] == AppealKind.PRAISE:
            return Standing.PRAISE
        return Standing.COUNTED if self.is_counted else Standing.EXCLUDED

    def _standing_in(self, measure: Measure, standing: Standing) -> Standing:
        is_voice = self.is_joined and measure in OF_EVERY_VOICE and self.steps[-1].to_state not in LEFT
        return Standing.COUNTED if is_voice and self.is_counted else standing


def _waits(step: StepFact) -> bool:
    return step.action in history.REVIEWED_ACTS and Flag.UNREVIEWED in step.flags


def _registered(sheet: _Sheet, step: StepFact) -> None:
    sheet.add(Measure.RECEIVED, sheet.received_on)
    if Flag.LATE_ENTRY in step.flags:
        sheet.add(Measure.LATE_ENTERED, sheet.received_on)
    if step.data.get("external_ref"):
        sheet.add(Measure.FROM_OUTSIDE, sheet.received_on)


def _dispatched(sheet: _Sheet, step: StepFact) -> None:
    if step.data.get("is_ruling"):
        sheet.add(Measure.RULED, local_day(step.at))


def _delivered(sheet: _Sheet, step: StepFact) -> None:
    sheet.deliveries.append(_Delivery(step.at, sheet.round, sheet.unit))


def _taken_back(sheet: _Sheet, step: StepFact) -> None:
    # An answer that was never approved never went out: then the one before was taken back long ago.
    if sheet.deliveries and sheet.deliveries[-1].round == sheet.round:
        sheet.deliveries[-1].is_taken_back = True


def _called(sheet: _Sheet, step: StepFact) -> None:
    data = step.data
    said = data.get("tried_at")
    one = CallTry(
        at=datetime.fromisoformat(said) if isinstance(said, str) else step.at,
        reached=bool(data.get("reached")),
        contacted=data.get("contacted"),
        resolved=data.get("resolved"),
        satisfaction=data.get("satisfaction"),
    )
    sheet.add(Measure.TRIED, local_day(one.at))
    if not one.reached:
        sheet.add(Measure.NOT_REACHED, local_day(one.at))
    if sheet.deliveries:
        sheet.deliveries[-1].calls.append(one)


def _closed(sheet: _Sheet, step: StepFact) -> None:
    if step.from_state is State.CLOSED:
        return
    day = local_day(step.at)
    sheet.add(Measure.CLOSED, day)
    if _is_at_once(sheet, step):
        sheet.add(Measure.CLOSED_AT_ONCE, day)
    if any(one.action is Action.SEND_BACK and one.sequence < step.sequence for one in sheet.steps):
        sheet.add(Measure.CLOSED_REWORKED, day)
    finding = step.data.get("finding")
    if finding in FINDINGS:
        sheet.add(Measure.FOUND, day)
    if finding in TRUE:
        sheet.add(Measure.FOUND_TRUE, day)


def _is_at_once(sheet: _Sheet, closing: StepFact) -> bool:
    """No rework, no reopening, and the same person did not bring it again inside the window."""
    again = any(one.action in (Action.SEND_BACK, Action.REOPEN) for one in sheet.steps)
    repeated = any(closing.at <= at < closing.at + REPEAT_WINDOW for at in sheet.repeated_at)
    return not again and not repeated


def _reopened(sheet: _Sheet, step: StepFact) -> None:
    sheet.round += 1


def _rated(sheet: _Sheet, step: StepFact) -> None:
    spoken = bool(step.data.get("is_spoken"))
    sheet.add(Measure.RATED_SPOKEN if spoken else Measure.RATED, local_day(step.at))


def _joined(sheet: _Sheet, step: StepFact) -> None:
    sheet.is_joined = True


def _unjoined(sheet: _Sheet, step: StepFact) -> None:
    sheet.is_joined = False
    if not step.data.get("inherits"):
        # Taking the place of a main appeal that was withdrawn undoes nothing.
        sheet.add(Measure.UNJOINED, local_day(step.at))


def _withdrawing(sheet: _Sheet, step: StepFact) -> None:
    if Flag.WITHDRAW_PENDING in step.flags:
        sheet.add(Measure.WITHDRAWN, local_day(step.at))


def _contact_disputed(sheet: _Sheet, step: StepFact) -> None:
    # The parent may also say that it is true.
    if not step.data.get("is_true"):
        sheet.add(Measure.CONTACT_DENIED, local_day(step.at))


def _heard(sheet: _Sheet, delivery: _Delivery) -> None:
    """What callbacks said of one answer, each on the day of its call; of several valid ones the last stands."""
    sheet.add(Measure.ANSWERED, local_day(delivery.at), unit=delivery.unit)
    valid = next((one for one in reversed(delivery.calls) if one.is_valid), None)
    if delivery.calls:
        sheet.add(Measure.ANSWER_TRIED, local_day(delivery.at), unit=delivery.unit)
    if valid is None:
        return
    sheet.add(Measure.ANSWER_CALLED, local_day(delivery.at), unit=delivery.unit)
    for measure in _said(valid):
        sheet.add(measure, local_day(valid.at), unit=delivery.unit)


def _said(call: CallTry) -> Iterable[Measure]:
    yield Measure.CALLED
    yield Measure.RATED_BY_PHONE
    if call.contacted:
        yield Measure.CALLED_CONTACTED
    if call.resolved:
        yield Measure.CALLED_RESOLVED
    if call.satisfaction in SAID:
        yield SAID[Satisfaction(call.satisfaction)]


def _final_date(sheet: _Sheet, one: DateFact) -> None:
    """The answer that stands, held against the outer date."""
    day, stood = local_day(one.due_at), sheet.stood(one.round)
    unit = sheet.unit_at(stood or one.due_at)
    sheet.add(Measure.DUE, day, unit=unit)
    if stood is None:
        sheet.add(Measure.FINAL_OPEN, day, unit=unit)
    else:
        sheet.add(Measure.ON_TIME if stood <= one.due_at else Measure.FINAL_LATE, day, unit=unit)


def _answer_date(sheet: _Sheet, one: DateFact) -> None:
    """The first answer, held against the inner date."""
    day, first = local_day(one.due_at), sheet.first(one.round)
    unit = sheet.unit_at(first or one.due_at)
    sheet.add(Measure.FEEDBACK_DUE, day, unit=unit)
    if first is not None and first <= one.due_at:
        sheet.add(Measure.FEEDBACK_IN_TIME, day, unit=unit)


def _signing_date(sheet: _Sheet, one: DateFact) -> None:
    day, unit = local_day(one.started_at), sheet.unit_at(one.started_at)
    sheet.add(Measure.DISPATCHED, day, unit=unit)
    if not one.is_late and sheet.did(Action.ACKNOWLEDGE, one.stopped_at):
        sheet.add(Measure.SIGNED_IN_TIME, day, unit=unit)


def _contact_date(sheet: _Sheet, one: DateFact) -> None:
    if Flag.IMPORTED in sheet.steps[-1].flags:
        # A sheet of the past does not say who was spoken to.
        return
    day, unit = local_day(one.started_at), sheet.unit_at(one.started_at)
    sheet.add(Measure.CONTACT_DUE, day, unit=unit)
    if not one.is_late and sheet.did(Action.CONTACT, one.stopped_at):
        sheet.add(Measure.CONTACT_IN_TIME, day, unit=unit)


def _pause_date(sheet: _Sheet, one: DateFact) -> None:
    """Every calendar day on which the clocks stood still, up to the cap; a pause of an hour is a day."""
    start = local_day(one.started_at)
    end = local_day(min(one.stopped_at or one.due_at, one.due_at))
    for number in range(max((end - start).days, 1)):
        sheet.add(Measure.PAUSED_DAYS, start + timedelta(days=number), unit=sheet.unit_at(one.started_at))


def _step_date(sheet: _Sheet, one: DateFact) -> None:
    day, unit = local_day(one.due_at), sheet.unit_at(one.due_at)
    if one.stopped_at is None:
        sheet.add(Measure.STEP_OPEN, day, unit=unit)
    elif one.is_late:
        sheet.add(Measure.STEP_LATE, day, unit=unit)


PLAIN: Final[dict[Action, tuple[Measure, ...]]] = {
    Action.DECLINE: (Measure.DECLINED,),
    Action.REJECT_DECLINE: (Measure.DECLINE_REFUSED,),
    Action.REFUSE: (Measure.REFUSED,),
    Action.REFER_OUT: (Measure.REFERRED,),
    Action.RECLASSIFY: (Measure.RECLASSIFIED,),
    Action.JOIN: (Measure.JOINED,),
    Action.PAUSE: (Measure.PAUSED,),
    Action.APPROVE_EXTENSION: (Measure.EXTENDED,),
    Action.CONTACT: (Measure.CONTACTED,),
    Action.SEND_BACK: (Measure.SENT_BACK,),
    Action.DISPUTE: (Measure.DISPUTED,),
    Action.REOPEN: (Measure.REOPENED,),
    Action.UNDO_WITHDRAW: (Measure.WITHDRAWAL_UNDONE,),
    Action.OVERTURN: (Measure.OVERTURNED,),
    Action.SUPERVISE: (Measure.SUPERVISED,),
    Action.EXCLUDE: (Measure.EXCLUDED,),
}
READERS: Final[dict[Action, Callable[[_Sheet, StepFact], None]]] = {
    Action.REGISTER: _registered,
    Action.DISPATCH: _dispatched,
    Action.ANSWER_AT_ONCE: _delivered,
    Action.APPROVE_ANSWER: _delivered,
    Action.SEND_BACK: _taken_back,
    Action.CALL_BACK: _called,
    Action.CLOSE: _closed,
    Action.REOPEN: _reopened,
    Action.RATE: _rated,
    Action.JOIN: _joined,
    Action.UNJOIN: _unjoined,
    Action.WITHDRAW: _withdrawing,
    Action.DISPUTE_CONTACT: _contact_disputed,
}
OF_A_DATE: Final[dict[ClockKind, Callable[[_Sheet, DateFact], None]]] = {
    ClockKind.OUTER: _final_date,
    ClockKind.ANSWER: _answer_date,
    ClockKind.ACKNOWLEDGE: _signing_date,
    ClockKind.FIRST_CONTACT: _contact_date,
    ClockKind.PAUSE_CAP: _pause_date,
}


def added(some: Iterable[Tallied], period: Period, *, on: date) -> Sums:
    """The strokes of these appeals added up one by one: what the tally must say too. `on`: the day of computing."""
    inside: dict[tuple[Measure, Standing], int] = {}
    carried: dict[Standing, int] = {}
    for one in some:
        for stroke in one.strokes:
            if stroke.measure is Measure.IN_HAND and stroke.day < period.since:
                carried[stroke.standing] = carried.get(stroke.standing, 0) + stroke.amount
            if period.since <= stroke.day <= min(period.until, on) and not _is_still_to_come(stroke, on):
                key = (stroke.measure, stroke.standing)
                inside[key] = inside.get(key, 0) + stroke.amount
    return Sums(inside, carried)


def _is_still_to_come(stroke: StrokeFact, on: date) -> bool:
    """What falls due today is late when the day is over."""
    return stroke.measure in AFTER_THE_DAY and stroke.day >= on
