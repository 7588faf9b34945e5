"""Strokes written many at a time, in the way each database takes them fastest."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

# appeal, measure, day, amount, unit, standing, place, topic, channel, kind
Row = tuple[int, str, date, int, int | None, str, int, int, int, str]
COLUMNS = (
    "appeal_id", "measure", "day", "amount", "unit_id", "standing", "place_id", "topic_id", "channel_id", "kind",
)  # fmt: skip
TABLE = "oversight_stroke"


def write(rows: Sequence[Row]) -> None:
    """These strokes stand; the caller has taken away those they follow."""
    if connection.vendor == "postgresql":
        _copy(rows)
    else:
        _insert(rows)


def _copy(rows: Sequence[Row]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(rows: Sequence[Row]) -> None:
    marks = ", ".join(["%s"] * len(COLUMNS))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES ({marks})", rows)  # noqa: S608
