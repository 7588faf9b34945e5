from datetime import datetime

from django.db import transaction

from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def record_report(appeal: Appeal, *, reported_to: str, reported_at: datetime, by: Actor, at: datetime) -> None:
    """It is on record to whom and when the duty report of a red-line matter was made."""
    record = {"reported_to": reported_to, "reported_at": reported_at.isoformat()}
    take(appeal, Action.RECORD_REPORT, by=by, at=at, record=record)
