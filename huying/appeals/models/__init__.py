"""Tables of the room: the case, its ledger, its texts, and the dated data that steers it."""

from huying.appeals.models.appeals import Appeal, AssistingUnit, Attachment, Receipt, RequestItem, Subject
from huying.appeals.models.clocks import Clock
from huying.appeals.models.events import Event, ReadRecord, Text
from huying.appeals.models.exports import Export
from huying.appeals.models.identity import Identity, StandingApproval
from huying.appeals.models.ladder import DateMove, LadderEntry, LadderStep, Pulse
from huying.appeals.models.rulebook import Limit, NumberGap, NumberSequence, Parameter, RoutingRule, Tag, Topic
from huying.appeals.models.seals import Seal, SealEntry
from huying.appeals.models.searching import SearchEntry

__all__ = [
    "Appeal",
    "AssistingUnit",
    "Attachment",
    "Clock",
    "DateMove",
    "Event",
    "Export",
    "Identity",
    "LadderEntry",
    "LadderStep",
    "Limit",
    "NumberGap",
    "NumberSequence",
    "Parameter",
    "Pulse",
    "ReadRecord",
    "Receipt",
    "RequestItem",
    "RoutingRule",
    "Seal",
    "SealEntry",
    "SearchEntry",
    "StandingApproval",
    "Subject",
    "Tag",
    "Text",
    "Topic",
]
