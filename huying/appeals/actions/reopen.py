from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules import permissions
from huying.rules.actors import Actor
from huying.rules.enums import Action, Resolved, Satisfaction


@transaction.atomic
def reopen(appeal: Appeal, *, reason: str, false_closure: bool = False, by: Actor, at: datetime) -> None:
    """A closed appeal is taken up again (重新办理) as a new round; the first round stays as it was."""
    by_above = permissions.is_above(by, facts.of(appeal, at=at))
    changes = {
        "round": appeal.round + 1,
        "lead_unit": None,
        "in_charge": None,
        "closed_at": None,
        "resolved_by_unit": Resolved.NOT_ASKED,
        "resolved_by_callback": Resolved.NOT_ASKED,
        "satisfaction": Satisfaction.NOT_ASKED,
        "finding": "",
    }
    record = {"false_closure": false_closure}
    given = {"by_above": by_above}
    taken = take(appeal, Action.REOPEN, by=by, at=at, reason=reason, record=record, given=given, changes=changes)
    notices.to_desk(appeal, "reopened", of=taken, at=at)
    notices.to_appellant(appeal, "reopened", of=taken, at=at)
