"""Keyed digests of receipt codes and phones: found again by whoever has the key, told to nobody."""

import hashlib
import hmac
from datetime import date

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


TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


def test_an_address_is_counted_under_a_key_that_is_another_tomorrow(ring, foreign):
    today = codes.address_key(ring, "203.0.113.7", on=TUESDAY)
    assert len(today) == 32
    assert today == codes.address_key(ring, "203.0.113.7", on=TUESDAY)
    assert today != codes.address_key(ring, "203.0.113.7", on=WEDNESDAY)
    assert today != codes.address_key(ring, "203.0.113.8", on=TUESDAY)
    assert today != codes.address_key(foreign, "203.0.113.7", on=TUESDAY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("203.0.113.7", " 203.0.113.7\n"),
        ("203.0.113.7", "::ffff:203.0.113.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("", "no address"),
        ("999.1.1.1", "@socket"),
    ],
)
def test_one_customer_is_one_address(ring, one, other):
    assert codes.address_key(ring, one, on=TUESDAY) == codes.address_key(ring, other, on=TUESDAY)


def test_two_customers_are_two_addresses(ring):
    here, there = (codes.address_key(ring, each, on=TUESDAY) for each in ("2001:db8:1:2::1", "2001:db8:1:3::1"))
    assert here != there
