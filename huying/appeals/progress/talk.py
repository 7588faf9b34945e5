"""What the school asks of the one who filed, and what it says it did: each waits for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.appeals.models import Event, Text
from huying.rules.enums import Action, ContactWay, TextKind


@dataclass(frozen=True)
class ContactClaim:
    """A contact the school says it made and nobody has answered for yet."""

    sequence: int
    way: ContactWay
    at: datetime


def claims(events: Sequence[Event]) -> tuple[ContactClaim, ...]:
    """The recorded contacts whose truth the appellant has not told."""
    answered = {event.data.get("contact") for event in events if event.action == Action.DISPUTE_CONTACT}
    return tuple(
        ContactClaim(event.sequence, ContactWay(event.data["way"]), event.at)
        for event in events
        if event.action == Action.CONTACT and event.data.get("reached") and event.sequence not in answered
    )


def questions(events: Sequence[Event], texts: Sequence[Text]) -> tuple[str, ...]:
    """Questions asked since the appellant last said something."""
    heard = max((e.sequence for e in events if e.action in (Action.ADD_MESSAGE, Action.REGISTER)), default=0)
    asked = {e.pk for e in events if e.action in (Action.ASK, Action.PAUSE) and e.sequence > heard}
    return tuple(text.body for text in texts if text.kind == TextKind.QUESTION and text.event_id in asked)
