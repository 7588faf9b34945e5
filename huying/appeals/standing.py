"""What the row of an appeal says, as two digests that stand in each of its events: nobody edits the row unseen.

The dates are apart, because a corrected calendar moves them without a step. The title is not among the columns: it is
words, and has a salted digest like all words. `joined_into` follows an heir without a step; the ledger tells whom.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huying.appeals.models import Appeal
from huying.rules import chain

DATES = ("due_at", "outer_due_at", "next_due_at", "provisional")
APART = frozenset({"id", "title", "joined_into_id", *DATES})
COLUMNS = tuple(sorted(field.attname for field in Appeal._meta.concrete_fields if field.attname not in APART))
TITLE = "title"


def of(appeal: Any) -> tuple[str, str]:
    """The digest of the columns and the digest of the dates of a row, or of anything with such attributes."""
    return digest_of(appeal, COLUMNS), digest_of(appeal, DATES)


def digest_of(appeal: Any, names: tuple[str, ...]) -> str:
    """The digest of what these columns say. An empty one says nothing, so a new column leaves old digests alone."""
    said = {name: _plain(value) for name in names if (value := getattr(appeal, name))}
    return chain.digest_of(said)


def titled(texts: list[Any], title: str) -> list[list[str]]:
    """The salted digest of a title, under the salt of the first words: erasing those erases it too."""
    return [[TITLE, titled_by(bytes(texts[0].salt), title)]] if texts else []


def titled_by(salt: bytes, title: str) -> str:
    """The digest of a title under a salt; empty when that is no salt."""
    return chain.text_digest(salt, title) if len(salt) >= chain.SHORTEST_SALT else ""


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return chain.moment(value)
    return str(value) if isinstance(value, str) else value


def said_of_joining(data: Mapping[str, Any]) -> tuple[bool, int | None]:
    """Whether this record speaks of a main appeal, and of which."""
    return "joined_into" in data, data.get("joined_into")
