"""Codes that change every half minute, as RFC 6238 has them, and codes on paper."""

import random
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from huying.vault import one_time

# The secret of the RFC's examples: the twenty bytes "12345678901234567890".
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    # RFC 6238, appendix B, SHA-1: the last six of eight digits.
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_examples_of_the_standard(seconds, code):
    moment = datetime.fromtimestamp(seconds, tz=UTC)
    assert one_time.code(SECRET, one_time.step_at(moment)) == code


@pytest.mark.parametrize(("seconds", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_telephone_may_be_half_a_minute_wrong(seconds, is_right):
    said = one_time.code(SECRET, one_time.step_at(NOON + timedelta(seconds=seconds)))
    assert (one_time.matching_step(SECRET, said, at=NOON, after=0) is not None) is is_right


def test_a_code_counts_once_and_none_before_it_afterwards():
    now = one_time.step_at(NOON)
    assert one_time.matching_step(SECRET, one_time.code(SECRET, now), at=NOON, after=now) is None
    assert one_time.matching_step(SECRET, one_time.code(SECRET, now - 1), at=NOON, after=now) is None
    assert one_time.matching_step(SECRET, one_time.code(SECRET, now + 1), at=NOON, after=now) == now + 1


def test_a_clock_that_was_set_back_opens_nothing():
    used = one_time.step_at(NOON)
    earlier = NOON - timedelta(days=1)
    said = one_time.code(SECRET, one_time.step_at(earlier))
    assert one_time.matching_step(SECRET, said, at=earlier, after=used) is None


@pytest.mark.parametrize("said", ["", "12345", "1234567", "abcdef", "１２３４５６", "\0" * 6, "12 34 5", "-12345"])
def test_what_is_no_code_is_none(said):
    assert one_time.matching_step(SECRET, said, at=NOON, after=0) is None


def test_a_code_may_be_typed_in_groups():
    code = one_time.code(SECRET, one_time.step_at(NOON))
    assert one_time.matching_step(SECRET, f" {code[:3]} {code[3:]}", at=NOON, after=0) == one_time.step_at(NOON)


def test_the_picture_says_secret_house_and_login():
    said = one_time.address(SECRET, login="t101", house="呼应")
    parts = urlsplit(said)
    assert (parts.scheme, parts.netloc, unquote(parts.path)) == ("otpauth", "totp", "/呼应:t101")
    assert parse_qs(parts.query) == {"secret": [SECRET], "issuer": ["呼应"]}


def test_a_secret_has_twenty_random_bytes_and_is_read_in_groups():
    secret = one_time.new_secret(random.Random(1).randbytes)
    assert (len(secret), one_time.grouped(secret).replace(" ", "")) == (32, secret)
    assert [len(part) for part in one_time.grouped(secret).split()] == [4] * 8


def test_eight_words_for_paper_none_like_another():
    words = one_time.paper_words(random.Random(1).randrange)
    assert (len(words), len(set(words)), {len(word) for word in words}) == (8, 8, {10})
    assert not set("".join(words)) & set("01ilo")


@pytest.mark.parametrize("said", ["3-abcde-fghjk", "3abcdefghjk", " 3 ABCDE fghjk ", "3－abcde—fghjk"])
def test_a_code_from_paper_is_known_however_it_is_typed(said):
    assert one_time.paper_parts(said) == (3, "abcdefghjk")


@pytest.mark.parametrize(
    "said", ["", "123456", "9-abcde-fghjk", "0-abcde-fghjk", "3-abcde-fghj", "3-abcde-fgh1k", "\0", "3"]
)
def test_anything_else_is_no_code_from_paper(said):
    assert one_time.paper_parts(said) is None
