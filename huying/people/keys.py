"""The key ring of this installation. Keys lie beside the database in files only its owner may read."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huying.vault import keys


@lru_cache(maxsize=4)
def _ring(folder: str, changed: int) -> keys.KeyRing:
    return keys.load(Path(folder))


def ring() -> keys.KeyRing:
    """The keys in force, and older ones for reading. A key added to the folder counts from the next call on."""
    folder = Path(settings.KEYS_DIR)
    return _ring(str(folder), folder.stat().st_mtime_ns if folder.is_dir() else 0)
