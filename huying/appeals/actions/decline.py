from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.people.models import Unit
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def decline(appeal: Appeal, *, clause: str, suggested: Unit, reason: str, by: Actor, at: datetime) -> None:
    """The lead unit asks to give the appeal back (申请退单, up: "not ours"); the clock runs on until a ruling."""
    record = {"clause": clause, "suggested": suggested.pk}
    taken = take(appeal, Action.DECLINE, by=by, at=at, reason=reason, record=record)
    notices.to_desk(appeal, "declined", of=taken, at=at)
    notices.to_appellant(appeal, "owner_being_settled", of=taken, at=at)
