"""Bars that lie, one a row, and rates with the range they may really have; how dark a cell of a heat table is."""

from collections.abc import Sequence
from dataclasses import dataclass

from huying.papers.charts.chart import Chart, Size, box, most, number, picture, stroke, words

WIDTH, LINE = 590.0, 28.0
LABEL, VALUE, GAP = 190.0, 90.0, 10.0
SMALL_WIDTH, SMALL_HEIGHT, EDGE = 120.0, 16.0, 4.0
STEPS = 4


@dataclass(frozen=True)
class Bar:
    """One row: its name, its length, what is written behind it; `low` and `high` are the ends of its whisker."""

    name: str
    value: float | None
    said: str
    low: float | None = None
    high: float | None = None


def bars(
    rows: Sequence[Bar], title: str, *, counted: str = "件", top: float | None = None, size: Size = Size.STAFF
) -> Chart:
    """Lying bars from zero in the order given; a whisker where both ends are known, no bar where the value is not."""
    scale = top or most([*(one.value or 0 for one in rows), *(one.high or 0 for one in rows)])
    line = LINE if size is Size.STAFF else LINE * 1.4
    reach = WIDTH - LABEL - VALUE - 2 * GAP
    parts = []
    for place, one in enumerate(rows):
        y = place * line
        parts.append(words(LABEL, y + line * 0.68, _short(one.name, size), size=size, anchor="end"))
        parts.append(box("c1", LABEL + GAP, y + line * 0.2, reach * min((one.value or 0) / scale, 1), line * 0.6))
        if one.low is not None and one.high is not None:
            ends = [LABEL + GAP + reach * min(max(end, 0) / scale, 1) for end in (one.low, one.high)]
            parts.append(_whisker(ends[0], ends[1], y + line / 2, line * 0.2))
        parts.append(words(WIDTH - VALUE + GAP / 2, y + line * 0.68, one.said, size=size, anchor="start"))
    height = line * max(len(rows), 1)
    parts.append(stroke("ax", (LABEL + GAP, 0), (LABEL + GAP, height)))
    spoken = "，".join(f"{one.name} {one.said}" for one in rows) or "没有数据"
    table = tuple((one.name, one.said) for one in rows)
    return Chart(picture(WIDTH, height, title, spoken, parts), title, ("名称", counted), table)


def rate(low: float, middle: float, high: float, *, said: str, title: str) -> Chart:
    """A dot with its whisker on a line from 0 to 1, small enough for a cell; `said` is n/N, which stands beside it."""
    reach = SMALL_WIDTH - 2 * EDGE
    left, dot, right = (EDGE + reach * min(max(one, 0), 1) for one in (low, middle, high))
    y = SMALL_HEIGHT / 2
    parts = [
        stroke("gr", (EDGE, y + 0.5), (SMALL_WIDTH - EDGE, y + 0.5)),
        _whisker(left, right, y, 4),
        f'<circle class="dot" cx="{number(dot)}" cy="{number(y)}" r="4"/>',
    ]
    spoken = f"{said}，可信范围 {low:.0%} 到 {high:.0%}"
    svg = picture(SMALL_WIDTH, SMALL_HEIGHT, title, spoken, parts, small="ci-s")
    return Chart(svg, title, ("结果", "下限", "上限"), ((said, f"{low:.0%}", f"{high:.0%}"),))


def heat(value: float | None, bounds: Sequence[float]) -> str:
    """The class of a cell: heat0 to heat4, by how many of the (at most four, rising) bounds it reaches.

    Nothing known is no class: the cell says so in words. The number always stands in the cell: steps only confirm it.
    """
    if value is None:
        return ""
    return f"heat{min(sum(1 for bound in bounds if value >= bound), STEPS)}"


def _whisker(left: float, right: float, y: float, tall: float) -> str:
    ends = "".join(f"M{number(x)} {number(y - tall)}V{number(y + tall)}" for x in (left, right))
    return f'<path class="ci" d="M{number(left)} {number(y)}H{number(right)}{ends}"/>'


def _short(name: str, size: Size) -> str:
    """The name as it fits before the bars; the table has it whole."""
    fits = int((LABEL - 4) / size)
    return name if len(name) <= fits else f"{name[: fits - 1]}…"
