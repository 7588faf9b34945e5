from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def acknowledge(appeal: Appeal, *, by: Actor, at: datetime) -> None:
    """The lead unit has signed for the appeal (签收); who signed is in charge (首问负责)."""
    taken = take(appeal, Action.ACKNOWLEDGE, by=by, at=at, changes={"in_charge_id": by.person})
    notices.to_desk(appeal, "acknowledged", of=taken, at=at)
    notices.to_appellant(appeal, "acknowledged", of=taken, at=at)
