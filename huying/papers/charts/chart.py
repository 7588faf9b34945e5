"""A picture with its words and its table, and how the parts of a picture are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from html import escape


class Size(IntEnum):
    """How large the letters of a picture are, in points of its own scale: people read public pages from further off."""

    STAFF = 13
    PUBLIC = 18


@dataclass(frozen=True)
class Chart:
    """`svg` for the page and the numbers it shows, as a table to stand beside it or one link away."""

    svg: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __html__(self) -> str:
        """The picture as a page takes it in: every text in it was escaped where it was written (`words`, `picture`)."""
        return self.svg

    def table(self) -> str:
        """The numbers as a table, every text escaped."""
        first, *others = self.heads
        heads = f'<th scope="col">{escape(first)}</th>'
        heads += "".join(f'<th scope="col" class="r">{escape(one)}</th>' for one in others)
        lines = "".join(f"<tr>{_row(row)}</tr>" for row in self.rows)
        caption = f"<caption>{escape(self.caption)}</caption>"
        return f'<table class="t">{caption}<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'


def _row(row: Sequence[str]) -> str:
    first, *others = row
    return f'<th scope="row">{escape(first)}</th>' + "".join(f'<td class="r">{escape(one)}</td>' for one in others)


def picture(width: float, height: float, title: str, desc: str, parts: Sequence[str], *, small: str = "") -> str:
    """The <svg>, read aloud as its title and its numbers: as wide as its place, or, with a class of its own, small."""
    name = f"ch {small}".strip()
    said = f"<title>{escape(title)}</title><desc>{escape(desc)}</desc>"
    label = escape(f"{title}：{desc}", quote=True)
    view = f"0 0 {number(width)} {number(height)}"
    place = f'width="{number(width)}" height="{number(height)}"' if small else 'width="100%"'
    open_tag = f'<svg class="{name}" viewBox="{view}" {place} role="img" aria-label="{label}">'
    return f"{open_tag}{said}{''.join(parts)}</svg>"


def number(value: float) -> str:
    """A coordinate with one decimal at most: 12, 12.5."""
    return f"{round(value, 1):g}"


def words(x: float, y: float, text: str, *, size: Size, anchor: str = "middle", kind: str = "") -> str:
    """A text; public ones are larger by class, for nothing may be styled on the spot."""
    names = " ".join(one for one in (kind, "big" if size is Size.PUBLIC else "") if one)
    of = f' class="{names}"' if names else ""
    return f'<text{of} x="{number(x)}" y="{number(y)}" text-anchor="{anchor}">{escape(text)}</text>'


def box(kind: str, x: float, y: float, width: float, height: float) -> str:
    """A filled box; nothing when it has no height."""
    if height <= 0 or width <= 0:
        return ""
    at = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect class="{kind}" {at}/>'


def stroke(kind: str, *points: tuple[float, float]) -> str:
    """A line through the points; nothing for less than two."""
    if len(points) < 2:
        return ""
    path = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f'<path class="{kind}" d="M{path}"/>'


def most(values: Sequence[float], least: float = 1) -> float:
    """The value at the top of a scale: a round one (1, 2, 3, 4, 5, 6, 8, 10, 20 …) not below any of them."""
    largest = max([least, *values])
    step = 1.0
    while True:
        for factor in (1, 2, 3, 4, 5, 6, 8):
            if step * factor >= largest:
                return step * factor
        step *= 10
