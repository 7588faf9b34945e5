"""The daily files of the log: kept as long as the installation says, then gone."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

PATTERN = "*-????-??-??.jsonl"


def forget(*, at: datetime) -> int:
    """No daily file older than LOG_DAYS is left; how many went."""
    oldest = timezone.localdate(at) - timedelta(days=settings.LOG_DAYS)
    gone = [file for file in Path(settings.LOG_DIR).glob(PATTERN) if _day_of(file) < oldest]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)


def _day_of(file: Path) -> date:
    try:
        return date.fromisoformat(file.stem[-10:])
    except ValueError:  # not one of ours
        return date.max
