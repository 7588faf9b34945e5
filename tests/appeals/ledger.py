"""What a step wrote, told in words; and that a refused step wrote nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from huying.appeals.actions.replace_code import replace_code
from huying.appeals.models import Appeal, Event, Receipt, Text
from huying.channels.models import Letter
from huying.people.models import Unit
from huying.rules.enums import ActorKind
from tests import given
from tests.cast import Stage, at


@dataclass(frozen=True)
class Written:
    """One step: what happened, by which post, the flags after it, its words, and who was told what."""

    step: str
    by: str
    flags: str = ""
    words: tuple[tuple[str, str], ...] = ()
    told: frozenset[str] = frozenset()


def step(said: str, by: str, *, flags: str = "", words: tuple[tuple[str, str], ...] = (), told: str = "") -> Written:
    """A step in the words of a test; `told` is one line of "kind: whom" per letter."""
    lines = {line.strip() for line in told.splitlines() if line.strip()}
    return Written(said, by, flags, tuple(words), frozenset(lines))


def written(appeal: Appeal, *, back: int = 0) -> Written:
    """The last step of an appeal, or one further back."""
    event = event_of(appeal, back=back)
    return Written(
        step=f"{event.action}: {event.from_state or '–'} → {event.to_state}",
        by=_actor(event),
        flags=event.flags,
        words=tuple((str(text.kind), text.body) for text in event.texts.order_by("pk")),
        told=frozenset(_whom(letter) for letter in Letter.objects.filter(key__startswith=event.digest[:24])),
    )


def event_of(appeal: Appeal, *, back: int = 0) -> Event:
    return Event.objects.filter(appeal=appeal).order_by("-sequence")[back]


def record(appeal: Appeal, *, back: int = 0) -> dict[str, Any]:
    """What the last event says beside its texts."""
    return {name: value for name, value in event_of(appeal, back=back).data.items() if name != "texts"}


def _actor(event: Event) -> str:
    if event.actor_kind != ActorKind.STAFF:
        return str(event.actor_kind)
    return f"{event.post} {event.unit.code}"


def _whom(letter: Letter) -> str:
    if letter.person is not None:
        return f"{letter.kind}: {letter.person.name}"
    return f"{letter.kind}: {letter.post} {letter.unit.code}" if letter.unit_id else f"{letter.kind}: {letter.post}"


@contextmanager
def refused(
    appeal: Appeal, error: type[Exception] | tuple[type[Exception], ...], match: str | None = None
) -> Iterator[None]:
    """The step fails for this reason, and nothing of it stands anywhere."""
    before = everything(appeal)
    with pytest.raises(error, match=match):
        yield
    assert everything(appeal) == before


def everything(appeal: Appeal) -> dict[str, list[Any]]:
    """Every row that belongs to an appeal."""
    own = {"appeal": appeal}
    return {
        "appeal": list(Appeal.objects.filter(pk=appeal.pk).values()),
        "events": list(Event.objects.filter(**own).values()),
        "texts": list(Text.objects.filter(**own).values_list("pk", "body")),
        "letters": sorted(Letter.objects.filter(appeal=appeal.pk).values_list("key", flat=True)),
        "receipts": list(Receipt.objects.filter(pk=appeal.receipt_id).values()),
        "others": [Appeal.objects.count(), Unit.objects.count()],
        **{name: list(getattr(appeal, name).order_by("pk").values()) for name in ROWS},
    }


ROWS = ("assisting", "items", "subjects", "attachments", "clocks")


def overtaken(appeal: Appeal, stage: Stage) -> Appeal:
    """The appeal as it was read before somebody else's step: the clerk has replaced its code meanwhile."""
    code = given.code()
    replace_code(given.fresh(appeal), digest=code.digest, key=code.key, called_back=True, by=stage.clerk, at=at(17))
    return appeal
