"""How PostgreSQL plans a question that sums up many rows: by its values, each time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def by_values() -> Iterator[None]:
    """Questions asked inside are planned by what they ask for. May also stand over a function as a decorator.

    A statement asked often is prepared, and its plan then made without its values: PostgreSQL takes a path to stand for
    one unit and reads two million strokes once for each of hundreds. On SQLite nothing is different.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    kept, raw.prepare_threshold = raw.prepare_threshold, None
    try:
        yield
    finally:
        raw.prepare_threshold = kept
