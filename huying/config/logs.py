"""How the house keeps its logs: one JSON object a line, personal data masked, one file a day.

A line never decides anything: when it cannot be written, the house goes on and says so on standard error.
"""

import json
import logging
import os
import re
import sys
import traceback
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TextIO

from huying.language import redaction
from huying.web.components.request_log import CURRENT

CHINA = timezone(timedelta(hours=8))
# One-time links, codes and cookies: long, without a gap. Names of modules hold dots and are no tokens.
TOKEN = re.compile(r"(?<![\w-])(?=[\w-]*\d)[A-Za-z0-9_-]{16,}(?![\w-])", re.ASCII)
CODE = re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?!\d)")
LONGEST = 2000


def masked(text: str) -> str:
    """The text on one line, without what could point to a person or open a door."""
    line = " ".join(text[:LONGEST].split())
    return redaction.masked(TOKEN.sub("***", CODE.sub("***", line)))


class JsonLines(logging.Formatter):
    """One record as one JSON object: when (with offset), how bad, where from, what, and in which request."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).astimezone(CHINA).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "log": record.name,
            "message": masked(record.getMessage()),
        }
        request = CURRENT.get() or getattr(getattr(record, "request", None), "log_id", "")
        if request:
            said["request"] = request
        said |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1] is not None:
            said["error"] = _error(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False, default=str)


class DailyFile(logging.Handler):
    """Appends to NAME-2026-11-24.jsonl, a new file each day: many processes write to it, none has to rotate it."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__()
        self.folder, self.file_name = folder, name
        self.path: Path | None = None
        self.out: TextIO | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            out = self._opened(record)
            # One write a line: two processes never mix theirs.
            out.write(self.format(record) + "\n")
            out.flush()
        except OSError as error:
            print(f"log not written: {error.strerror}", file=sys.stderr)
        except Exception:
            self.handleError(record)

    def close(self) -> None:
        if self.out is not None:
            self.out.close()
            self.out = None
        super().close()

    def _opened(self, record: logging.LogRecord) -> TextIO:
        on = datetime.fromtimestamp(record.created, tz=CHINA).date()
        path = self.folder / f"{self.file_name}-{on.isoformat()}.jsonl"
        if self.out is None or path != self.path or not path.exists():
            if self.out is not None:
                self.out.close()
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            self.path, self.out = path, os.fdopen(descriptor, "a", encoding="utf-8")
        return self.out


def settings_for(folder: Path, *, level: str, syslog: str) -> dict[str, Any]:
    """The logging of an installation: everything to standard error and a daily file, security to a file of its own
    too, and to the syslog of the house where one is named."""
    shape = {"formatter": "lines"}
    handlers: dict[str, dict[str, Any]] = {
        "stderr": {"class": "logging.StreamHandler", **shape},
        "file": {"()": "huying.config.logs.DailyFile", "folder": folder, "name": "huying", **shape},
        "security": {"()": "huying.config.logs.DailyFile", "folder": folder, "name": "security", **shape},
    }
    if syslog:
        handlers["syslog"] = {"class": "logging.handlers.SysLogHandler", "address": syslog_address(syslog), **shape}
    beside = ["syslog"] if syslog else []
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "huying.config.logs.JsonLines"}},
        "handlers": handlers,
        "root": {"handlers": ["stderr", "file", *beside], "level": level},
        "loggers": {
            # Django would mail errors with the whole form in them, or print them beside ours.
            "django": {"handlers": [], "level": level, "propagate": True},
            "huying.security": {"handlers": ["security", *beside], "level": "INFO", "propagate": False},
        },
    }


def syslog_address(said: str) -> str | tuple[str, int]:
    """A socket by its path, or a host with its port (514 unless told)."""
    if said.startswith("/"):
        return said
    host, _, port = said.partition(":")
    return host, int(port or 514)


def _error(error: BaseException) -> dict[str, Any]:
    """What went wrong and where. Databases put whole rows into the lines after the first: those are left out."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "kind": type(error).__name__,
        "says": masked(next(iter(str(error).splitlines()), ""))[:200],
        "where": [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames[-12:]],
    }
