"""Small counts in public tables: which cells are hidden so that none can be worked out (domain §7.5, security S13).

A count below `K` may name a child (“1 件，欺凌”), so it is hidden, and nought with it: in a table of ratings nought
tells as much as one. With totals beside it a hidden cell could be worked out by subtraction; so other cells are hidden
too, until nobody can narrow a small count down to fewer than `K` possible values.

The proof is exact and not by feel. Tables with totals, roll-ups and a shared margin are one network in which counts
flow: a cell is an edge, a sum is a node where as much comes in as goes out. What a hidden cell can still be is then how
far counts can be pushed around the hidden edges alone: a question of greatest flow, answered in whole numbers.
"""

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

from huying.rules.refusals import Refusal

K: Final = 5
TOTAL: Final = "*"
_INNER, _MARGIN, _ALL = 2, 7, 40

Key = tuple[str, ...]
Node = tuple[str, ...]


class Unprotected(Refusal):
    """What is already public would let a small count be worked out, so the new table cannot be published."""


@dataclass(frozen=True)
class Cell:
    """A published count: what leaves `source` and enters `target`. `cost` says how sorely it is missed when hidden."""

    key: Key
    source: Node
    target: Node
    value: int
    cost: int = _INNER


@dataclass(frozen=True)
class Range:
    """What a hidden cell can be, as far as anybody can work out; `high` None means that there is no end to it."""

    low: int
    high: int | None


Counts = Mapping[tuple[str, str], int]


def table(counts: Counts, *, name: str = "", groups: Mapping[str, str] | None = None) -> list[Cell]:
    """The cells of a table with the totals of its rows and columns, and of all; `groups` puts columns together under
    totals of their own, as months under a term."""
    rows = [_row_total(name, row, value, (name, "all")) for row, value in sorted(_sums(counts, 0).items())]
    return [*_columns(counts, name, groups or {}), *rows, _grand_total(counts, name)]


def linked(left: Counts, right: Counts, *, name: str = "", other: str = "other") -> list[Cell]:
    """The cells of two tables over the same rows, whose row totals are the same numbers: by month and by topic."""
    if _sums(left, 0) != _sums(right, 0):
        raise ValueError("the rows of the two tables have different totals")
    rows = [_row_total(name, row, value, (name, "row", row)) for row, value in sorted(_sums(left, 0).items())]
    return [*_columns(left, name, {}), *rows, *_onward(right, name, other), _grand_total(left, name)]


def _columns(counts: Counts, name: str, groups: Mapping[str, str]) -> Iterator[Cell]:
    """The inner cells, the column totals and the totals of groups: what comes in at the top of a table."""
    for (row, column), value in sorted(counts.items()):
        yield Cell((name, row, column), (name, "column", column), (name, "in", row), value)
    start: Node = (name, "start")
    grouped: dict[str, int] = {}
    for column, value in sorted(_sums(counts, 1).items()):
        group = groups.get(column, "")
        source = (name, "group", group) if group else start
        yield Cell((name, TOTAL, column), source, (name, "column", column), value, _MARGIN)
        grouped[group] = grouped.get(group, 0) + value
    for group in sorted(set(grouped) - {""}):
        yield Cell((name, TOTAL, TOTAL, group), start, (name, "group", group), grouped[group], _MARGIN)


def _onward(counts: Counts, name: str, other: str) -> Iterator[Cell]:
    """The second table runs on from the rows of the first to the end."""
    for (row, column), value in sorted(counts.items()):
        yield Cell((other, row, column), (name, "row", row), (other, "column", column), value)
    for column, value in sorted(_sums(counts, 1).items()):
        yield Cell((other, TOTAL, column), (other, "column", column), (name, "all"), value, _MARGIN)


def _row_total(name: str, row: str, value: int, target: Node) -> Cell:
    return Cell((name, row, TOTAL), (name, "in", row), target, value, _MARGIN)


def _grand_total(counts: Counts, name: str) -> Cell:
    return Cell((name, TOTAL, TOTAL), (name, "all"), (name, "start"), sum(counts.values()), _ALL)


def _sums(counts: Counts, axis: int) -> dict[str, int]:
    sums: dict[str, int] = {}
    for key, value in counts.items():
        sums[key[axis]] = sums.get(key[axis], 0) + value
    return sums


def hidden(cells: Sequence[Cell], *, k: int = K, standing: Collection[Key] = ()) -> frozenset[Key]:
    """The cells that are not shown: every one below k, and as few others as it takes.

    `standing` are cells that are public already and cannot be taken back. Raises Unprotected.
    """
    web = _Web(cells)
    small = [cell for cell in cells if cell.value < k]
    for cell in small:
        web.hide(cell)
    for cell in sorted(small, key=lambda one: (-one.value, one.key)):
        if web.width(cell, most=k - 1) < k - 1:
            _hide_around(web, cell, need=k - 1, standing=standing)
    return frozenset(web.hidden)


def _hide_around(web: "_Web", cell: Cell, *, need: int, standing: Collection[Key]) -> None:
    way = web.cheapest_way(cell, need=need, standing=standing)
    if way is None:
        raise Unprotected("这张表会让人算出小数目，不能公开")
    for other in way:
        web.hide(other)


def ranges(cells: Sequence[Cell], unseen: Collection[Key]) -> dict[Key, Range]:
    """What each hidden cell can be, for somebody who knows every shown cell and that no count is below nought."""
    web = _web(cells, unseen)
    most = sum(cell.value for cell in cells) + 1
    return {cell.key: _range(web, cell, most) for cell in cells if cell.key in unseen}


def _range(web: "_Web", cell: Cell, most: int) -> Range:
    up, down = web.up(cell, most=most), web.down(cell, most=most)
    return Range(cell.value - down, None if up >= most else cell.value + up)


def weak(cells: Sequence[Cell], unseen: Collection[Key], *, k: int = K) -> list[Key]:
    """The cells that give too much away: small ones that are shown or can be narrowed down to fewer than k values, and
    any hidden one that can be worked out. Empty when the tables may be published."""
    web = _web(cells, unseen)
    return [cell.key for cell in cells if _is_weak(web, cell, k)]


def _is_weak(web: "_Web", cell: Cell, k: int) -> bool:
    if cell.key not in web.hidden:
        return cell.value < k
    needed = k - 1 if cell.value < k else 1
    return web.width(cell, most=needed) < needed


def _web(cells: Sequence[Cell], unseen: Collection[Key]) -> "_Web":
    web = _Web(cells)
    for cell in cells:
        if cell.key in unseen:
            web.hide(cell)
    return web


def is_safe(cells: Sequence[Cell], unseen: Collection[Key], *, k: int = K) -> bool:
    """Whether the tables may be published with these cells hidden."""
    return not weak(cells, unseen, k=k)


class _Web:
    """The hidden cells as edges along which counts can be pushed: up along an edge without end, down to nought."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.hidden: set[Key] = set()
        self.around: dict[Node, list[Cell]] = {}
        self.unseen: dict[Node, list[Cell]] = {}
        for cell in cells:
            for node in (cell.source, cell.target):
                self.around.setdefault(node, []).append(cell)

    def hide(self, cell: Cell) -> None:
        self.hidden.add(cell.key)
        for node in (cell.source, cell.target):
            self.unseen.setdefault(node, []).append(cell)

    def up(self, cell: Cell, *, most: int) -> int:
        """By how much the cell can grow, counted up to `most`."""
        return self._flow(cell.target, cell.source, cell, most)

    def down(self, cell: Cell, *, most: int) -> int:
        """By how much it can shrink."""
        return self._flow(cell.source, cell.target, cell, min(most, cell.value))

    def width(self, cell: Cell, *, most: int) -> int:
        """How far apart the ends of its range are, counted up to `most`."""
        down = self.down(cell, most=most)
        return down + (self.up(cell, most=most - down) if down < most else 0)

    def _flow(self, start: Node, end: Node, but: Cell, most: int) -> int:
        """The greatest flow from start to end along other hidden cells, counted up to `most`."""
        pushed: dict[Key, int] = {}
        total = 0
        while total < most:
            way = self._way(start, end, but, pushed)
            if way is None:
                return total
            room = [cell.value + pushed.get(cell.key, 0) for cell, forward in way if not forward]
            step = min([most - total, *room])
            for cell, forward in way:
                pushed[cell.key] = pushed.get(cell.key, 0) + (step if forward else -step)
            total += step
        return total

    def _way(self, start: Node, end: Node, but: Cell, pushed: Mapping[Key, int]) -> list[tuple[Cell, bool]] | None:
        """The shortest way that still has room."""
        came: dict[Node, tuple[Node, Cell, bool]] = {}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for cell in self.unseen.get(here, ()):
                forward = cell.source == here
                there = cell.target if forward else cell.source
                has_room = forward or cell.value + pushed.get(cell.key, 0) > 0
                if cell.key == but.key or there in came or there == start or not has_room:
                    continue
                came[there] = (here, cell, forward)
                if there == end:
                    return _back(came, start, end)
                waiting.append(there)
        return None

    def cheapest_way(self, cell: Cell, *, need: int, standing: Collection[Key]) -> list[Cell] | None:
        """The shown cells to hide so that this one can grow by `need`: the least missed ones that make a round."""
        best: dict[Node, int] = {cell.target: 0}
        came: dict[Node, tuple[Node, Cell, bool]] = {}
        waiting: list[tuple[int, Node]] = [(0, cell.target)]
        while waiting:
            cost, here = heappop(waiting)
            if here == cell.source:
                return [one for one, _ in _back(came, cell.target, here) if one.key not in self.hidden]
            if cost > best[here]:
                continue
            for one in self.around[here]:
                forward = one.source == here
                there = one.target if forward else one.source
                is_shown = one.key not in self.hidden
                if one.key == cell.key or (is_shown and one.key in standing) or (not forward and one.value < need):
                    continue
                dearer = cost + (one.cost if is_shown else 0)
                if dearer < best.get(there, dearer + 1):
                    best[there] = dearer
                    came[there] = (here, one, forward)
                    heappush(waiting, (dearer, there))
        return None


def _back(came: Mapping[Node, tuple[Node, Cell, bool]], start: Node, end: Node) -> list[tuple[Cell, bool]]:
    way = []
    here = end
    while here != start:
        here, cell, forward = came[here]
        way.append((cell, forward))
    return way
