"""The facts of one progress page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huying.appeals import facts
from huying.appeals.models import Appeal, Clock, Event, Text
from huying.appeals.progress import photos, record, talk
from huying.people.models import Unit
from huying.rules import lifecycle
from huying.rules.case import CaseFacts
from huying.rules.enums import Action, ActorKind, ClockKind, Flag, PrivacyMode, State, TextKind, UnitLevel

SENT_ELSEWHERE = (State.REFUSED, State.REFERRED)
WITH_A_UNIT = (State.DISPATCHED, State.HANDLING, State.ANSWERED)


@dataclass(frozen=True)
class Progress:
    """The page of one appeal. `place` is the plain state, `lead` the unit that has it, `may` what can be done now.

    `due_at` is when the answer is promised, `next_at` the next date of `state` that concerns the appellant.
    """

    id: int
    number: str
    title: str
    school: str
    state: State
    flags: frozenset[Flag]
    is_anonymous: bool
    place: int
    days: dict[int, datetime]
    lead: str
    lead_level: UnitLevel | None
    due_at: datetime | None
    next_at: datetime | None
    review_on: date | None
    reply: str
    item_replies: tuple[tuple[str, str], ...]
    rated: str
    route: str
    reason: str
    questions: tuple[str, ...]
    said: str
    lines: tuple[record.Line, ...]
    claims: tuple[talk.ContactClaim, ...]
    photos: tuple[photos.Photo, ...]
    may: frozenset[str]

    @property
    def is_open(self) -> bool:
        """Whether somebody still works on it."""
        return self.state in lifecycle.OPEN or self.state is State.JOINED

    @property
    def is_answered(self) -> bool:
        """Whether the answer of the present round is out."""
        return self.place >= record.PLACE[State.CALLBACK]


def of(appeal: Appeal, *, at: datetime) -> Progress:
    """What the page shows at this moment."""
    events, texts, clocks = list(appeal.events.all()), list(appeal.texts.all()), list(appeal.clocks.all())
    case = facts.of(appeal, at=at, events=events, clocks=clocks)
    state = State(appeal.state)
    sent = record.last(events, Action.REFUSE, Action.REFER_OUT) if state in SENT_ELSEWHERE else None
    is_joined_and_told = state is State.JOINED and case.history.delivered_at is not None
    return Progress(
        id=appeal.pk,
        number=appeal.number,
        title=appeal.title,
        school=appeal.place.name,
        state=state,
        flags=case.flags,
        is_anonymous=case.privacy is PrivacyMode.ANONYMOUS,
        place=record.PLACE[State.CALLBACK if is_joined_and_told else state],
        days=record.days(events),
        lead=lead.name if (lead := _lead(appeal)) else "",
        lead_level=lead.fact.level if lead else None,
        due_at=appeal.due_at or appeal.outer_due_at,
        next_at=_next_at(case, clocks),
        review_on=_review_on(events) if state is State.DEFERRED else None,
        reply=_delivered(events, texts),
        item_replies=_item_replies(events, texts),
        rated=_rated(events),
        route=str(sent.data.get("route", "")) if sent else "",
        reason=record.words_with(sent, texts, TextKind.REASON),
        questions=talk.questions(events, texts),
        said=next((text.body for text in texts if text.kind == TextKind.VERBATIM), ""),
        lines=record.lines(events, texts),
        claims=talk.claims(events),
        photos=photos.photos_of(appeal),
        may=_may(case),
    )


def _may(case: CaseFacts) -> frozenset[str]:
    """What the appellant can do now."""
    state, flags, past = case.state, case.flags, case.history
    round_now = past.round + past.reworks
    is_open = state in lifecycle.OPEN
    may_dispute = (
        lifecycle.is_open_to(Action.DISPUTE, case, ActorKind.APPELLANT)
        and round_now not in past.disputed_rounds
        and (state is State.CALLBACK or case.dispute_window)
    )
    can = {
        "message": is_open or state is State.JOINED or case.reopen_window,
        "rate": past.delivered_at is not None
        and round_now not in past.rated_rounds
        and lifecycle.is_open_to(Action.RATE, case, ActorKind.APPELLANT),
        "dispute": may_dispute,
        # While an objection can be made or waits to be decided, that is the shorter way.
        "reopen": state is State.CLOSED and case.reopen_window and not may_dispute and Flag.DISPUTED not in flags,
        "withdraw": is_open and Flag.WITHDRAW_PENDING not in flags,
        "undo_withdraw": is_open and Flag.WITHDRAW_PENDING in flags,
        "unjoin": state is State.JOINED,
    }
    return frozenset(name for name, is_so in can.items() if is_so)


def _lead(appeal: Appeal) -> Unit | None:
    return appeal.lead_unit if State(appeal.state) in WITH_A_UNIT else None


# Which clock gives the date that the appellant waits for.
_AWAITED = {
    State.CALLBACK: (ClockKind.CALLBACK,),
    State.CLOSED: (ClockKind.DISPUTE_WINDOW, ClockKind.REOPEN_WINDOW),
    State.JOINED: (ClockKind.CALLBACK,),
}


def _next_at(case: CaseFacts, clocks: Sequence[Clock]) -> datetime | None:
    if Flag.WITHDRAW_PENDING in case.flags:
        kinds: tuple[ClockKind, ...] = (ClockKind.WITHDRAWAL,)
    else:
        kinds = _AWAITED.get(State(case.state), ()) if case.state else ()
    awaited = [
        clock for clock in clocks if clock.kind in kinds and clock.stopped_at is None and clock.due_at >= case.at
    ]
    return min((clock.due_at for clock in awaited), default=None)


def _delivering(events: Sequence[Event]) -> Event | None:
    return record.last(events, Action.APPROVE_ANSWER, Action.ANSWER_AT_ONCE)


def _heard(events: Sequence[Event], texts: Sequence[Text], kind: TextKind) -> list[Text]:
    """The texts of the latest answer that went out. A reply that still waits for review is nobody's to read."""
    out = _delivering(events)
    if out is None:
        return []
    order = {event.pk: event.sequence for event in events}
    told = [text for text in texts if text.kind == kind and order.get(text.event_id or 0, 0) <= out.sequence]
    return [text for text in told if text.event_id == told[-1].event_id]


def _delivered(events: Sequence[Event], texts: Sequence[Text]) -> str:
    return "\n".join(text.body for text in _heard(events, texts, TextKind.REPLY))


def _item_replies(events: Sequence[Event], texts: Sequence[Text]) -> tuple[tuple[str, str], ...]:
    """(what was asked for, the answer to it), as far as each point was answered by itself."""
    heard = _heard(events, texts, TextKind.ITEM_REPLY)
    if not heard:
        return ()
    asked = dict(heard[0].appeal.items.values_list("pk", "text__body"))
    return tuple((asked.get(text.refers_to, ""), text.body) for text in heard)


def _rated(events: Sequence[Event]) -> str:
    event = record.last(events, Action.RATE)
    return str(event.data.get("satisfaction", "")) if event is not None else ""


def _review_on(events: Sequence[Event]) -> date | None:
    event = record.last(events, Action.DEFER)
    return date.fromisoformat(event.data["review_on"]) if event is not None else None
