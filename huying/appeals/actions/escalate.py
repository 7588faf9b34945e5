from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.people.models import Unit
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def escalate(appeal: Appeal, *, to: Unit, cause: str, by: Actor, at: datetime) -> None:
    """A higher tier watches the appeal and may take it over (提级); each rung once."""
    record = {"watching": to.pk, "cause": cause}
    taken = take(appeal, Action.ESCALATE, by=by, at=at, record=record)
    notices.to_head(appeal, "escalated", unit=to, of=taken, at=at)
    notices.to_lead(appeal, "escalated", of=taken, at=at)
    notices.to_appellant(appeal, "escalated", of=taken, at=at)
