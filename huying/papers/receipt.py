"""The receipt as a picture that every phone can keep: digits only, nothing to scan."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 640, 360
SIZE, LINE = 96, 120
PAPER, INK = "#fffefa", "#1b2325"
A_LINE = 2


def picture(groups: list[str]) -> bytes:
    """A PNG of 640 × 360 with the groups of a code, two a line, dark on light: it may be printed or forwarded."""
    drawn = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(drawn)
    lines = ["  ".join(groups[start : start + A_LINE]) for start in range(0, len(groups), A_LINE)]
    top = (HEIGHT - LINE * (len(lines) - 1)) / 2
    for place, line in enumerate(lines):
        pen.text((WIDTH / 2, top + LINE * place), line, INK, ImageFont.load_default(SIZE), anchor="mm")
    kept = BytesIO()
    drawn.quantize(16).save(kept, "PNG", optimize=True)
    return kept.getvalue()
