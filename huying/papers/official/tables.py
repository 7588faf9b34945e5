"""How wide the columns of a table are."""

from huying.papers.official.document import Table
from huying.papers.official.wording import width

NARROWEST, PADDING = 3.0, 1.8
ROOM = 36.0  # characters of a table on a line
SHORT = 12  # rows that are kept on one page


def is_short(table: Table) -> bool:
    """Whether the table is not torn apart at the end of a page."""
    return len(table.rows) <= SHORT


def shares(table: Table) -> tuple[float, ...]:
    """The share of the width that each column gets, all together 1: as given, or by the longest text of the column.

    When that is more than fits, the widest columns give way, all down to the same width.
    """
    wanted = table.widths or tuple(_wanted(column) for column in _columns(table))
    if not table.widths and sum(wanted) > ROOM:
        most = _level(sorted(wanted))
        wanted = tuple(min(one, most) for one in wanted)
    return tuple(one / sum(wanted) for one in wanted)


def _level(ascending: list[float]) -> float:
    """The width that the widest may have so that all of them fit."""
    room = ROOM
    for place, one in enumerate(ascending):
        fair = room / (len(ascending) - place)
        if one > fair:
            return max(fair, NARROWEST)
        room -= one
    return max(ascending)


def _columns(table: Table) -> list[tuple[str, ...]]:
    rows = (table.heads, *table.rows) if table.heads else table.rows
    return list(zip(*rows, strict=True))


def _wanted(column: tuple[str, ...]) -> float:
    return max(max(width(cell) for cell in column), NARROWEST) + PADDING
