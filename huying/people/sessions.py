"""The session store over `SignIn`. A session ends 30 minutes after it was last seen, and 12 hours after the sign-in."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from huying.people.models import SignIn

SIGNED_IN = "signed_in_at"
SEEN = "seen_at"
DEVICE = "device"
POSTS = "posts"


class SessionStore(DatabaseStore):
    """Keeps whose session it is beside the session itself."""

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        return SignIn

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        row = super().create_model_instance(data)
        if data.get(SESSION_KEY):
            row.account_id = int(data[SESSION_KEY])
            row.signed_in_at = _moment(data.get(SIGNED_IN))
            row.seen_at = _moment(data.get(SEEN))
            row.device = data.get(DEVICE, "")
        return row


def _moment(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None
