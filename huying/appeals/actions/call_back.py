from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action, ContactWay, Satisfaction


@dataclass(frozen=True)
class Call:
    """One attempt. The three answers are None when nobody was reached; there are no default answers."""

    reached: bool
    way: ContactWay = ContactWay.PHONE
    contacted: bool | None = None
    resolved: bool | None = None
    satisfaction: Satisfaction | None = None


@transaction.atomic
def call_back(appeal: Appeal, *, call: Call, reason: str = "", by: Actor, at: datetime) -> None:
    """One callback (回访) by someone independent is on record; `reason` is what was said where an answer was no."""
    record = {
        "tried_at": at.isoformat(),
        "way": call.way,
        "reached": call.reached,
        "contacted": call.contacted,
        "resolved": call.resolved,
        "satisfaction": call.satisfaction,
    }
    taken = take(appeal, Action.CALL_BACK, by=by, at=at, reason=reason, record=record)
    notices.to_desk(appeal, "called_back", of=taken, at=at)
