"""What one who owns the database can do to the ledger, drawn at random; each act tells what it did."""

import random
from collections.abc import Callable
from typing import Any

from django.db import connection

WRONG = {"data": '{"texts": []}', "digest": "0" * 64, "prev": "f" * 64, "row": "0" * 64, "dates": "0" * 64}
COLUMNS_OF_EVENTS = (
    "appeal_id", "sequence", "action", "at", "actor_kind", "account_id", "person_id", "post", "unit_id",
    "from_state", "to_state", "flags", "data", "row", "dates", "prev", "digest",
)  # fmt: skip
COLUMNS_OF_APPEALS = (
    "state", "number", "severity", "kind", "title", "version", "round", "received_at", "due_at", "in_charge_id",
    "lead_unit_id", "desk_id", "place_id", "privacy", "counted", "finding", "closed_at", "safety", "external_ref",
)  # fmt: skip
BELONGINGS = (
    "appeals_event", "appeals_text", "appeals_requestitem", "appeals_subject", "appeals_attachment",
    "appeals_assistingunit", "appeals_ladderentry", "appeals_clock", "appeals_identity", "appeals_searchentry",
    "appeals_sealentry", "appeals_datemove",
)  # fmt: skip


def rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def run(query: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.rowcount


class Insider:
    """Knows the tables, has the password, and takes the locks off first."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.appeals = [pk for (pk,) in rows("SELECT id FROM appeals_appeal ORDER BY id")]

    def _appeal(self) -> int:
        return self.draw.choice(self.appeals)

    def _event(self) -> tuple[int, int, int]:
        return self.draw.choice(rows("SELECT id, appeal_id, sequence FROM appeals_event WHERE appeal_id = %s",
                                     self._appeal()))  # fmt: skip

    def _set(self, table: str, column: str, pk: int) -> bool:
        [(now,)] = rows(f"SELECT {column} FROM {table} WHERE id = %s", pk)
        others = rows(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL AND {column} <> %s LIMIT 40", now) \
            if now is not None and column != "data" else \
            rows(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL AND id <> %s LIMIT 40", pk)  # fmt: skip
        value = self.draw.choice(others)[0] if others else WRONG.get(column)
        if value is None or value == now:
            return False
        return run(f"UPDATE {table} SET {column} = %s WHERE id = %s", _sent(value), pk) == 1

    def edit_an_event(self) -> bool:
        column = self.draw.choice([name for name in COLUMNS_OF_EVENTS if name not in ("appeal_id", "sequence")])
        return self._set("appeals_event", column, self._event()[0])

    def edit_a_row(self) -> bool:
        column = self.draw.choice([name for name in COLUMNS_OF_APPEALS if name != "number"])
        return self._set("appeals_appeal", column, self._appeal())

    def flip_a_flag(self) -> bool:
        column = self.draw.choice(["paused", "extended", "supervised", "disputed", "unreviewed", "is_petition"])
        return run(f"UPDATE appeals_appeal SET {column} = NOT {column} WHERE id = %s", self._appeal()) == 1

    def edit_words(self) -> bool:
        texts = rows("SELECT id FROM appeals_text WHERE appeal_id = %s", self._appeal())
        return run("UPDATE appeals_text SET body = body || %s WHERE id = %s", "。", self.draw.choice(texts)[0]) == 1

    def delete_an_event(self) -> bool:
        return self._gone([self._event()[0]])

    def truncate_a_record(self) -> bool:
        _, appeal, sequence = self._event()
        return self._gone([pk for (pk,) in rows(
            "SELECT id FROM appeals_event WHERE appeal_id = %s AND sequence >= %s", appeal, sequence)])  # fmt: skip

    def _gone(self, events: list[int]) -> bool:
        for pk in events:
            run("DELETE FROM appeals_text WHERE event_id = %s", pk)
            run("UPDATE appeals_attachment SET event_id = NULL WHERE event_id = %s", pk)
            run("DELETE FROM appeals_event WHERE id = %s", pk)
        return bool(events)

    def insert_an_event(self) -> bool:
        pk, appeal, _ = self._event()
        names = ", ".join(name for name in COLUMNS_OF_EVENTS if name != "sequence")
        [(last,)] = rows("SELECT MAX(sequence) FROM appeals_event WHERE appeal_id = %s", appeal)
        return run(f"INSERT INTO appeals_event ({names}, sequence) SELECT {names}, %s FROM appeals_event WHERE id = %s",
                   last + 1, pk) == 1  # fmt: skip

    def reorder_events(self) -> bool:
        found = rows("SELECT id, sequence FROM appeals_event WHERE appeal_id = %s ORDER BY sequence", self._appeal())
        if len(found) < 2:
            return False
        (one, first), (other, second) = self.draw.sample(found, 2)
        for pk, sequence in ((one, 9_999), (other, first), (one, second)):
            run("UPDATE appeals_event SET sequence = %s WHERE id = %s", sequence, pk)
        return True

    def swap_numbers(self) -> bool:
        one, other = self.draw.sample(self.appeals, 2)
        [(first, house)], [(second, home)] = (
            rows("SELECT number, organisation_id FROM appeals_appeal WHERE id = %s", pk) for pk in (one, other)
        )
        for pk, number in ((one, "2026-9999"), (other, first), (one, second)):
            run("UPDATE appeals_appeal SET number = %s WHERE id = %s", number, pk)
        return first != second and house == home

    def renumber(self) -> bool:
        number = f"2026-{self.draw.randrange(500, 900):04d}"
        return run("UPDATE appeals_appeal SET number = %s WHERE id = %s", number, self._appeal()) == 1

    def give_to_another(self) -> bool:
        pk, appeal, _ = self._event()
        other = self._appeal()
        [(last,)] = rows("SELECT MAX(sequence) FROM appeals_event WHERE appeal_id = %s", other)
        moved = run("UPDATE appeals_event SET appeal_id = %s, sequence = %s WHERE id = %s", other, last + 1, pk)
        return appeal != other and moved == 1

    def take_an_appeal_out(self) -> bool:
        """With all that belongs to it, its place in the seals, and the sequence set back when it was the last."""
        appeal = self._appeal()
        for table in BELONGINGS:
            run(f"DELETE FROM {table} WHERE appeal_id = %s", appeal)
        return run("DELETE FROM appeals_appeal WHERE id = %s", appeal) == 1

    def put_back_an_old_state(self) -> bool:
        """An old backup: the newest appeal and its number were not there yet, nor the seals."""
        [(newest, house, number)] = rows(
            "SELECT id, organisation_id, number FROM appeals_appeal ORDER BY id DESC LIMIT 1"
        )
        run("DELETE FROM appeals_sealentry")
        run("DELETE FROM appeals_seal")
        for table in BELONGINGS:
            run(f"DELETE FROM {table} WHERE appeal_id = %s", newest)
        run("DELETE FROM appeals_appeal WHERE id = %s", newest)
        last = int(number[5:]) - 1
        return run("UPDATE appeals_numbersequence SET last = %s WHERE organisation_id = %s", last, house) == 1


KINDS: tuple[Callable[[Insider], bool], ...] = (
    Insider.edit_an_event, Insider.edit_a_row, Insider.flip_a_flag, Insider.edit_words, Insider.delete_an_event,
    Insider.truncate_a_record, Insider.insert_an_event, Insider.reorder_events, Insider.swap_numbers,
    Insider.renumber, Insider.give_to_another, Insider.take_an_appeal_out, Insider.put_back_an_old_state,
)  # fmt: skip


def _sent(value: Any) -> Any:
    """JSON comes back as the driver read it, and goes as text."""
    return WRONG["data"] if isinstance(value, dict) else value
