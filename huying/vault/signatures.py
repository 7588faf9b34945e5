"""Statements signed with Ed25519: the receipt in a parent's hand that no later change of the database can undo.

A signed statement is a small dict {statement, key_id, signature}; whoever has the public keys can check it offline.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, TypedDict

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from huying.vault.keys import Key, KeyRing, Purpose

_CONTEXT = b"huying statement 1\n"


class SignatureWrong(ValueError):
    """The statement was altered, or somebody else signed it."""

    def __init__(self) -> None:
        super().__init__("签名不符：这份凭证被改动过，或不是由本系统开具的。")


class SignedStatement(TypedDict):
    """What is printed on the receipt page."""

    statement: dict[str, Any]
    key_id: str
    signature: str


def sign(ring: KeyRing, statement: dict[str, Any]) -> SignedStatement:
    """The statement with a signature of the current key."""
    key = ring.current(Purpose.SIGNATURE)
    signature = _private(key).sign(_spelled(statement))
    return {"statement": statement, "key_id": key.id, "signature": base64.b64encode(signature).decode()}


def public_keys(ring: KeyRing) -> dict[str, str]:
    """All public keys by id, in base64: to be published, and kept by whoever wants to check statements."""
    return {
        key.id: base64.b64encode(_private(key).public_key().public_bytes_raw()).decode()
        for key in ring.newest_first(Purpose.SIGNATURE)
    }


def verify(signed: SignedStatement, *, keys: Mapping[str, str]) -> dict[str, Any]:
    """The statement, when one of these public keys signed it just so. Raises SignatureWrong."""
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(keys[signed["key_id"]], validate=True))
        signature = base64.b64decode(signed["signature"], validate=True)
        public.verify(signature, _spelled(signed["statement"]))
    except (KeyError, TypeError, ValueError, binascii.Error, InvalidSignature) as error:
        raise SignatureWrong from error
    return signed["statement"]


def to_text(signed: SignedStatement) -> str:
    """One line of ASCII that can be copied, printed as a QR code, or saved as a file."""
    return json.dumps(signed, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> SignedStatement:
    """What `to_text` wrote. Nothing is checked but the form. Raises SignatureWrong."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SignatureWrong from error
    if not isinstance(found, dict) or set(found) != {"statement", "key_id", "signature"}:
        raise SignatureWrong
    return SignedStatement(statement=found["statement"], key_id=found["key_id"], signature=found["signature"])


def _private(key: Key) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(key.secret)


def _spelled(statement: dict[str, Any]) -> bytes:
    return _CONTEXT + json.dumps(statement, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
