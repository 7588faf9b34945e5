"""The receipt as a picture that every phone can keep: digits only, nothing to scan."""

import zlib
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
    drawn = Image.new("P", (WIDTH, HEIGHT), 0)
    drawn.putpalette(_PALETTE)
    lines = [groups[start : start + A_LINE] for start in range(0, len(groups), A_LINE)]
    top = (HEIGHT - LINE * len(lines)) // 2
    for place, line in enumerate(lines):
        _write("  ".join(line), drawn, top=top + LINE * place)
    kept = BytesIO()
    # Long runs of paper are all there is to press together.
    drawn.save(kept, "PNG", bits=2, compress_level=1, compress_type=zlib.Z_RLE)
    return kept.getvalue()


def _write(line: str, drawn: Image.Image, *, top: int) -> None:
    signs = [_sign(sign) for sign in line]
    left = (WIDTH - sum(sign.width for sign in signs)) // 2
    for sign in signs:
        drawn.paste(sign, (left, top))
        left += sign.width


@cache
def _sign(sign: str) -> Image.Image:
    """A digit or a space as it stands in every picture, drawn once: all digits are of one width."""
    font = _font()
    drawn = Image.new("L", (round(font.getlength(sign)), LINE), 0)
    ImageDraw.Draw(drawn).text((0, LINE / 2), sign, 255, font, anchor="lm")
    # Of the mode of the picture, so that pasting has nothing to convert.
    return drawn.point(_STEPS, "L").convert("P")


@cache
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(SIZE)
