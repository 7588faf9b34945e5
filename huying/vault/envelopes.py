"""Old keys in an envelope: for as long as copies last that only they can read, and of no use without its code.

The code has 125 random bits and stands on paper alone, so it needs no slow derivation: nobody guesses it.
"""

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from huying.vault.keys import KeyFault, KeyUnreadable, Purpose

KIND = "huying envelope"
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LETTERS = 25
NONCE_BYTES = 12

KeyFile = tuple[Purpose, int, bytes]


def new_code() -> str:
    """Five groups of five letters that look like no others."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
    return "-".join(letters[at : at + 5] for at in range(0, CODE_LETTERS, 5))


def seal(keys: Sequence[KeyFile], *, code: str) -> str:
    """The envelope as text: these keys with their places, readable with this code."""
    inside = [[purpose.value, place, base64.b64encode(secret).decode()] for purpose, place, secret in keys]
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_key(code)).encrypt(nonce, json.dumps(inside).encode(), KIND.encode())
    return json.dumps({"kind": KIND, "sealed": base64.b64encode(nonce + sealed).decode()})


def open_(text: str, *, code: str) -> list[KeyFile]:
    """The keys in an envelope. Raises KeyFault for a wrong code, KeyUnreadable for what is no envelope."""
    try:
        said = json.loads(text)
        sealed = base64.b64decode(said["sealed"], validate=True) if said["kind"] == KIND else b""
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise KeyUnreadable("这不是装密钥的信封") from error
    if len(sealed) <= NONCE_BYTES:
        raise KeyUnreadable("这不是装密钥的信封")
    try:
        inside = AESGCM(_key(code)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], KIND.encode())
    except InvalidTag:
        raise KeyFault("开封码不对，或者信封被改过") from None
    return [(Purpose(purpose), int(place), base64.b64decode(secret)) for purpose, place, secret in json.loads(inside)]


def read(file: Path) -> str:
    """The text of an envelope. Raises KeyUnreadable."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KeyUnreadable(f"信封 {file} 读不出来：{error}") from error


def _key(code: str) -> bytes:
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return hashlib.sha256(KIND.encode() + b"\0" + plain.encode()).digest()
