"""The picture of a receipt: small, light, and different for every code."""

from io import BytesIO

from PIL import Image

from huying.papers import receipt

GROUPS = ["4821", "0937", "5520", "1163"]


def test_the_picture_is_a_small_png_without_hidden_data():
    drawn = Image.open(BytesIO(receipt.picture(GROUPS)))
    assert (drawn.format, drawn.size, drawn.info.get("exif")) == ("PNG", (640, 360), None)
    assert len(receipt.picture(GROUPS)) < 8_000


def test_every_digit_stands_inside_the_picture():
    drawn = Image.open(BytesIO(receipt.picture(GROUPS))).convert("L").point(lambda light: 255 if light < 128 else 0)
    left, top, right, bottom = drawn.getbbox()
    assert left > 20
    assert right < 620
    assert top > 60
    assert bottom < 300


def test_another_code_is_another_picture():
    assert receipt.picture(GROUPS) != receipt.picture([*GROUPS[:3], "1164"])
