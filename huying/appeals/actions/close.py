from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import TIMER, Actor
from huying.rules.enums import Action, Finding, Resolved, Satisfaction


@dataclass(frozen=True)
class Closing:
    """The five fields of a closing, set one by one: each its own fact, none follows from another."""

    resolved_by_unit: Resolved
    resolved_by_callback: Resolved
    satisfaction: Satisfaction
    finding: Finding
    counted: bool


@transaction.atomic
def close(appeal: Appeal, *, closing: Closing, reason: str = "", by: Actor, at: datetime) -> None:
    """The file is closed (办结) with its five fields. Confirming a closing again never moves its time."""
    changes = {
        "resolved_by_unit": closing.resolved_by_unit,
        "resolved_by_callback": closing.resolved_by_callback,
        "satisfaction": closing.satisfaction,
        "finding": closing.finding,
        "counted": closing.counted,
        "closed_at": appeal.closed_at or at,
    }
    taken = take(appeal, Action.CLOSE, by=by, at=at, reason=reason, changes=changes)
    notices.to_appellant(appeal, "closed", of=taken, at=at)
    notices.to_lead(appeal, "closed", of=taken, at=at)


@transaction.atomic
def close_unasked(appeal: Appeal, *, at: datetime) -> None:
    """Nobody was asked and the dispute window passed in silence: closed, and never counted as a yes."""
    changes = {
        "resolved_by_callback": Resolved.NOT_ASKED,
        "satisfaction": Satisfaction.NOT_ASKED,
        "closed_at": at,
    }
    taken = take(appeal, Action.CLOSE, by=TIMER, at=at, record={"not_asked": True}, changes=changes)
    notices.to_appellant(appeal, "closed", of=taken, at=at)
