"""The one writer of proceedings: `begin` opens one, `move` takes it further. Each leaves one line that is never edited.

A step that somebody else was faster with writes nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from huying.appeals.models import Appeal
from huying.oversight.models import Proceeding, ProceedingCase, ProceedingEvent
from huying.people.models import Unit
from huying.rules.actors import Actor, PostFact
from huying.rules.enums import ProceedingAct, ProceedingKind, ProceedingStage
from huying.rules.refusals import Refusal
from huying.rules.workdays import local_day

# What stands before the number: the sounds of 约谈, 商研, 抽查.
PREFIX = {ProceedingKind.INTERVIEW: "YT", ProceedingKind.STUDY: "SY", ProceedingKind.CHECK: "CC"}


class Overtaken(Refusal):
    """The proceeding has moved since it was read, or this step is not one it can take now."""


@dataclass(frozen=True)
class Opening:
    """What a proceeding begins with. `entries` is the list of a spot check: appeal → the digest it is drawn by."""

    kind: ProceedingKind
    title: str
    unit: Unit
    post: PostFact
    next_on: date
    parties: Iterable[Unit] = ()
    cases: Iterable[Appeal] = ()
    entries: Mapping[int, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)


def begin(opening: Opening, act: ProceedingAct, *, note: str = "", by: Actor, at: datetime) -> Proceeding:
    """The proceeding stands, announced, with its first line."""
    made = Proceeding.objects.create(
        kind=opening.kind,
        title=opening.title,
        unit=opening.unit,
        stage=ProceedingStage.ANNOUNCED,
        opened_at=at,
        opened_by_id=by.person,
        opened_in_id=opening.post.unit.id,
        opened_as=opening.post.kind,
        next_on=opening.next_on,
    )
    made.number = _number(made, at=at)
    made.save(update_fields=["number"])
    made.parties.set(opening.parties)
    listed = {**{one.pk: "" for one in opening.cases}, **opening.entries}
    rows = [ProceedingCase(proceeding=made, appeal_id=pk, entry=entry) for pk, entry in listed.items()]
    ProceedingCase.objects.bulk_create(rows, batch_size=2000)
    _write(made, act, note=note, data=opening.data, by=by, at=at)
    return made


def move(
    proceeding: Proceeding,
    act: ProceedingAct,
    *,
    when: Iterable[ProceedingStage],
    to: ProceedingStage,
    next_on: date | None,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> ProceedingEvent:
    """The proceeding stands at `to`, and one line says so. Raises Overtaken unless it stood at one of `when`."""
    moved = Proceeding.objects.filter(pk=proceeding.pk, stage__in=[*when]).update(stage=to, next_on=next_on)
    if not moved:
        raise Overtaken("这一步现在不能做了：可能别人已经做过")
    proceeding.stage, proceeding.next_on = to, next_on
    return _write(proceeding, act, note=note, data=data or {}, by=by, at=at)


def _write(
    proceeding: Proceeding, act: ProceedingAct, *, note: str, data: Mapping[str, Any], by: Actor, at: datetime
) -> ProceedingEvent:
    # The row was written a moment ago: whoever comes next waits until this is done.
    last = ProceedingEvent.objects.filter(proceeding=proceeding).aggregate(last=Max("sequence"))["last"] or 0
    return ProceedingEvent.objects.create(
        proceeding=proceeding,
        sequence=last + 1,
        act=act,
        at=at,
        account_id=by.account,
        person_id=by.person,
        note=note,
        data=dict(data),
    )


def _number(made: Proceeding, *, at: datetime) -> str:
    """A number in no order: gaps would tell of proceedings that somebody may not know of."""
    lot = hashlib.sha256(f"proceeding {made.pk} {at.isoformat()}".encode()).hexdigest()[:6].upper()
    return f"{PREFIX[ProceedingKind(made.kind)]}-{local_day(at).year}-{lot}"
