"""What an appellant may know of their appeal: plain facts, roles for names, never the appeal itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huying.appeals import facts
from huying.appeals.models import Appeal, Event, Text
from huying.rules import lifecycle
from huying.rules.case import CaseFacts
from huying.rules.enums import Action, ActorKind, ContactWay, Flag, State, TextKind
from huying.rules.labels import label

PLAIN_STATE = {
    State.RECEIVED: 0,
    State.DISPATCHED: 1,
    State.HANDLING: 2,
    State.ANSWERED: 2,
    State.DEFERRED: 2,
    State.CALLBACK: 3,
    State.CLOSED: 4,
    State.JOINED: 2,
    State.WITHDRAWN: 4,
    State.REFUSED: 0,
    State.REFERRED: 0,
}
# What each act reads like for the one who filed; acts that are not here are the school's inner work.
SAID: dict[Action, str] = {
    Action.REGISTER: "您说了这件事",
    Action.DISPATCH: "服务站交给{unit}",
    Action.ACKNOWLEDGE: "{unit}收到，开始办",
    Action.CONTACT: "{unit}联系您（{way}）",
    Action.ASK: "学校问您一句话",
    Action.ADD_MESSAGE: "您补充了几句",
    Action.PAUSE: "等您补充",
    Action.RESUME: "接着办",
    Action.APPROVE_EXTENSION: "要多几天，新的日期在上面",
    Action.DEFER: "现在办不了，定了日子再看",
    Action.UNDEFER: "又接着办",
    Action.APPROVE_ANSWER: "学校答复",
    Action.ANSWER_AT_ONCE: "当场答复",
    Action.SEND_BACK: "要求再办一次",
    Action.CALL_BACK: "服务站打电话问您办得怎样",
    Action.CLOSE: "办完了",
    Action.REOPEN: "重新办",
    Action.DISPUTE: "您说没解决",
    Action.DISPUTE_CONTACT: "您说了有没有联系",
    Action.RATE: "您评价了",
    Action.WITHDRAW: "您说不办了",
    Action.UNDO_WITHDRAW: "您说还要办",
    Action.REFUSE: "这件事不归学校办",
    Action.REFER_OUT: "这件事不归学校办",
    Action.OVERTURN: "复核以后，接着办",
    Action.APPROVE_DECLINE: "正在确定谁来办",
    Action.ESCALATE: "上一级在看着",
    Action.SPLIT: "分成几件来办",
    Action.UNJOIN: "单独办",
    Action.REPLACE_CODE: "换了查询码",
}


@dataclass(frozen=True)
class Line:
    """One line of the record."""

    words: str
    at: datetime
    is_caller: bool


@dataclass(frozen=True)
class ContactClaim:
    """A contact the school says it made and nobody has answered for yet."""

    sequence: int
    way: str
    at: datetime


@dataclass(frozen=True)
class Progress:
    """The page of one appeal."""

    id: int
    number: str
    title: str
    school: str
    place: int
    days: dict[int, datetime]
    state: State
    who: str
    due_at: datetime | None
    reply: str
    replied_at: datetime | None
    route: str
    reason: str
    questions: tuple[str, ...]
    said: str
    lines: tuple[Line, ...]
    claims: tuple[ContactClaim, ...]
    reads: int
    is_open: bool
    may: frozenset[str]
    review_on: str = ""


def of(appeal: Appeal, *, at: datetime) -> Progress:
    """What the page shows at this moment."""
    events = list(appeal.events.select_related("unit"))
    texts = list(appeal.texts.all())
    case = facts.of(appeal, at=at, events=events)
    last_refusal = _last(events, Action.REFUSE) or _last(events, Action.REFER_OUT)
    out = State(appeal.state) in (State.REFUSED, State.REFERRED)
    delivered = case.history.delivered_at
    return Progress(
        id=appeal.pk,
        number=appeal.number,
        title=appeal.title,
        school=appeal.place.name,
        place=PLAIN_STATE[State(appeal.state)],
        days=_days(events),
        state=State(appeal.state),
        who=_who(appeal),
        due_at=appeal.due_at or appeal.outer_due_at,
        reply=_latest(texts, TextKind.REPLY) if delivered else "",
        replied_at=delivered,
        route=str(last_refusal.data.get("route", "")) if out and last_refusal else "",
        reason=_reason_of(texts, last_refusal) if out else "",
        questions=_questions(events, texts),
        said=_latest(texts, TextKind.VERBATIM),
        lines=tuple(reversed(_lines(appeal, events))),
        claims=_claims(events),
        reads=0,
        is_open=State(appeal.state) in lifecycle.OPEN,
        may=_may(case),
        review_on=_review_on(events) if appeal.state == State.DEFERRED else "",
    )


def _may(case: CaseFacts) -> frozenset[str]:
    """What the appellant can do now."""
    round_now = case.history.round + case.history.reworks
    delivered = case.history.delivered_at is not None
    can = {
        "message": case.state in lifecycle.OPEN | {State.JOINED} or case.reopen_window,
        "rate": delivered
        and round_now not in case.history.rated_rounds
        and lifecycle.is_open_to(Action.RATE, case, ActorKind.APPELLANT),
        "dispute": lifecycle.is_open_to(Action.DISPUTE, case, ActorKind.APPELLANT)
        and round_now not in case.history.disputed_rounds
        and (case.state is State.CALLBACK or case.dispute_window),
        "reopen": case.state is State.CLOSED and case.reopen_window,
        "withdraw": case.state in lifecycle.OPEN and not {Flag.WITHDRAW_PENDING, Flag.SAFETY} & case.flags,
        "undo_withdraw": Flag.WITHDRAW_PENDING in case.flags and case.state in lifecycle.OPEN,
        "unjoin": case.state is State.JOINED,
    }
    return frozenset(name for name, is_so in can.items() if is_so)


def _last(events: list[Event], action: Action) -> Event | None:
    return next((event for event in reversed(events) if event.action == action), None)


def _latest(texts: list[Text], kind: TextKind) -> str:
    return next((text.body for text in reversed(texts) if text.kind == kind), "")


def _reason_of(texts: list[Text], event: Event | None) -> str:
    if event is None:
        return ""
    return next((t.body for t in texts if t.event_id == event.pk and t.kind == TextKind.REASON), "")


def _days(events: list[Event]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for event in events:
        found[PLAIN_STATE[State(event.to_state)]] = found.get(PLAIN_STATE[State(event.to_state)], event.at)
    return found


def _who(appeal: Appeal) -> str:
    if appeal.lead_unit is not None and State(appeal.state) in (State.DISPATCHED, State.HANDLING, State.ANSWERED):
        return f"{appeal.lead_unit.name}在办"
    return "惠民服务站在办" if State(appeal.state) in lifecycle.OPEN else ""


def _lines(appeal: Appeal, events: list[Event]) -> list[Line]:
    lines = []
    unit = ""
    for event in events:
        if event.action == Action.DISPATCH:
            unit = facts.unit_name(event.data.get("lead_unit")) or unit
        words = SAID.get(Action(event.action))
        if words is not None:
            way = event.data.get("way")
            said = words.format(
                unit=unit or "学校", way=label(ContactWay(way)) if way and event.action == Action.CONTACT else ""
            )
            is_caller = event.actor_kind == ActorKind.APPELLANT or event.action == Action.REGISTER
            lines.append(Line(said, event.at, is_caller))
    return lines


def _claims(events: list[Event]) -> tuple[ContactClaim, ...]:
    answered = {event.data.get("contact") for event in events if event.action == Action.DISPUTE_CONTACT}
    return tuple(
        ContactClaim(event.sequence, label(ContactWay(event.data["way"])), event.at)
        for event in events
        if event.action == Action.CONTACT and event.data.get("reached") and event.sequence not in answered
    )


def _questions(events: list[Event], texts: list[Text]) -> tuple[str, ...]:
    """Questions asked since the appellant last said something."""
    heard = max((e.sequence for e in events if e.action in (Action.ADD_MESSAGE, Action.REGISTER)), default=0)
    asked: dict[int, Any] = {e.pk: e for e in events if e.action in (Action.ASK, Action.PAUSE) and e.sequence > heard}
    return tuple(t.body for t in texts if t.kind == TextKind.QUESTION and t.event_id in asked)


def _review_on(events: list[Event]) -> str:
    last = _last(events, Action.DEFER)
    return str(last.data.get("review_on", "")) if last else ""
