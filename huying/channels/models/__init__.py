"""Tables of the room: doors, what came through them, files, letters going out, and shared counters."""

from huying.channels.models.counters import Counter
from huying.channels.models.doors import Channel, IncomingMessage, IntakeForm
from huying.channels.models.drafts import Draft
from huying.channels.models.feeds import Feed
from huying.channels.models.files import StoredFile
from huying.channels.models.letters import Letter

__all__ = ["Channel", "Counter", "Draft", "Feed", "IncomingMessage", "IntakeForm", "Letter", "StoredFile"]
