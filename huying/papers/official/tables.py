"""How wide the columns of a table are."""

from huying.papers.official.document import Table
from huying.papers.official.wording import width

NARROWEST = 2.0
WIDE, TIGHT = 1.8, 0.8  # characters of padding: as is good to read, and the least
ROOM = 36.8  # characters of a table on a line
SHORT = 12  # rows that are kept on one page


def is_short(table: Table) -> bool:
    """Whether the table is not torn apart at the end of a page."""
    return len(table.rows) <= SHORT


def shares(table: Table) -> tuple[float, ...]:
    """The share of the width that each column gets, all together 1: as given, or by the longest text of the column.

    When that is more than fits, padding gives way first, then heads go on two lines, then the widest columns narrow.
    """
    wanted = table.widths or _fitting(table)
    return tuple(one / sum(wanted) for one in wanted)


def _fitting(table: Table) -> tuple[float, ...]:
    wanted: tuple[float, ...] = ()
    for padding, head_lines in ((WIDE, 1), (TIGHT, 1), (TIGHT, 2)):
        wanted = tuple(_wanted(column, padding) for column in _columns(table, head_lines))
        if sum(wanted) <= ROOM:
            return wanted
    most = _level(sorted(wanted))
    return tuple(min(one, most) for one in wanted)


def _level(ascending: list[float]) -> float:
    """The width that the widest may have so that all of them fit."""
    room = ROOM
    for place, one in enumerate(ascending):
        fair = room / (len(ascending) - place)
        if one > fair:
            return max(fair, NARROWEST)
        room -= one
    return max(ascending)


def _columns(table: Table, head_lines: int) -> list[tuple[float, ...]]:
    """The widths of what stands in each column."""
    rows = [tuple(width(cell) for cell in row) for row in table.rows]
    if table.heads:
        rows.append(tuple(-(-width(cell) // head_lines) for cell in table.heads))
    return list(zip(*rows, strict=True))


def _wanted(column: tuple[float, ...], padding: float) -> float:
    return max(*column, NARROWEST) + padding
