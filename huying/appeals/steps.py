"""The one writer. `begin` registers, `take` moves; both ask the rules, move the row, and write one event."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from huying.appeals import clocks, facts, search, standing
from huying.appeals.models import Appeal, Event, Text
from huying.people.inserts import PreparedInsert
from huying.people.models import Unit
from huying.rules import chain, lifecycle, numbers, permissions
from huying.rules.actors import Actor
from huying.rules.enums import Action, Flag, PostKind, State, TextKind
from huying.rules.lifecycle import NotPossible
from huying.rules.permissions import NotAllowed

__all__ = ["NotAllowed", "NotPossible", "Stale", "Words", "begin", "take"]

_NEW_APPEAL, _NEW_EVENT, _NEW_TEXT = PreparedInsert(Appeal), PreparedInsert(Event), PreparedInsert(Text)
OVERTAKEN = "已被别人更新。您写的还在下面。"


class Stale(Exception):
    """Somebody else was faster: the appeal has moved since it was read. Nothing was written."""


@dataclass(frozen=True)
class Words:
    """A text that comes with a step. `refers_to` names another text it belongs to (an item's reply: the item)."""

    kind: TextKind
    body: str
    refers_to: int | None = None


@dataclass
class Taken:
    """What a step wrote."""

    event: Event
    texts: list[Text] = field(default_factory=list)


def begin(
    appeal: Appeal, *, by: Actor, at: datetime, record: Mapping[str, Any], words: Iterable[Words], flags: Iterable[Flag]
) -> Taken:
    """The appeal stands, RECEIVED, under the next number of its organisation, with its first event."""
    place = appeal.place.fact
    if not permissions.may_register(by, place=place):
        raise NotAllowed("这件事不由您登记")
    appeal.state = State.RECEIVED
    for flag in flags:
        setattr(appeal, flag.value, True)
    taken = _drawn(
        appeal, Action.REGISTER, by=by, at=at, past=NOTHING_YET, record=record, words=words, place=place.path
    )
    counted = clocks.count(appeal, [facts.step_of(taken.event)])
    _put(appeal, counted.changes(appeal))
    # Whoever files with the same organisation waits from here until this filing stands: the number comes last.
    appeal.number = _next_number(appeal.organisation, year=facts.local_day(appeal.received_at).year)
    taken.event.prev = chain.genesis(appeal.organisation.code, appeal.number)
    _NEW_APPEAL.one(appeal)
    _write(appeal, taken)
    clocks.write(appeal, counted, rows=())
    search.index_new(appeal, taken.texts)
    return taken


def take(
    appeal: Appeal,
    action: Action,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    record: Mapping[str, Any] | None = None,
    given: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    words: Iterable[Words] = (),
) -> Taken:
    """The appeal has moved by one step of the table, and one event says so; or nothing has happened.

    `record` is written into the event, `given` only asked by the guards, `changes` are columns of the appeal (and
    are written into the event too). Raises NotAllowed, NotPossible, Stale.
    """
    record, changes = dict(record or {}), dict(changes or {})
    past = facts.record_of(appeal)
    if len(past.steps) != appeal.version:
        # Judged by a row read earlier and a record read now, the reason given would be a wrong one.
        raise Stale(OVERTAKEN)
    running = facts.clocks_of(appeal)
    case = facts.of(appeal, at=at, steps=past.steps, clocks=running)
    permissions.require(by, action, case)
    asked = {**record, **_plain(changes), **(given or {}), "reason": reason}
    following = lifecycle.after(case, action, asked, kind=by.kind)
    if following.waived:
        record["not_recorded"] = list(following.waived)
    columns = {
        **changes,
        **{flag.value: flag in following.flags for flag in Flag},
        "state": following.state,
        "version": appeal.version + 1,
    }
    former = _put(appeal, columns)
    said = [*words, *([Words(TextKind.REASON, reason)] if reason else [])]
    record |= _plain(changes)
    taken = _drawn(appeal, action, by=by, at=at, past=past, record=record, words=said, place=case.place.path)
    counted = clocks.count(appeal, [*past.steps, facts.step_of(taken.event)])
    # Nobody can slip in between reading and writing: whoever moved the appeal since makes this fail.
    dates = counted.changes(appeal)
    moved = Appeal.objects.filter(pk=appeal.pk, version=former["version"]).update(**columns, **dates)
    if not moved:
        _put(appeal, former)
        raise Stale(OVERTAKEN)
    _put(appeal, dates)
    _write(appeal, taken)
    clocks.write(appeal, counted, rows=running)
    if any(text.kind in search.WORDS for text in taken.texts):
        search.index(appeal)
    return taken


def _put(appeal: Appeal, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The object in hand says this; what it said before."""
    former = {name: getattr(appeal, name) for name in columns}
    for name, value in columns.items():
        setattr(appeal, name, value)
    return former


NOTHING_YET = facts.Recorded((), "")


def _drawn(
    appeal: Appeal,
    action: Action,
    *,
    by: Actor,
    at: datetime,
    past: facts.Recorded,
    record: Mapping[str, Any],
    words: Iterable[Words],
    place: str,
) -> Taken:
    """The event of a step and its texts, not yet written."""
    post = _post_of(by, place)
    last = past.steps[-1] if past.steps else None
    texts = [Text(kind=one.kind, body=one.body, salt=secrets.token_bytes(16), refers_to=one.refers_to) for one in words]
    event = Event(
        sequence=1 if last is None else last.sequence + 1,
        action=action,
        at=at,
        actor_kind=by.kind,
        account_id=by.account,
        person_id=by.person,
        post=post[0],
        unit_id=post[1],
        from_state=last.to_state if last is not None else "",
        to_state=appeal.state,
        flags=" ".join(sorted(flag.value for flag in appeal.flag_set)),
        data={**record, "texts": _digests(texts) + ([] if last else standing.titled(texts, appeal.title))},
        prev=past.head,
    )
    return Taken(event, texts)


def _digests(texts: Iterable[Text]) -> list[list[str]]:
    return [[text.kind, chain.text_digest(bytes(text.salt), text.body)] for text in texts]


def _write(appeal: Appeal, taken: Taken) -> None:
    """The event stands with its digest, and the texts beside it."""
    event = taken.event
    event.appeal = appeal
    event.row, event.dates = standing.of(appeal)
    event.digest = chain.digest(as_fact(event, organisation=appeal.organisation.code, number=appeal.number))
    _NEW_EVENT.one(event)
    for text in taken.texts:
        text.appeal, text.event = appeal, event
    _NEW_TEXT.all(taken.texts)


def as_fact(event: Event, *, organisation: str, number: str) -> chain.EventFact:
    """The event as its digest covers it: every column but its key."""
    payload = {
        "appeal": event.appeal_id,
        "actor_kind": str(event.actor_kind),
        "person": event.person_id,
        "post": event.post,
        "unit": event.unit_id,
        "from": str(event.from_state),
        "to": str(event.to_state),
        "flags": event.flags,
        "data": event.data,
        "row": event.row,
        "dates": event.dates,
    }
    return chain.EventFact(
        organisation=organisation,
        number=number,
        sequence=event.sequence,
        kind=str(event.action),
        at=chain.moment(event.at),
        actor=None if event.account_id is None else str(event.account_id),
        payload=payload,
        prev=event.prev,
    )


def _post_of(by: Actor, place: str) -> tuple[str, int | None]:
    """The post the actor acts in: the nearest one that covers the place of the appeal."""
    covering = sorted(by.posts, key=lambda post: (place.startswith(post.unit.path), len(post.unit.path)), reverse=True)
    if not covering:
        return "", None
    return PostKind(covering[0].kind).value, covering[0].unit.id


def _plain(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as the ledger writes them: ids for rows, ISO for moments, code words for enums."""
    return {name.removesuffix("_id"): _plain_value(value) for name, value in changes.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, datetime):
        return chain.moment(value)
    return str(value) if isinstance(value, str) else value


def _next_number(organisation: Unit, *, year: int) -> str:
    """The next number of the year, taken inside the registering transaction: a rolled-back filing leaves no gap."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [organisation.pk, year])
        return numbers.appeal_number(year, cursor.fetchone()[0])


# Both databases count on and tell in one statement; whoever registers next waits until this one is done.
_NEXT = """
INSERT INTO appeals_numbersequence (organisation_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (organisation_id, year) DO UPDATE SET last = appeals_numbersequence.last + 1 RETURNING last
"""
