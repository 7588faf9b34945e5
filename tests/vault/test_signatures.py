"""Signed statements: checked offline with a public key, wrong after any change."""

import copy

import pytest

from huying.vault import signatures
from huying.vault.signatures import SignatureWrong

RECEIPT = {"number": "2026-0731", "at": "2026-11-24T00:31:16.000000Z", "content": "ab" * 32, "head": "cd" * 32}


def test_a_signed_statement_is_checked_with_the_public_key_alone(ring):
    signed = signatures.sign(ring, RECEIPT)
    published = dict(signatures.public_keys(ring))
    assert signatures.verify(signed, keys=published) == RECEIPT


@pytest.mark.parametrize(
    "change",
    [
        {"statement": RECEIPT | {"number": "2026-0732"}},
        {"statement": RECEIPT | {"more": None}},
        {"statement": {}},
        {"statement": None},
        {"signature": "AAAA"},
        {"signature": ""},
        {"signature": "!"},
        {"signature": None},
        {"key_id": "00000000"},
        {"key_id": ["00000000"]},
    ],
)
def test_a_changed_statement_is_found(ring, change):
    altered = copy.deepcopy(signatures.sign(ring, RECEIPT)) | change
    with pytest.raises(SignatureWrong, match="签名不符"):
        signatures.verify(altered, keys=signatures.public_keys(ring))


def test_another_house_cannot_sign_for_us(ring, foreign):
    forged = signatures.sign(foreign, RECEIPT)
    with pytest.raises(SignatureWrong):
        signatures.verify(forged, keys=signatures.public_keys(ring))
    forged["key_id"] = next(iter(signatures.public_keys(ring)))
    with pytest.raises(SignatureWrong):
        signatures.verify(forged, keys=signatures.public_keys(ring))


def test_a_public_key_that_is_none_proves_nothing(ring):
    signed = signatures.sign(ring, RECEIPT)
    for broken in ("", "AAAA", "!"):
        with pytest.raises(SignatureWrong):
            signatures.verify(signed, keys={signed["key_id"]: broken})


def test_a_statement_signed_before_the_rotation_still_holds(ring, rotated):
    signed = signatures.sign(ring, RECEIPT)
    assert signatures.verify(signed, keys=signatures.public_keys(rotated)) == RECEIPT
    assert list(signatures.public_keys(rotated))[1] == signed["key_id"]


def test_the_order_in_which_it_was_written_does_not_matter(ring):
    turned = dict(reversed(RECEIPT.items()))
    assert signatures.sign(ring, RECEIPT)["signature"] == signatures.sign(ring, turned)["signature"]


def test_a_statement_travels_as_one_line(ring):
    signed = signatures.sign(ring, RECEIPT | {"school": "澄川县实验小学"})
    text = signatures.to_text(signed)
    assert text.isascii()
    assert "\n" not in text
    assert signatures.from_text(f" {text}\n") == signed
    assert (
        signatures.verify(signatures.from_text(text), keys=signatures.public_keys(ring))["school"] == "澄川县实验小学"
    )


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"statement":{},"key_id":""}', "[" * 100_000, "\0"])
def test_another_text_is_no_statement(text):
    with pytest.raises(SignatureWrong):
        signatures.from_text(text)
