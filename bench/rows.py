"""Rows in bulk, by the shortest way into either database: COPY, or one statement for many.

A row is kept as the database will read it, so that what many rows share is spelled once.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import JSONField, Max, Model

Row = list[Any]


class Table:
    """Where rows of one model wait to be written, each under a key of its own."""

    def __init__(self, model: type[Model], *, first: int = 0, apart: int = 1) -> None:
        fields = model._meta.concrete_fields
        self.name = model._meta.db_table
        self.names = [field.attname for field in fields]
        self.columns = ", ".join(f'"{field.column}"' for field in fields)
        self._spell = {field.attname: _spelling(field) for field in fields}
        self._place = {name: place for place, name in enumerate(self.names)}
        self._apart = apart
        self.next = (model.objects.aggregate(last=Max("pk"))["last"] or 0) + 1 + first
        self._waiting: list[Row] = []

    def key(self) -> int:
        """A key nobody has."""
        self.next += self._apart
        return self.next - self._apart

    def row(self, **values: Any) -> Row:
        """A row as it will be written; what is not named is empty."""
        return [spell(values.get(name)) for name, spell in self._spell.items()]

    def of(self, thing: Model) -> Row:
        """The row of an object."""
        return self.row(**{name: getattr(thing, name) for name in self.names})

    def add(self, row: Row, /, **values: Any) -> None:
        """A copy of this row waits, with these values in it."""
        own = row.copy()
        for name, value in values.items():
            own[self._place[name]] = self._spell[name](value)
        self._waiting.append(own)

    def write(self) -> None:
        """The rows that waited stand."""
        if self._waiting:
            (_copy if connection.vendor == "postgresql" else _insert)(self, self._waiting)
            self._waiting = []


@contextmanager
def unwatched() -> Iterator[None]:
    """No reference is looked up for each row: a bulk writer knows what it points to, and the tests look afterwards."""
    off, on = {
        "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT"),
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(off)
        yield
        cursor.execute(on)


def end(models: Sequence[type[Model]]) -> None:
    """The next row written in the usual way gets the next key; the planner knows how much there is."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def settle() -> None:
    """What PostgreSQL would tidy up by itself within the next minutes is done: not while pages are timed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _copy(table: Table, rows: Sequence[Row]) -> None:
    statement = f'COPY "{table.name}" ({table.columns}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(statement) as out:
        out.write("".join(["\t".join(row) + "\n" for row in rows]))


def _insert(table: Table, rows: Sequence[Row]) -> None:
    places = ", ".join(["%s"] * len(table.names))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table.name}" ({table.columns}) VALUES ({places})', rows)  # noqa: S608


def _spelling(field: Any) -> Callable[[Any], Any]:
    kind = field.get_internal_type()
    if connection.vendor == "postgresql":
        return {"JSONField": _pg_json, "DateTimeField": _pg_moment, "BinaryField": _pg_bytes}.get(kind, _pg)
    if isinstance(field, JSONField):
        return json.dumps
    return _sqlite_moment if kind == "DateTimeField" else _as_it_is


def _sqlite_moment(at: datetime | None) -> str | None:
    return None if at is None else str(at.astimezone(UTC).replace(tzinfo=None))


def _as_it_is(value: Any) -> Any:
    return value


# COPY's text form: tabs between columns, \N for nothing, a backslash before whatever would be taken for either.
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _pg(value: Any) -> str:
    if value is None:
        return "\\N"
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)


def _pg_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\\", "\\\\")


def _pg_moment(at: datetime | None) -> str:
    return "\\N" if at is None else at.isoformat()


def _pg_bytes(value: bytes | None) -> str:
    return "\\N" if value is None else f"\\\\x{value.hex()}"
