"""One copy after another. What all copies of a story at one time share is spelled once and kept."""

import os
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bench import words
from bench.rows import Row, Table
from bench.sources import Source
from huying.appeals import facts, search, standing, steps
from huying.appeals.models import (
    Appeal,
    AssistingUnit,
    Clock,
    Event,
    Identity,
    Receipt,
    RequestItem,
    SearchEntry,
    Subject,
    Text,
)
from huying.people import keys
from huying.rules import chain, numbers
from huying.rules.enums import TextKind
from huying.vault import codes, fields

MODELS = (Receipt, Appeal, Event, Text, RequestItem, Subject, AssistingUnit, Clock, Identity, SearchEntry)


@dataclass(frozen=True)
class Spelled:
    """A story at one time, as rows that lack only what is a copy's own."""

    year: int
    standing: Appeal
    appeal: Row
    events: tuple[tuple[Event, Row], ...]
    clocks: tuple[Row, ...]


@dataclass
class Said:
    """A text of a copy, until its event is written."""

    kind: str
    body: str
    salt: bytes
    key: int
    refers_to: int | None
    event: int | None


class Writer:
    """Makes copies; they wait in their tables."""

    def __init__(self, draw: random.Random, *, now: datetime, first: int = 0, apart: int = 1) -> None:
        self.draw, self.now = draw, now
        self.ring = keys.ring()
        self.tables = {model: Table(model, first=first, apart=apart) for model in MODELS}
        self.empty = {model: table.row() for model, table in self.tables.items()}
        self._kept: dict[tuple[int, timedelta], Spelled] = {}

    def copy(self, source: Source, back: timedelta, *, sequence: int) -> None:
        """One more appeal waits to be written, under this number of its organisation and year."""
        story = self._spelled(source, back)
        pk = self.tables[Appeal].key()
        number = numbers.appeal_number(story.year, sequence)
        outer = f"B{pk}" if source.appeal.external_ref else ""
        own = {"number": number, "receipt_id": self._receipt(), "external_ref": outer}
        self._add(Appeal, story.appeal, id=pk, **own)
        # The events say what the row says.
        vars(story.standing).update(own)
        items = {one.pk: self.tables[RequestItem].key() for one in source.items}
        subjects = {one.pk: self.tables[Subject].key() for one in source.subjects}
        texts = self._texts(source, items)
        self._events(story, source.organisation, (pk, number, outer), texts, {**items, **subjects})
        for one in source.items:
            text = texts[one.text_id].key
            self._add(RequestItem, id=items[one.pk], appeal_id=pk, position=one.position, text_id=text)
        self._subjects(source, pk, subjects, texts)
        for row in story.clocks:
            self._add(Clock, row, id=self.tables[Clock].key(), appeal_id=pk)
        self._identity(source, pk)
        pieces = [piece for text in texts.values() if text.kind in search.WORDS for piece in text.body.split("\n")]
        self._add(SearchEntry, appeal_id=pk, tokens=words.entry(number, outer, [source.appeal.title, *pieces]))

    def _add(self, model: Any, row: Row | None = None, /, **values: Any) -> None:
        self.tables[model].add(self.empty[model] if row is None else row, **values)

    def _spelled(self, source: Source, back: timedelta) -> Spelled:
        key = (source.appeal.pk, back)
        if key not in self._kept:
            course = source.course(back, now=self.now)
            course.appeal.form_token = None
            self._kept[key] = Spelled(
                year=facts.local_day(course.appeal.received_at).year,
                standing=course.appeal,
                appeal=self.tables[Appeal].of(course.appeal),
                events=tuple((event, self.tables[Event].of(event)) for event in course.events),
                clocks=tuple(self.tables[Clock].of(one) for one in course.clocks),
            )
        return self._kept[key]

    def _receipt(self) -> int:
        key = self.tables[Receipt].key()
        stored = codes.code_digest(self.ring, f"{self.draw.randrange(10**16):016d}")
        self._add(Receipt, id=key, digest=stored.digest, key=stored.key_id, is_spoken=False)
        return key

    def _texts(self, source: Source, items: dict[int, int]) -> dict[int, Said]:
        texts = {}
        for one in source.texts:
            body = f"{one.body}\n{words.line(self.draw)}" if one.kind == TextKind.VERBATIM else one.body
            refers_to = items.get(one.refers_to, one.refers_to) if one.refers_to else None
            key = self.tables[Text].key()
            texts[one.pk] = Said(one.kind, body, os.urandom(16), key, refers_to, one.event_id)
        return texts

    def _events(
        self,
        story: Spelled,
        organisation: str,
        names: tuple[int, str, str],
        texts: dict[int, Said],
        renamed: dict[int, int],
    ) -> None:
        pk, number, outer = names
        head = chain.genesis(organisation, number)
        row, dates = standing.of(story.standing)
        for event, spelled in story.events:
            said = [text for text in texts.values() if text.event == event.pk]
            data = event.data
            event.appeal_id, event.prev, event.row, event.dates = pk, head, row, dates
            digests = [[text.kind, chain.text_digest(text.salt, text.body)] for text in said]
            if event.sequence == 1:
                digests += standing.titled(said, story.standing.title)
            event.data = _renamed(data, outer, renamed) | {"texts": digests}
            digest = chain.digest(steps.as_fact(event, organisation=organisation, number=number))
            key = self.tables[Event].key()
            own = {"prev": head, "digest": digest, "data": event.data, "row": event.row, "dates": event.dates}
            self._add(Event, spelled, id=key, appeal_id=pk, **own)
            head, event.data = digest, data
            for text in said:
                self._text(text, pk, key)

    def _text(self, text: Said, pk: int, event: int) -> None:
        values = {"kind": text.kind, "body": text.body, "salt": text.salt, "refers_to": text.refers_to}
        self._add(Text, id=text.key, appeal_id=pk, event_id=event, **values)

    def _subjects(self, source: Source, pk: int, renamed: dict[int, int], texts: dict[int, Said]) -> None:
        for one in source.subjects:
            text = texts[one.text_id].key if one.text_id else None
            values = {"status": one.status, "person_id": one.person_id, "unit_id": one.unit_id}
            self._add(Subject, id=renamed[one.pk], appeal_id=pk, text_id=text, **values)
        for part in source.assisting:
            values = {"unit_id": part.unit_id, "is_current": part.is_current, "is_done": part.is_done}
            self._add(AssistingUnit, id=self.tables[AssistingUnit].key(), appeal_id=pk, **values)

    def _identity(self, source: Source, pk: int) -> None:
        if source.contact is None:
            return
        phone = f"138{self.draw.randrange(10**8):08d}" if source.contact.phone else ""
        plain = {**vars(source.contact), "phone": phone}
        self._add(
            Identity,
            id=self.tables[Identity].key(),
            appeal_id=pk,
            sealed=fields.seal(self.ring, plain, row=f"appeal:{pk}", field="identity"),
            phone_index=codes.phone_index(self.ring, phone).digest if phone else "",
            has_phone=bool(phone),
            has_name=bool(source.contact.name),
        )


def _renamed(data: dict[str, Any], outer: str, renamed: dict[int, int]) -> dict[str, Any]:
    """The record of a copy: its own outer number, its own items and Subjects."""
    own = dict(data)
    if own.get("external_ref"):
        own["external_ref"] = outer
    if own.get("items"):
        own["items"] = sorted(renamed.get(item, item) for item in own["items"])
    if own.get("subject"):
        own["subject"] = renamed.get(own["subject"], own["subject"])
    return own
