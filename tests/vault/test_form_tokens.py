"""The form token: the same code after a refresh, and nothing but our own fresh tokens opens."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.vault import fields, tokens
from huying.vault.tokens import Expired, Forged, FormToken, TokenRefused

MORNING = datetime(2026, 11, 24, 0, 31, 16, tzinfo=UTC)
DAY = timedelta(hours=24)
KEPT = FormToken(code="0000000000005724", token_id="6f1c" * 8, at=MORNING)


def sealed(ring) -> str:
    return tokens.make_form_token(ring, code=KEPT.code, at=MORNING, token_id=KEPT.token_id)


def test_a_token_keeps_code_id_and_time(ring):
    assert tokens.open_form_token(ring, sealed(ring), at=MORNING + timedelta(hours=3)) == KEPT


def test_a_token_opens_again_and_again(ring):
    token = sealed(ring)
    assert tokens.open_form_token(ring, token, at=MORNING) == tokens.open_form_token(ring, token, at=MORNING + DAY)


def test_a_token_tells_nothing(ring):
    token = sealed(ring)
    assert "5724" not in token
    assert token.isascii()
    assert set(token).isdisjoint("=+/. \n")
    assert "5724" not in repr(KEPT)


def test_after_a_day_it_is_too_old(ring):
    with pytest.raises(Expired, match="重新提交"):
        tokens.open_form_token(ring, sealed(ring), at=MORNING + DAY + timedelta(seconds=1))


def test_the_age_can_be_set(ring):
    with pytest.raises(Expired):
        tokens.open_form_token(ring, sealed(ring), at=MORNING + timedelta(minutes=11), max_age=timedelta(minutes=10))


def test_a_clock_set_back_refuses_nobody(ring):
    assert tokens.open_form_token(ring, sealed(ring), at=MORNING - timedelta(days=30)) == KEPT


def test_an_older_key_still_opens(ring, rotated):
    assert tokens.open_form_token(rotated, sealed(ring), at=MORNING) == KEPT


@pytest.mark.parametrize(
    "token",
    ["", " ", "\0", "a", "中文", "A" * 200, "=" * 8, "..", urlsafe_b64encode(bytes(99)).decode(), "x" * 100_000],
)
def test_nonsense_is_refused(ring, token):
    with pytest.raises(Forged, match="无法识别"):
        tokens.open_form_token(ring, token, at=MORNING)


def test_a_token_of_another_house_is_refused(ring, foreign):
    with pytest.raises(Forged):
        tokens.open_form_token(ring, sealed(foreign), at=MORNING)


def test_a_sealed_field_is_no_token(ring):
    with pytest.raises(Forged):
        tokens.open_form_token(ring, fields.seal(ring, "x", row="r", field="f"), at=MORNING)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10_000), sign=st.sampled_from("AZaz09-_"))
def test_one_altered_sign_is_enough(ring, place, sign):
    token = sealed(ring)
    place %= len(token)
    altered = token[:place] + sign + token[place + 1 :]
    if altered != token:
        with pytest.raises(TokenRefused):
            tokens.open_form_token(ring, altered, at=MORNING)


def test_a_cut_token_is_refused(ring):
    token = sealed(ring)
    for length in (1, 5, 20, 30, len(token) - 2):
        with pytest.raises(Forged):
            tokens.open_form_token(ring, token[:length], at=MORNING)
