"""Columns and lines over months, from zero: what is in time is solid, the rest hollow; the present month is dark."""

from collections.abc import Sequence
from dataclasses import dataclass

from huying.papers.charts.chart import Chart, Size, box, most, picture, stroke, words

WIDTH, HEIGHT = 590.0, 176.0
TOP, FOOT, SIDE = 30.0, 26.0, 4.0
MOST_COLUMNS = 12


@dataclass(frozen=True)
class Month:
    """One column: `total`, and of these `solid` (in time). None is nothing known, which is not zero."""

    name: str
    total: int | None
    solid: int | None = None


@dataclass(frozen=True)
class Wording:
    """What a picture is called, what is counted, and what solid columns mean."""

    title: str
    counted: str = "来件"
    solid: str = "按期"


def columns(months: Sequence[Month], wording: Wording, *, size: Size = Size.STAFF, each: bool = True) -> Chart:
    """Columns of up to twelve months, the last one the present; `each` writes the value over every column."""
    shown = months[-MOST_COLUMNS:]
    top = most([one.total or 0 for one in shown])
    room = (WIDTH - 2 * SIDE) / max(len(shown), 1)
    parts = []
    for place, one in enumerate(shown):
        is_last = place == len(shown) - 1
        drawn = _column(one, SIDE + room * place, room, top, size, is_last=is_last, is_said=each or is_last)
        parts.append(f'<g class="cur">{drawn}</g>' if is_last else f"<g>{drawn}</g>")
    base = HEIGHT - FOOT
    parts.append(stroke("ax", (SIDE, base + 0.5), (WIDTH - SIDE, base + 0.5)))
    has_solid = any(one.solid is not None for one in shown)
    heads = ("月份", wording.counted, *((wording.solid,) if has_solid else ()))
    rows = tuple((one.name, said(one.total), *((said(one.solid),) if has_solid else ())) for one in shown)
    svg = picture(WIDTH, HEIGHT, wording.title, _spoken(rows), parts)
    return Chart(svg, wording.title, heads, rows)


def line(
    months: Sequence[Month], wording: Wording, *, reference: float | None = None, size: Size = Size.STAFF
) -> Chart:
    """A line through the months from zero, broken where nothing is known; `reference` is a dashed level (目标)."""
    top = most([*(one.total or 0 for one in months), reference or 0])
    room = (WIDTH - 2 * SIDE) / max(len(months), 1)
    parts = [stroke("gr", (SIDE, _y(level, top)), (WIDTH - SIDE, _y(level, top))) for level in (top / 2, top)]
    if reference is not None:
        parts.append(stroke("ref", (SIDE, _y(reference, top)), (WIDTH - SIDE, _y(reference, top))))
    points = [(SIDE + room * (place + 0.5), one.total) for place, one in enumerate(months)]
    for run in _runs(points, top):
        parts.append(stroke("ln", *run))
        parts += [_dot(x, y) for x, y in run]
    for (x, total), one in zip(points, months, strict=True):
        parts.append(words(x, HEIGHT - 9, one.name, size=size))
        if total is not None:
            parts.append(words(x, _y(total, top) - 8, str(total), size=size))
    rows = tuple((one.name, said(one.total)) for one in months)
    spoken = _spoken(rows) + (f"；虚线：{reference:g}" if reference is not None else "")
    return Chart(picture(WIDTH, HEIGHT, wording.title, spoken, parts), wording.title, ("月份", wording.counted), rows)


def sparkline(values: Sequence[int | None], title: str) -> Chart:
    """A small line without axes, its last value marked: it stands in a row of a table, beside the number."""
    width, height, inset = 96.0, 20.0, 3.0
    top = most([one or 0 for one in values])
    step = (width - 2 * inset) / max(len(values) - 1, 1)
    points = [
        (inset + step * place, None if one is None else height - inset - one / top * (height - 2 * inset))
        for place, one in enumerate(values)
    ]
    runs = _split(points)
    parts = [stroke("ln", *run) for run in runs] + [_dot(*run[-1], radius=2.5) for run in runs[-1:]]
    rows = tuple((str(place), said(one)) for place, one in enumerate(values, start=1))
    spoken = "、".join(number for _, number in rows)
    return Chart(picture(width, height, title, spoken, parts, small="spark"), title, ("期", "数"), rows)


def said(value: int | None) -> str:
    """The number, or a dash where nothing is known."""
    return "—" if value is None else str(value)


def _column(one: Month, left: float, room: float, top: float, size: Size, *, is_last: bool, is_said: bool) -> str:
    wide = min(room * 0.55, 40)
    x, base = left + (room - wide) / 2, HEIGHT - FOOT
    middle = left + room / 2
    whole = _y(one.total or 0, top)
    inside = _y(min(one.solid, one.total or 0) if one.solid is not None else one.total or 0, top)
    drawn = box("c2", x, whole, wide, base - whole) + box("c1", x, inside, wide, base - inside)
    if is_said:
        drawn += words(middle, whole - 5, said(one.total), size=size, kind="v" if is_last else "")
    return drawn + words(middle, HEIGHT - 9, one.name, size=size)


def _y(value: float, top: float) -> float:
    return TOP + (HEIGHT - FOOT - TOP) * (1 - value / top)


def _runs(points: Sequence[tuple[float, int | None]], top: float) -> list[list[tuple[float, float]]]:
    return _split([(x, None if value is None else _y(value, top)) for x, value in points])


def _split(points: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """The points in runs without a gap."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if y is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    return [run for run in runs if run]


def _dot(x: float, y: float, radius: float = 3.5) -> str:
    return f'<circle class="dot" cx="{round(x, 1):g}" cy="{round(y, 1):g}" r="{radius:g}"/>'


def _spoken(rows: Sequence[tuple[str, ...]]) -> str:
    return "，".join(f"{name} {'，其中 '.join(numbers)}" for name, *numbers in rows) or "没有数据"
