"""The key ring of this installation. Keys lie beside the database in files only its owner may read."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huying.vault import keys


@lru_cache(maxsize=4)
def _ring(folder: str) -> keys.KeyRing:
    return keys.load(Path(folder))


def ring() -> keys.KeyRing:
    """The keys in force, and older ones for reading."""
    return _ring(str(settings.KEYS_DIR))
