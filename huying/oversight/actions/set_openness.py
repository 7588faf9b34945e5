from datetime import datetime

from django.db import transaction

from huying.oversight.models import OpennessDecision
from huying.people.models import Unit
from huying.rules import publication as rules
from huying.rules.actors import Actor


@transaction.atomic
def set_openness(unit: Unit, *, is_open: bool, reason: str, by: Actor, at: datetime) -> None:
    """Whether the unit publishes answers one by one is as its head decided. What is public already stays until it is
    taken down. Raises NotYoursToPublish or NotPublishable."""
    rules.require_head(by, unit.fact)
    rules.require_reason(reason)
    OpennessDecision.objects.create(
        unit=unit, is_open=is_open, reason=reason, at=at, account_id=by.account, person_id=by.person
    )
