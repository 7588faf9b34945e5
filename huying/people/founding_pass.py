"""The one-time pass to an installation that has no organisation yet: printed on the machine, never open on the network.

A file beside the database holds a digest only. The browser that uses the pass first keeps a secret of its own in its
session, and the pass is worth nothing from then on; another one can be printed at any time.
"""

import hashlib
import hmac
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

GOOD_FOR = timedelta(days=1)


def fresh(*, at: datetime) -> str:
    """A new pass; those before it are worth nothing."""
    token = secrets.token_urlsafe(24)
    _claimed().unlink(missing_ok=True)
    _write(_printed(), f"{_digest(token)} {(at + GOOD_FOR).isoformat()}")
    return token


def is_good(token: str, *, at: datetime) -> bool:
    """Whether the pass has been printed last, not been used, and is less than a day old."""
    digest, _space, until = _read(_printed()).partition(" ")
    return bool(until) and hmac.compare_digest(digest, _digest(token)) and at < datetime.fromisoformat(until)


def claim(token: str, *, at: datetime) -> str:
    """The secret of the browser that used the pass first; empty for everyone else."""
    if not is_good(token, at=at):
        return ""
    secret = secrets.token_urlsafe(24)
    try:
        _printed().rename(_claimed())
    except FileNotFoundError:
        return ""
    _write(_claimed(), _digest(secret))
    return secret


def holds(secret: str) -> bool:
    """Whether this is the secret of the browser that used the pass."""
    kept = _read(_claimed())
    return bool(secret) and bool(kept) and hmac.compare_digest(kept, _digest(secret))


def withdraw() -> None:
    """No pass is left: the organisation stands."""
    _printed().unlink(missing_ok=True)
    _claimed().unlink(missing_ok=True)


def _printed() -> Path:
    return Path(settings.DATA_DIR) / "founding"


def _claimed() -> Path:
    return Path(settings.DATA_DIR) / "founding.used"


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def _read(file: Path) -> str:
    return file.read_text("ascii").strip() if file.exists() else ""


def _write(file: Path, words: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(words)
