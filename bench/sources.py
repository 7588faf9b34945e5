"""The appeals that copies are made of: walked through the real actions, read once."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from huying.appeals import clocks, facts, identities
from huying.appeals.identities import Contact
from huying.appeals.models import Appeal, AssistingUnit, Clock, Event, RequestItem, Subject, Text
from huying.rules import lifecycle
from huying.rules.enums import Action, State

# Appeals that stand beside another one, or have files, are not copied: their copies would share them.
TIED = frozenset({Action.JOIN, Action.UNJOIN, Action.SPLIT})
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")


@dataclass(frozen=True)
class Course:
    """A source at other moments: its columns, its events without their texts, the clocks these make."""

    appeal: Appeal
    events: tuple[Event, ...]
    clocks: tuple[Clock, ...]


@dataclass
class Source:
    """One appeal with everything that belongs to it."""

    appeal: Appeal
    events: list[Event]
    texts: list[Text]
    items: list[RequestItem]
    subjects: list[Subject]
    assisting: list[AssistingUnit]
    contact: Contact | None
    organisation: str = field(init=False)

    def __post_init__(self) -> None:
        self.organisation = self.appeal.organisation.code

    @property
    def is_open(self) -> bool:
        """Whether somebody still works on it."""
        state = State(self.appeal.state)
        return state in lifecycle.OPEN or self.appeal.unreviewed or self.appeal.disputed

    def course(self, back: timedelta, *, now: datetime) -> Course:
        """The same story so much earlier, its dates counted by the calendar of those days."""
        appeal = copy.copy(self.appeal)
        for name in ("occurred_at", "received_at", "entered_at", "closed_at"):
            at = getattr(appeal, name)
            setattr(appeal, name, at - back if at else None)
        events = tuple(_earlier_event(event, back) for event in self.events)
        counted = clocks.count(appeal, [facts.step_of(event) for event in events])
        for name, value in counted.changes(appeal).items():
            setattr(appeal, name, value)
        return Course(appeal, events, tuple(_clocks(appeal, counted, now=now)))


def read(*, most: int = 300) -> Iterator[Source]:
    """The appeals that can be copied, of those that came first."""
    for appeal in Appeal.objects.select_related(*facts.NEEDED).order_by("pk")[:most]:
        events = list(appeal.events.order_by("sequence"))
        is_tied = any(event.action in TIED for event in events)
        if not is_tied and appeal.split_from_id is None and not appeal.attachments.exists():
            yield Source(
                appeal=appeal,
                events=events,
                texts=list(appeal.texts.order_by("pk")),
                items=list(appeal.items.order_by("pk")),
                subjects=list(appeal.subjects.order_by("pk")),
                assisting=list(appeal.assisting.order_by("pk")),
                contact=identities.opened(appeal),
            )


def _earlier_event(event: Event, back: timedelta) -> Event:
    moved = copy.copy(event)
    moved.at = event.at - back
    moved.data = earlier({name: value for name, value in event.data.items() if name != "texts"}, back)
    return moved


def _clocks(appeal: Appeal, counted: clocks.Count, *, now: datetime) -> Iterator[Clock]:
    for state in counted.states:
        row = Clock(appeal=appeal, kind=state.kind, unit_id=state.unit)
        clocks.fill(row, state, ladder=counted.ladder, appeal=appeal)
        if row.next_step_at is not None and appeal.state not in lifecycle.OPEN and row.next_step_at <= now:
            # A window that ran out was looked at by the sweep of its day.
            row.rung, row.next_step_at = 1, None
        yield row


def earlier(value: Any, back: timedelta) -> Any:
    """What a record says, with every moment in it so much earlier and spelled as it was."""
    if isinstance(value, dict):
        return {name: earlier(one, back) for name, one in value.items()}
    if isinstance(value, list):
        return [earlier(one, back) for one in value]
    if isinstance(value, str) and MOMENT.fullmatch(value):
        moved = datetime.fromisoformat(value) - back
        text = moved.isoformat(timespec="microseconds" if "." in value else "auto")
        return text.replace("+00:00", "Z") if value.endswith("Z") else text
    return value
