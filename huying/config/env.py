"""What the environment says. Read once, here; every name stands in docs/settings.md."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
# A statement that came so often is parsed and planned no more.
PLANNED_AFTER = 5


def text(name: str, default: str = "") -> str:
    """The variable's value, or the default when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    """Whether the variable says yes (1, true, yes, on)."""
    return text(name).lower() in {"1", "true", "yes", "on"}


def words(name: str) -> list[str]:
    """The parts of a list with commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def number(name: str, default: int) -> int:
    """A whole number."""
    return int(text(name, str(default)))


def data_dir() -> Path:
    """Where the database, files and keys of this installation lie."""
    return Path(text("DATA_DIR", str(Path.cwd() / "data"))).expanduser().resolve()


def secret_key(folder: Path) -> str:
    """Django's key, made on first use in a file that only its owner may read."""
    given = text("SECRET_KEY")
    if given:
        return given
    file = folder / "django"
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = folder / f".django.{secrets.token_hex(8)}"
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(aside, file)
        aside.unlink()
    return file.read_text(encoding="ascii").strip()


def database(folder: Path) -> dict[str, Any]:
    """Django's connection settings: PostgreSQL where DATABASE_URL names one, else the SQLite file."""
    url = text("DATABASE_URL")
    if not url:
        return sqlite(folder / "huying.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must start with postgres://")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"server_side_binding": True, **_pool(number("DATABASE_POOL", 8)), **query},
        "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False,
    }


def _pool(size: int) -> dict[str, Any]:
    """Connections kept by each worker, each with the statements it knows; 0 keeps neither.

    Behind a pooler of one's own the next statement may go to another connection, which knows no statement of ours, and
    a pooler takes no options. Compiling a statement to machine code (jit) takes longer than any of ours runs.
    """
    kept = {"min_size": 1, "max_size": size, "timeout": 10}
    return {"pool": kept, "prepare_threshold": PLANNED_AFTER, "options": "-c jit=off"} if size else {}


def sqlite(file: Path) -> dict[str, Any]:
    """The embedded database: WAL, every commit on disk, writers wait for each other instead of failing.

    `trusted_schema=OFF` would be one wall more, but SQLite before 3.42 then refuses the json_valid() of Django's own
    columns; the triggers of the ledger do not depend on it.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA secure_delete=ON; PRAGMA cache_size=-32000;"
            ),
        },
        "CONN_MAX_AGE": None,
        "ATOMIC_REQUESTS": False,
    }
