"""Codes of six digits that a telephone shows anew every thirty seconds (TOTP, RFC 6238 with SHA-1, as every
authenticator app has it), and the codes on paper for the day the telephone is gone."""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20
# A telephone's clock may be half a minute wrong either way.
DRIFT = (0, -1, 1)
# No letters that are taken for digits: they are typed from paper. 10 of 31 letters are 49 bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
PAPER_LENGTH = 10
PAPER_CODES = 8
_SHOWN = re.compile(rf"\d{{{DIGITS}}}")
_PAPER = re.compile(rf"(?P<place>[1-{PAPER_CODES}])(?P<word>[{LETTERS}]{{{PAPER_LENGTH}}})")


def new_secret(draw: Callable[[int], bytes]) -> str:
    """A secret in base32; `draw` gives so many secret random bytes."""
    return base64.b32encode(draw(SECRET_BYTES)).decode()


def grouped(secret: str) -> str:
    """The secret in groups of four letters, for typing."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def address(secret: str, *, login: str, house: str) -> str:
    """What the picture for the telephone says: an otpauth address with the name of the house and the login."""
    label = quote(f"{house}:{login}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': house}, quote_via=quote)}"


def step_at(moment: datetime) -> int:
    """The number of the half minute."""
    return int(moment.timestamp()) // STEP_SECONDS


def code(secret: str, step: int) -> str:
    """The six digits that the telephone shows in that half minute."""
    mac = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = mac[-1] & 0x0F
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def matching_step(secret: str, said: str, *, at: datetime, after: int) -> int | None:
    """The half minute whose code was said, if it is about now and later than `after`; None otherwise.

    Whoever keeps the returned step as the next `after` lets no code be used twice. A clock that was set back fails
    closed.
    """
    plain = re.sub(r"\s", "", said)
    if not (_SHOWN.fullmatch(plain) and plain.isascii()):
        return None
    now = step_at(at)
    steps = [now + drift for drift in DRIFT if now + drift > after]
    return next((step for step in steps if hmac.compare_digest(code(secret, step), plain)), None)


def paper_words(draw: Callable[[int], int]) -> list[str]:
    """What is printed, without its place: `draw` gives a secret random number below the one it is asked for."""
    return ["".join(LETTERS[draw(len(LETTERS))] for _ in range(PAPER_LENGTH)) for _ in range(PAPER_CODES)]


def paper_code(place: int, word: str) -> str:
    """A code as it is printed: 3-abcde-fghjk."""
    return f"{place}-{word[:5]}-{word[5:]}"


def paper_parts(said: str) -> tuple[int, str] | None:
    """The place and the word of a code from paper, however it was typed; None for anything else."""
    found = _PAPER.fullmatch(re.sub(r"[\s\-－—]", "", said).lower())
    return (int(found["place"]), found["word"]) if found else None
