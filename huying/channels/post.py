"""The outbox: `tell` writes a letter in the transaction of the act; `delivery` takes it from there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huying.channels.models import Letter
from huying.people.inserts import PreparedInsert

APPELLANT = "appellant"


def tell(
    kind: str,
    *,
    key: str,
    at: datetime,
    person: int | None = None,
    unit: int | None = None,
    post: str = "",
    appeal: int | None = None,
    number: str = "",
    data: Mapping[str, Any] | None = None,
) -> None:
    """A letter waits for a person, for the holders of a post in a unit, or at the appellant's receipt.

    `key` makes it unique: telling the same thing twice leaves one letter. A letter never carries what a case says.
    """
    at_the_receipt = post == APPELLANT
    _NEW.one(
        Letter(
            key=key,
            kind=kind,
            person_id=person,
            unit_id=unit,
            post=post,
            appeal=appeal,
            number=number,
            data=dict(data or {}),
            written_at=at,
            next_try_at=None if at_the_receipt else at,
            delivered_at=at if at_the_receipt else None,
        )
    )


_NEW = PreparedInsert(Letter, once=True)
