"""Tokens of invitations: printed once on paper, kept as a keyed digest (HMAC-SHA-256)."""

import hashlib
import hmac
import re
from collections.abc import Callable

from huying.vault.codes import KeyedDigest
from huying.vault.keys import Key, KeyRing, Purpose

# No letters that are taken for digits: some will type it from paper. 20 of 31 letters are 99 bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 20
_SHAPE = re.compile(rf"[{LETTERS}]{{{LENGTH}}}")


def new_token(draw: Callable[[int], int]) -> str:
    """A token; `draw` gives a secret random number below the one it is asked for."""
    return "".join(LETTERS[draw(len(LETTERS))] for _ in range(LENGTH))


def digest(ring: KeyRing, token: str) -> KeyedDigest:
    """What is stored for a token."""
    return _digest(ring.current(Purpose.RECEIPT_CODE), token)


def candidates(ring: KeyRing, token: str) -> list[KeyedDigest]:
    """Every digest this token may be stored under; none for what can be no token."""
    if not _SHAPE.fullmatch(token):
        return []
    return [_digest(key, token) for key in ring.newest_first(Purpose.RECEIPT_CODE)]


def _digest(key: Key, token: str) -> KeyedDigest:
    # The word before it keeps these digests apart from those of receipt codes, which are digits only.
    return KeyedDigest(key.id, hmac.new(key.secret, f"invitation {token}".encode(), hashlib.sha256).hexdigest())
