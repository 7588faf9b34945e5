"""What came through a door, kept word for word and sealed."""

from collections.abc import Mapping
from datetime import datetime

from huying.channels.models import Channel, IncomingMessage
from huying.people.keys import ring
from huying.people.prepared import PreparedObjects
from huying.vault import fields


def keep(channel: Channel, *, external_ref: str, at: datetime, raw: Mapping[str, str]) -> IncomingMessage:
    """The message stands as it came. An outer number comes once through a channel (IntegrityError otherwise)."""
    row = f"message:{channel.code}:{external_ref}"
    return IncomingMessage.objects.create(
        channel=channel,
        external_ref=external_ref,
        received_at=at,
        sealed=fields.seal(ring(), dict(raw), row=row, field="raw"),
    )


def channel_by_code(code: str) -> Channel | None:
    """The open channel with this code, or None."""
    return _CHANNEL.first(code)


_CHANNEL = PreparedObjects(Channel, lambda code: Channel.objects.filter(code=code, is_active=True))


def channels() -> list[Channel]:
    """The doors in use, in their order."""
    return list(Channel.objects.filter(is_active=True))
