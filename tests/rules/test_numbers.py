"""Receipt codes and appeal numbers: what people write down, read aloud and type again."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.rules import numbers

codes = st.integers(0, 10**15 - 1).map(lambda drawn: numbers.receipt_code(lambda _: drawn))


def test_a_code_is_fifteen_drawn_digits_and_a_check_digit():
    asked = []

    def draw(n: int) -> int:
        asked.append(n)
        return 572

    assert numbers.receipt_code(draw) == "0000000000005724"
    assert asked == [10**15]


@pytest.mark.parametrize(("digits", "check"), [("572", "4"), ("0", "0"), ("", "0"), ("1", "3"), ("43881234567", "9")])
def test_the_check_digit_is_damms(digits, check):
    assert numbers.check_digit(digits) == check  # 572 → 4 is the example of Damm's paper


@given(codes)
def test_every_code_is_well_formed(code):
    assert numbers.is_well_formed(code)
    assert len(code) == 16


@given(codes, st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_is_caught(code, place, shift):
    wrong = str((int(code[place]) + shift) % 10)
    assert not numbers.is_well_formed(code[:place] + wrong + code[place + 1 :])


@given(codes, st.integers(0, 14))
def test_two_neighbours_swapped_are_caught(code, place):
    first, second = code[place], code[place + 1]
    swapped = code[:place] + second + first + code[place + 2 :]
    assert numbers.is_well_formed(swapped) == (first == second)


@pytest.mark.parametrize(
    "text",
    ["", "0", "0" * 15, "0" * 17, "0" * 15 + "\n", "0" * 16 + "\n", "０" * 16, "٠" * 16, "abcd" * 4, "0" * 15 + " "],
)
def test_what_is_not_sixteen_plain_digits_is_no_code(text):
    assert not numbers.is_well_formed(text)


@pytest.mark.parametrize(
    "typed",
    [
        "1234567890123456",
        "1234 5678 9012 3456",
        "１２３４　５６７８　９０１２　３４５６",
        "1234-5678-9012-3456",
        "1234—5678–9012-3456",
        " 1234.5678.9012.3456\r\n",
        "1234\u200b5678\ufeff9012\u00a03456",
        "1234、5678，9012。3456",
    ],
)
def test_a_code_may_be_typed_as_people_type(typed):
    assert numbers.normalise(typed) == "1234567890123456"


def test_letters_are_not_swallowed():
    assert numbers.normalise("查询码 1234") == "查询码1234"


def test_a_code_is_shown_in_fours():
    assert numbers.grouped("1234567890123456") == "1234 5678 9012 3456"


@given(codes)
def test_what_is_shown_is_read_again(code):
    assert numbers.normalise(numbers.grouped(code)) == code


def test_the_same_seed_gives_the_same_codes():
    first, second = random.Random(731), random.Random(731)
    assert [numbers.receipt_code(first.randrange) for _ in range(3)] == [
        numbers.receipt_code(second.randrange) for _ in range(3)
    ]


@pytest.mark.parametrize(
    ("year", "sequence", "shown"),
    [(2026, 1, "2026-0001"), (2026, 731, "2026-0731"), (2026, 9999, "2026-9999"), (2026, 10_000, "2026-10000")],
)
def test_a_number_has_its_year_and_at_least_four_digits(year, sequence, shown):
    assert numbers.appeal_number(year, sequence) == shown
    assert numbers.parse_appeal_number(shown) == (year, sequence)
    assert str(numbers.AppealNumber(year, sequence)) == shown


@pytest.mark.parametrize("typed", [" 2026-0731 ", "２０２６－０７３１", "2026—0731", "2026–0731"])
def test_a_number_may_be_typed_as_people_type(typed):
    assert numbers.parse_appeal_number(typed) == numbers.AppealNumber(2026, 731)


@pytest.mark.parametrize("text", ["", "2026", "2026-731", "2026-00731", "26-0731", "2026-0731a", "x2026-0731", "2026-"])
def test_another_text_is_no_number(text):
    with pytest.raises(numbers.NotAnAppealNumber, match="2026-0731"):
        numbers.parse_appeal_number(text)
