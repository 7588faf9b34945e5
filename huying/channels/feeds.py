"""The private address of one's deadlines: made anew, taken away, and known again by whoever asks with it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from huying.channels.models import Feed
from huying.people.models import Account
from huying.vault import codes
from huying.vault.keys import KeyRing

TOKEN_BYTES = 24
READ_EVERY = timedelta(hours=1)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def renew(account: int, *, ring: KeyRing, draw: Callable[[int], str], at: datetime) -> str:
    """The account has a new address, and the old one is dead; the token, which is nowhere else from now on."""
    token = draw(TOKEN_BYTES)
    kept = codes.code_digest(ring, _salted(token))
    made = {"digest": kept.digest, "key": kept.key_id, "made_at": at, "read_at": None}
    Feed.objects.update_or_create(account_id=account, defaults=made)
    return token


def revoke(account: int) -> None:
    """The address is dead; nothing when there was none."""
    Feed.objects.filter(account_id=account).delete()


def made_at(account: int) -> datetime | None:
    """Since when the account has its address; None without one."""
    return Feed.objects.filter(account_id=account).values_list("made_at", flat=True).first()


def account_of(token: str, *, ring: KeyRing, at: datetime) -> Account | None:
    """Whose address this is; None for a wrong or dead one. That it was read is noted, at most once an hour."""
    if not _TOKEN.fullmatch(token):
        return None
    digests = [one.digest for one in codes.candidate_digests(ring, _salted(token))]
    feed = Feed.objects.select_related("account__person__unit").filter(digest__in=digests).first()
    if feed is None:
        return None
    if feed.read_at is None or at - feed.read_at >= READ_EVERY:
        Feed.objects.filter(pk=feed.pk).update(read_at=at)
    return feed.account


def _salted(token: str) -> str:
    """The word in front keeps it apart from receipt codes, which share the key."""
    return f"feed {token}"
