from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import TIMER, Actor
from huying.rules.enums import Action


@transaction.atomic
def unjoin(appeal: Appeal, *, reason: str, by: Actor, at: datetime) -> None:
    """A joined appeal stands alone again (取消并单), its clock as if it had never been joined."""
    taken = take(appeal, Action.UNJOIN, by=by, at=at, reason=reason, changes={"joined_into": None})
    notices.to_desk(appeal, "unjoined", of=taken, at=at)
    notices.to_appellant(appeal, "unjoined", of=taken, at=at)


def inherit(appeal: Appeal, *, former: Mapping[str, Any], at: datetime) -> Appeal:
    """The oldest joined appeal takes the place and state of a main appeal that was withdrawn."""
    changes = {"joined_into": None, "lead_unit": former["lead_unit"], "in_charge": former["in_charge"]}
    given = {"former_state": former["state"]}
    taken = take(appeal, Action.UNJOIN, by=TIMER, at=at, record={"inherits": True}, given=given, changes=changes)
    notices.to_worker(appeal, "inherited", of=taken, at=at)
    return appeal
