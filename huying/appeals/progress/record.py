"""The record as the one who filed reads it: what happened and when, by unit and role, never by name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.appeals import facts
from huying.appeals.models import Event, Text
from huying.rules.enums import Action, ActorKind, ContactWay, State, TextKind
from huying.rules.labels import label

# The five plain states: 0 已收到, 1 已交办, 2 办理中, 3 已答复, 4 已办结.
PLACE: dict[State, int] = {
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
# What each act reads like; acts that are not here are the school's inner work.
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
    Action.RATE: "您评价了",
    Action.WITHDRAW: "您说不办了",
    Action.UNDO_WITHDRAW: "您说还要办",
    Action.REFUSE: "这件事不归学校办",
    Action.REFER_OUT: "这件事不归学校办",
    Action.OVERTURN: "复核以后，接着办",
    Action.RECLASSIFY: "服务站改了类别",
    Action.APPROVE_DECLINE: "正在确定谁来办",
    Action.ESCALATE: "上一级在看着",
    Action.SPLIT: "分成几件来办",
    Action.JOIN: "和同样的事一起办",
    Action.UNJOIN: "单独办",
    Action.REPLACE_CODE: "换了查询码",
}
# Reasons that staff owe the appellant; any other reason is the school's own.
OWED = frozenset({Action.DEFER, Action.REFUSE, Action.REFER_OUT})
OWED_KINDS = (TextKind.REASON, TextKind.PLAN, TextKind.QUESTION)
OWN_KINDS = (TextKind.MESSAGE, TextKind.REASON)


@dataclass(frozen=True)
class Line:
    """One line of the record; `note` holds the words that came with it."""

    words: str
    at: datetime
    is_caller: bool
    note: str = ""


def lines(events: Sequence[Event], texts: Iterable[Text]) -> tuple[Line, ...]:
    """The record, newest first."""
    words = _words_by_event(texts)
    unit, found = "", []
    for event in events:
        if event.action == Action.DISPATCH:
            unit = facts.unit_name(event.data.get("lead_unit")) or unit
        said = _said(event, unit=unit or "学校")
        if said:
            found.append(Line(said, event.at, _is_callers(event), _note(event, words[event.pk])))
    return tuple(reversed(found))


def days(events: Iterable[Event]) -> dict[int, datetime]:
    """Plain state → when it was reached in the present round; what comes later has no day yet."""
    found: dict[int, datetime] = {}
    for event in events:
        place = PLACE[State(event.to_state)]
        if event.action in (Action.APPROVE_ANSWER, Action.ANSWER_AT_ONCE):
            place = PLACE[State.CALLBACK]
        found = {reached: at for reached, at in found.items() if reached <= place}
        found.setdefault(place, event.at)
    return found


def last(events: Sequence[Event], *actions: Action) -> Event | None:
    """The latest event of these kinds."""
    return next((event for event in reversed(events) if event.action in actions), None)


def words_with(event: Event | None, texts: Iterable[Text], *kinds: TextKind) -> str:
    """The words of these kinds that came with an event."""
    return "\n".join(text.body for text in texts if event and text.event_id == event.pk and text.kind in kinds)


def _words_by_event(texts: Iterable[Text]) -> dict[int | None, list[Text]]:
    found: dict[int | None, list[Text]] = defaultdict(list)
    for text in texts:
        found[text.event_id].append(text)
    return found


def _is_callers(event: Event) -> bool:
    return event.actor_kind == ActorKind.APPELLANT or event.action == Action.REGISTER


def _said(event: Event, *, unit: str) -> str:
    if event.action == Action.DISPUTE_CONTACT:
        return "您说联系过" if event.data.get("is_true") else "您说没有联系"
    if event.action == Action.WITHDRAW and event.to_state == State.WITHDRAWN:
        return "72 小时过了，不再办"
    way = label(ContactWay(event.data["way"])) if event.action == Action.CONTACT else ""
    said = SAID.get(Action(event.action), "").format(unit=unit, way=way)
    return f"{said}，没有联系上" if event.action == Action.CONTACT and not event.data.get("reached") else said


def _note(event: Event, texts: Iterable[Text]) -> str:
    if event.actor_kind == ActorKind.APPELLANT and event.action != Action.REGISTER:
        kinds: tuple[TextKind, ...] = OWN_KINDS
    else:
        kinds = OWED_KINDS if event.action in OWED else (TextKind.QUESTION,)
    return "\n".join(text.body for text in texts if text.kind in kinds)
