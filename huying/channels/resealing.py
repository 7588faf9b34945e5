"""What this room keeps sealed is brought under the current key, a batch at a time."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

from huying.channels.models import Draft, IncomingMessage, IntakeForm
from huying.people.keys import ring
from huying.vault import fields

Place = Callable[[Any], tuple[str, str]]

SEALED: dict[type[Model], Place] = {
    IntakeForm: lambda row: (f"intake:{row.code_digest}", "said"),
    Draft: lambda row: (f"draft:{row.account_id}:{row.appeal}", row.field),
    IncomingMessage: lambda row: (f"message:{row.channel.code}:{row.external_ref}", "raw"),
}


def left(kind: type[Model]) -> QuerySet[Any]:
    """The rows of a table that an older key sealed, in order."""
    return kind._default_manager.exclude(sealed__startswith=fields.prefix(ring())).exclude(sealed="").order_by("pk")


def reseal(kind: type[Model], *, most: int) -> int:
    """Up to so many rows of a table are under the current key; how many were looked at."""
    rows = list(left(kind)[:most])
    for row in rows:
        place, name = SEALED[kind](row)
        # Whoever saves the row meanwhile has sealed it anew already: theirs stands.
        fresh = fields.reseal(ring(), row.sealed, row=place, field=name)
        kind._default_manager.filter(pk=row.pk, sealed=row.sealed).update(sealed=fresh)
    return len(rows)
