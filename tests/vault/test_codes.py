"""Keyed digests of receipt codes and phones: found again by whoever has the key, told to nobody."""

import hashlib
import hmac

import pytest

from huying.vault import codes, keys
from huying.vault.keys import Purpose

CODE = "0000000000005724"


def test_a_code_is_stored_as_a_keyed_digest(ring):
    key = ring.current(Purpose.RECEIPT_CODE)
    expected = hmac.new(key.secret, b"0000000000005724", hashlib.sha256).hexdigest()
    assert codes.code_digest(ring, CODE) == codes.KeyedDigest(key_id=key.id, digest=expected)


def test_another_house_stores_it_otherwise(ring, foreign):
    assert codes.code_digest(ring, CODE).digest != codes.code_digest(foreign, CODE).digest


def test_a_code_and_a_phone_never_share_a_digest(ring):
    assert codes.code_digest(ring, "13800005678").digest != codes.phone_index(ring, "13800005678").digest


def test_a_code_stored_before_the_rotation_is_among_the_candidates(ring, rotated):
    old = codes.code_digest(ring, CODE)
    new = codes.code_digest(rotated, CODE)
    assert codes.candidate_digests(rotated, CODE) == [new, old]
    assert old != new


def test_a_phone_stored_before_the_rotation_is_among_the_candidates(ring, rotated):
    old = codes.phone_index(ring, "138 0000 5678")
    assert codes.candidate_indexes(rotated, "13800005678") == [codes.phone_index(rotated, "13800005678"), old]


def test_with_the_key_retired_the_code_is_lost(tmp_path, ring, rotated):
    old = codes.code_digest(ring, CODE)
    keys.retire_key(tmp_path / "keys", Purpose.RECEIPT_CODE, old.key_id)
    assert old not in codes.candidate_digests(keys.load(tmp_path / "keys"), CODE)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("13800005678", "13800005678"),
        (" 138-0000-5678 ", "13800005678"),
        ("138 0000 5678", "13800005678"),
        ("１３８００００５６７８", "13800005678"),
        ("+86 138 0000 5678", "13800005678"),
        ("+8613800005678", "13800005678"),
        ("0086-13800005678", "13800005678"),
        ("8613800005678", "13800005678"),
        ("电话:13800005678(妈妈)", "13800005678"),
        ("0536-1234567", "05361234567"),
        ("(0536)1234567", "05361234567"),
        ("+86 536 1234567", "05361234567"),
        ("+86 0536 1234567", "05361234567"),
        ("1234567", "1234567"),
        ("0536-1234567转802", "05361234567x802"),
        ("0536-1234567 分机 802", "05361234567x802"),
        ("0536-1234567 ext. 802", "05361234567x802"),
        ("0536-1234567#802", "05361234567x802"),
        ("0536-1234567转", "05361234567"),
        ("8661234", "8661234"),
        ("+1 650 555 0100", "16505550100"),
        ("12345", "12345"),
    ],
)
def test_a_phone_is_the_same_however_it_is_typed(typed, plain):
    assert codes.normalise_phone(typed) == plain


@pytest.mark.parametrize("typed", ["", " ", "无", "1234", "不方便留", "+", "+86", "转 802802"])
def test_what_cannot_be_called_is_no_phone(ring, typed):
    for ask in (lambda: codes.phone_index(ring, typed), lambda: codes.candidate_indexes(ring, typed)):
        with pytest.raises(codes.NotAPhone, match="电话"):
            ask()
