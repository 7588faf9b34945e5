"""The receipt as a picture that every phone can keep: digits only, nothing to scan."""

from functools import cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 640, 360
SIZE, LINE = 96, 120
PAPER, INK = (255, 254, 250), (27, 35, 37)
A_LINE = 2
SHADES = 4
# From paper to ink in so many steps: an edge needs no more, and two bits a point are soon packed.
_PALETTE: Final = [
    round(paper + (ink - paper) * shade / (SHADES - 1))
    for shade in range(SHADES)
    for paper, ink in zip(PAPER, INK, strict=True)
]
_STEPS: Final = [light * SHADES // 256 for light in range(256)]


def picture(groups: list[str]) -> bytes:
    """A PNG of 640 × 360 with the groups of a code, two a line, dark on light: it may be printed or forwarded."""
    drawn = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(drawn)
    lines = ["  ".join(groups[start : start + A_LINE]) for start in range(0, len(groups), A_LINE)]
    top = (HEIGHT - LINE * (len(lines) - 1)) / 2
    for place, line in enumerate(lines):
        pen.text((WIDTH / 2, top + LINE * place), line, 255, _font(), anchor="mm")
    inked = drawn.point(_STEPS, "L")
    inked.putpalette(_PALETTE)
    kept = BytesIO()
    inked.save(kept, "PNG", bits=2, compress_level=3)
    return kept.getvalue()


@cache
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(SIZE)
