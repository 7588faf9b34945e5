"""The form token: it keeps a receipt code between the check page and the filing, where no database knows it yet.

Sealed with AES-256-GCM. Whoever holds the token cannot read it; a refresh or a second click brings the same code and
the same token id, and the id is what makes the appeal unique.
"""

import base64
import binascii
import json
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from huying.vault.keys import KeyMissing, KeyRing, Purpose

FORM_TOKEN_AGE = timedelta(hours=24)
_BOUND_TO = b"huying form token 1"
_KEY_ID_BYTES = 4
_NONCE_BYTES = 12


class TokenRefused(ValueError):
    """The form cannot be accepted with this token. The text can be shown to the person."""


class Expired(TokenRefused):
    """The token was ours, too long ago."""

    def __init__(self) -> None:
        super().__init__("这张表打开得太久了，请重新提交一次。您写的内容还在。")


class Forged(TokenRefused):
    """The token is empty, altered, cut, of another purpose, or under a key that is gone."""

    def __init__(self) -> None:
        super().__init__("这张表无法识别，请重新打开后再提交。")


@dataclass(frozen=True)
class FormToken:
    """What the token kept: the code in plain digits (never printed by accident), its id, and when it was made."""

    code: str = field(repr=False)
    token_id: str
    at: datetime


def make_form_token(ring: KeyRing, *, code: str, at: datetime, token_id: str) -> str:
    """A sealed token in letters, digits, `-` and `_`, fit for a hidden field."""
    key = ring.current(Purpose.FORM_TOKEN)
    nonce = os.urandom(_NONCE_BYTES)
    plain = json.dumps([code, token_id, at.isoformat()]).encode()
    sealed = AESGCM(key.secret).encrypt(nonce, plain, _BOUND_TO)
    return _spelled(bytes.fromhex(key.id) + nonce + sealed)


def open_form_token(ring: KeyRing, token: str, *, at: datetime, max_age: timedelta = FORM_TOKEN_AGE) -> FormToken:
    """What was sealed. Raises Expired when older than `max_age`, Forged for anything we did not make.

    A token from the future is accepted: the server's clock was set back, and nobody else can make one.
    """
    code, token_id, made = _unsealed(ring, token)
    opened = FormToken(code=code, token_id=token_id, at=datetime.fromisoformat(made))
    if at - opened.at > max_age:
        raise Expired
    return opened


def _unsealed(ring: KeyRing, token: str) -> list[str]:
    try:
        data = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        if _spelled(data) != token:  # base64 has idle bits: a token has one spelling only
            raise Forged
        key = ring.find(Purpose.FORM_TOKEN, data[:_KEY_ID_BYTES].hex())
        nonce, sealed = data[_KEY_ID_BYTES:][:_NONCE_BYTES], data[_KEY_ID_BYTES + _NONCE_BYTES :]
        plain: list[str] = json.loads(AESGCM(key.secret).decrypt(nonce, sealed, _BOUND_TO))
    except (ValueError, binascii.Error, InvalidTag, KeyMissing) as error:
        raise Forged from error
    return plain


def _spelled(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
