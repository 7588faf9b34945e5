"""Fields that only the key reads: AES-256-GCM with a random nonce, bound to their row and field.

A sealed value is text, `1.<key id>.<base64 of nonce and ciphertext>`. Moved to another row or field it does not open.
"""

import base64
import binascii
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from huying.vault.keys import KeyRing, Purpose

_FORM = "1"
_NONCE_BYTES = 12


class NotOurs(ValueError):
    """The sealed value was altered, moved from another row or field, or never sealed here."""


def seal(ring: KeyRing, value: str | dict[str, Any], *, row: str, field: str) -> str:
    """The value, unreadable without the key and useless in any other row or field."""
    key = ring.current(Purpose.FIELDS)
    nonce = os.urandom(_NONCE_BYTES)
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    sealed = AESGCM(key.secret).encrypt(nonce, plain, _bound_to(row, field))
    return f"{_FORM}.{key.id}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def open_(ring: KeyRing, sealed: str, *, row: str, field: str) -> Any:
    """What was sealed for this row and field: a text or a dict. Raises NotOurs, KeyMissing."""
    form, key_id, body = _parts(sealed)
    if form != _FORM:
        raise NotOurs("未知的加密格式。")
    key = ring.find(Purpose.FIELDS, key_id)
    try:
        plain = AESGCM(key.secret).decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], _bound_to(row, field))
    except (InvalidTag, ValueError) as error:
        raise NotOurs("这个加密字段被改动过，或不属于这一行。") from error
    return json.loads(plain.decode("utf-8", "surrogatepass"))


def is_current(ring: KeyRing, sealed: str) -> bool:
    """True when the current key sealed it: nothing to do when keys are rotated."""
    return _parts(sealed)[1] == ring.current(Purpose.FIELDS).id


def prefix(ring: KeyRing) -> str:
    """How every value begins that the current key sealed."""
    return f"{_FORM}.{ring.current(Purpose.FIELDS).id}."


def reseal(ring: KeyRing, sealed: str, *, row: str, field: str) -> str:
    """The same value under the current key; unchanged where it already is. Raises NotOurs, KeyMissing."""
    if is_current(ring, sealed):
        return sealed
    return seal(ring, open_(ring, sealed, row=row, field=field), row=row, field=field)


def _parts(sealed: str) -> tuple[str, str, bytes]:
    try:
        form, key_id, body = sealed.split(".")
        plain = base64.urlsafe_b64decode(body.encode("ascii"))
    except (ValueError, binascii.Error) as error:
        raise NotOurs("这不是一个加密字段。") from error
    if base64.urlsafe_b64encode(plain).decode() != body:  # base64 has idle bits: a value has one spelling only
        raise NotOurs("这不是一个加密字段。")
    return form, key_id, plain


def _bound_to(row: str, field: str) -> bytes:
    # As JSON, not joined by a sign: "a:b" + "c" and "a" + "b:c" must not be the same place.
    return json.dumps(["huying field", row, field]).encode()
