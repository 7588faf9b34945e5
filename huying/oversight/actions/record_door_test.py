from datetime import date, datetime

from django.db import transaction

from huying.channels.models import Channel
from huying.oversight.models import DoorTest
from huying.people.models import Unit
from huying.rules import doors as rules
from huying.rules.actors import Actor
from huying.rules.workdays import local_day


@transaction.atomic
def record_door_test(
    unit: Unit, channel: Channel, *, tested_on: date, arrived: bool, note: str = "", by: Actor, at: datetime
) -> DoorTest:
    """That this channel was tried from outside, and what came of it, is on record (渠道自测). Raises UnfitTest."""
    rules.require(by, unit.fact, tested_on=tested_on, arrived=arrived, note=note, on=local_day(at))
    return DoorTest.objects.create(
        unit=unit,
        channel=channel,
        on=tested_on,
        arrived=arrived,
        note=note.strip(),
        account_id=by.account,
        person_id=by.person,
        at=at,
    )
