"""What somebody is writing and has not sent yet, kept for them alone and sealed: drafts may quote people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huying.channels.models import Draft
from huying.people.keys import ring
from huying.vault import fields

LONGEST = 10_000
LONGEST_NAME = 40


@dataclass(frozen=True)
class Kept:
    """One field of a draft."""

    body: str
    saved_at: datetime


def keep(words: Mapping[str, str], *, account: int, appeal: int, at: datetime) -> None:
    """These fields are kept as they are now; saving is not checking. An emptied field is kept empty."""
    before = of(account=account, appeal=appeal)
    changed = {name: body for name, body in words.items() if name not in before or before[name].body != body}
    rows = [
        Draft(account_id=account, appeal=appeal, field=name, sealed=_sealed(body, account, appeal, name), saved_at=at)
        for name, body in changed.items()
        if (body or name in before) and _is_name(name)
    ]
    Draft.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["account", "appeal", "field"], update_fields=["sealed", "saved_at"]
    )


def of(*, account: int | None, appeal: int) -> dict[str, Kept]:
    """What this person has been writing about this appeal, by field."""
    rows = Draft.objects.filter(account=account, appeal=appeal)
    return {row.field: Kept(_opened(row), row.saved_at) for row in rows}


def _is_name(name: str) -> bool:
    # Names come from the page; only what can name a field is kept, whatever was posted.
    return name.isidentifier() and len(name) <= LONGEST_NAME


def drop(*, account: int | None, appeal: int) -> None:
    """The draft is gone: it was sent."""
    Draft.objects.filter(account=account, appeal=appeal).delete()


def _sealed(body: str, account: int, appeal: int, name: str) -> str:
    return fields.seal(ring(), {"body": body[:LONGEST]}, row=f"draft:{account}:{appeal}", field=name)


def _opened(row: Draft) -> str:
    return fields.open_(ring(), row.sealed, row=f"draft:{row.account_id}:{row.appeal}", field=row.field)["body"]
