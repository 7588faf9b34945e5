"""Old keys in an envelope: whole again with the code, of no use without it."""

import json

import pytest

from huying.vault import envelopes, keys
from huying.vault.keys import KeyFault, KeyUnreadable, Purpose

KEYS = [(Purpose.FIELDS, 1, b"f" * 32), (Purpose.PHONE_INDEX, 2, b"p" * 32)]


def test_what_was_enclosed_comes_out_with_the_code_however_it_is_typed():
    code = envelopes.new_code()
    text = envelopes.seal(KEYS, code=code)
    assert envelopes.open_(text, code=code) == KEYS
    assert envelopes.open_(text, code=f"  {code.lower().replace('-', ' ')} ") == KEYS
    assert "ffff" not in text and "Zmbm" not in text


def test_a_code_has_twenty_five_letters_that_look_like_no_others():
    codes = {envelopes.new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code.replace("-", "")) == 25 and not set(code) & set("IO01") for code in codes)


def test_a_wrong_code_or_a_changed_envelope_opens_nothing():
    code = envelopes.new_code()
    text = envelopes.seal(KEYS, code=code)
    with pytest.raises(KeyFault, match="开封码不对"):
        envelopes.open_(text, code=envelopes.new_code())
    sealed = json.loads(text)["sealed"]
    bent = text.replace(sealed[20:24], sealed[20:24].swapcase())
    with pytest.raises(KeyFault):
        envelopes.open_(bent, code=code)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"kind": "x", "sealed": ""}', '{"kind": "huying envelope"}',
                                  '{"kind": "huying envelope", "sealed": "***"}'])  # fmt: skip
def test_what_is_no_envelope_is_said(text, tmp_path):
    with pytest.raises(KeyUnreadable):
        envelopes.open_(text, code="A")
    with pytest.raises(KeyUnreadable):
        envelopes.read(tmp_path / "none")


def test_an_older_key_stands_in_its_place_again_and_never_writes(tmp_path):
    folder = tmp_path / "keys"
    ring = keys.create(folder)
    first = ring.current(Purpose.FIELDS)
    keys.add_key(folder, Purpose.FIELDS)
    old = keys.older(folder, Purpose.FIELDS)
    assert old == [(Purpose.FIELDS, 1, first.secret)]
    keys.retire_key(folder, Purpose.FIELDS, first.id)
    keys.put_back(folder, *old[0])
    keys.put_back(folder, *old[0])
    assert keys.load(folder).find(Purpose.FIELDS, first.id) == first
    assert keys.load(folder).current(Purpose.FIELDS) != first
    for place, secret in ((2, b"x" * 32), (3, b"x" * 32), (0, b"x" * 32), (1, b"short")):
        with pytest.raises(KeyFault, match="放不回去"):
            keys.put_back(folder, Purpose.FIELDS, place, secret)
