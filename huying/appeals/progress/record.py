"""The record as the one who filed reads it: what happened and when, by unit and role, never by name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huying.appeals import facts
from huying.appeals.models import Event, Text
from huying.rules.enums import Action, ActorKind, ContactField, ContactWay, PostKind, State, TextKind, UnmaskPurpose

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
# What is told to the one who filed; acts that are not here are the school's inner work.
TOLD = frozenset(
    {
        Action.REGISTER, Action.DISPATCH, Action.ACKNOWLEDGE, Action.CONTACT, Action.ASK, Action.ADD_MESSAGE,
        Action.PAUSE, Action.RESUME, Action.APPROVE_EXTENSION, Action.DEFER, Action.UNDEFER, Action.APPROVE_ANSWER,
        Action.ANSWER_AT_ONCE, Action.SEND_BACK, Action.CALL_BACK, Action.CLOSE, Action.REOPEN, Action.DISPUTE,
        Action.DISPUTE_CONTACT, Action.RATE, Action.WITHDRAW, Action.UNDO_WITHDRAW, Action.REFUSE, Action.REFER_OUT,
        Action.OVERTURN, Action.RECLASSIFY, Action.APPROVE_DECLINE, Action.ESCALATE, Action.SPLIT, Action.JOIN,
        Action.UNJOIN, Action.REPLACE_CODE, Action.APPROVE_UNMASK, Action.REJECT_UNMASK, Action.UNMASK,
        Action.READ_ORIGINAL, Action.ERASE, Action.EXCLUDE, Action.INCLUDE,
        Action.PUBLISH, Action.TAKE_DOWN,
    }
)  # fmt: skip
# Who saw, or decided who sees: told by post.
SEEING = (Action.UNMASK, Action.APPROVE_UNMASK, Action.REJECT_UNMASK, Action.READ_ORIGINAL)
# Reasons that staff owe the appellant; any other reason is the school's own.
OWED = frozenset({Action.DEFER, Action.REFUSE, Action.REFER_OUT, Action.EXCLUDE})
OWED_KINDS = (TextKind.REASON, TextKind.PLAN, TextKind.QUESTION)
OWN_KINDS = (TextKind.MESSAGE, TextKind.REASON)


@dataclass(frozen=True)
class Line:
    """One line of the record: what was done, by which unit, and the words that came with it.

    `came_true` is no for a call that reached nobody, a contact that was denied, and a withdrawal that still pends.
    """

    action: Action
    at: datetime
    is_caller: bool
    unit: str = ""
    way: ContactWay | None = None
    came_true: bool = True
    note: str = ""
    post: PostKind | None = None
    purpose: UnmaskPurpose | None = None
    parts: tuple[ContactField, ...] = ()


def lines(events: Sequence[Event], texts: Iterable[Text]) -> tuple[Line, ...]:
    """The record, newest first."""
    words = _words_by_event(texts)
    unit, found = "", []
    for event in events:
        if event.action == Action.DISPATCH:
            unit = facts.unit_name(event.data.get("lead_unit")) or unit
        if event.action in TOLD:
            found.append(_line(event, unit=unit, note=_note(event, words[event.pk])))
    return tuple(reversed(found))


def _line(event: Event, *, unit: str, note: str) -> Line:
    action = Action(event.action)
    return Line(
        action=action,
        at=event.at,
        is_caller=_is_callers(event),
        unit=unit,
        way=ContactWay(event.data["way"]) if action is Action.CONTACT else None,
        came_true=_came_true(event),
        note=note,
        **(_seen(event) if action in SEEING else {}),
    )


def _seen(event: Event) -> dict[str, Any]:
    """Who looked by post, never by name, at what and what for."""
    purpose = event.data.get("purpose")
    return {
        "post": PostKind(event.post) if event.post else None,
        "purpose": UnmaskPurpose(purpose) if purpose else None,
        "parts": tuple(ContactField(name) for name in event.data.get("fields", ())),
    }


def _came_true(event: Event) -> bool:
    if event.action == Action.CONTACT:
        return bool(event.data.get("reached"))
    if event.action == Action.DISPUTE_CONTACT:
        return bool(event.data.get("is_true"))
    return event.action != Action.WITHDRAW or event.to_state == State.WITHDRAWN


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


def _note(event: Event, texts: Iterable[Text]) -> str:
    if event.actor_kind == ActorKind.APPELLANT and event.action != Action.REGISTER:
        kinds: tuple[TextKind, ...] = OWN_KINDS
    else:
        kinds = OWED_KINDS if event.action in OWED else (TextKind.QUESTION,)
    return "\n".join(text.body for text in texts if text.kind in kinds)
