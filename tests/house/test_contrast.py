"""The colours keep their distance, computed from the style sheet itself (WCAG 2.2, relative luminance)."""

import re
from pathlib import Path

import pytest

CSS = Path("huying/web/static/huying/shared.css").read_text("utf-8")
PAIRS = [  # foreground, background, wanted, where it is used
    ("ink", "paper", 7, "body on the page"),
    ("ink", "card", 7, "body on a card"),
    ("ink2", "paper", 7, "hints, times"),
    ("ink2", "card", 7, "hints on a card"),
    ("ink", "brand-wash", 7, "chosen card, notice"),
    ("ink", "warm-wash", 7, "warm notice, demonstration"),
    ("ink2", "brand-wash", 7, "second line of a chosen row"),
    ("brand", "paper", 7, "link"),
    ("brand", "card", 7, "link, button on a card"),
    ("brand", "brand-wash", 7, "current item"),
    ("brand", "warm-wash", 4.5, "link in a warm notice"),
    ("on-brand", "brand", 7, "main button"),
    ("on-brand", "brand-deep", 7, "main button, hover"),
    ("warm", "warm-wash", 7, "chip soon"),
    ("danger", "danger-wash", 7, "chip late"),
    ("danger", "paper", 7, "error, 110 and 120"),
    ("danger", "card", 7, "error on a card"),
    ("on-danger", "danger-solid", 7, "red-line banner"),
    ("ok", "ok-wash", 7, "chip done"),
    ("edge", "card", 3, "field border, radio"),
    ("edge", "paper", 3, "field border, radio"),
    ("focus", "paper", 3, "focus ring"),
    ("focus", "card", 3, "focus ring"),
    ("focus", "brand-wash", 3, "focus ring"),
    ("warm-line", "card", 3, "call arc, quote bar"),
    ("chart", "card", 3, "past bars"),
    ("chart", "paper", 3, "past bars"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def tokens(start: str) -> dict[str, str]:
    block = CSS[CSS.index(start) :]
    return dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", block[: block.index("}")]))


LIGHT = tokens(":root{")
DARK = tokens(":root:not(.light){")
CHOSEN_DARK = tokens("\n:root.dark{")


@pytest.mark.parametrize("name, theme", [("light", LIGHT), ("dark", DARK)])
def test_every_pair_that_meets_on_a_page_can_be_read(name, theme):
    short = [
        (front, back, round(ratio(theme[front], theme[back]), 2), use)
        for front, back, wanted, use in PAIRS
        if ratio(theme[front], theme[back]) < wanted
    ]
    assert short == []


def test_the_system_s_dark_and_the_reader_s_dark_are_the_same():
    assert DARK == CHOSEN_DARK
    assert DARK.keys() == LIGHT.keys()


def test_black_on_white_is_twenty_one_to_one():
    assert round(ratio("#000000", "#ffffff"), 2) == 21.0
