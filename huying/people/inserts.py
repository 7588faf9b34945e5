"""Rows written by a statement that is put together once. What a step writes is a row or a few of the same tables.

The values are those that Django would write, and a row that was refused ruins the transaction as it does for Django.
"""

from collections.abc import Sequence
from typing import Generic, TypeVar

from django.db import connection, transaction
from django.db.models import Model

M = TypeVar("M", bound=Model)

# So many rows at most in a statement: each number of rows is a statement of its own.
AT_ONCE = 8


class PreparedInsert(Generic[M]):
    """Writes new rows of one table, whose database gives them their keys.

    With `once` a row that breaks a unique rule is left out silently, and no row learns its key.
    """

    def __init__(self, model: type[M], *, once: bool = False) -> None:
        meta = model._meta
        self._once = once
        self._key = meta.pk
        # A row whose key is another row's says it itself.
        gives = meta.auto_field is not None
        self._fields = [field for field in meta.local_concrete_fields if not (gives and field.primary_key)]
        columns = ", ".join(f'"{field.column}"' for field in self._fields)
        self._head = f'INSERT INTO "{meta.db_table}" ({columns}) VALUES '  # noqa: S608 - names of our own tables
        self._row = f"({', '.join(['%s'] * len(self._fields))})"
        self._learns = gives and not once
        self._tail = " ON CONFLICT DO NOTHING" if once else f' RETURNING "{meta.pk.column}"' if gives else ""

    def one(self, thing: M) -> M:
        """The row stands; the object knows its key."""
        self.all([thing])
        return thing

    def all(self, things: Sequence[M]) -> None:
        """The rows stand; the objects know their keys."""
        for start in range(0, len(things), AT_ONCE):
            self._write(things[start : start + AT_ONCE])

    def _write(self, things: Sequence[M]) -> None:
        for thing in things:
            # Whoever was named here before being written is known by its key now; one never written is refused.
            thing._prepare_related_fields_for_save(operation_name="insert")
        params = [
            field.get_db_prep_save(getattr(thing, field.attname), connection=connection)
            for thing in things
            for field in self._fields
        ]
        statement = self._head + ", ".join([self._row] * len(things)) + self._tail
        with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
            cursor.execute(statement, params)
            keys = cursor.fetchall() if self._learns else ()
        for thing, (key,) in zip(things, keys, strict=False):
            setattr(thing, self._key.attname, key)
        for thing in things:
            thing._state.adding, thing._state.db = False, connection.alias
