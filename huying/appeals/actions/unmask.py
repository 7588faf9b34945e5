from datetime import datetime

from django.db import transaction

from huying.appeals import facts, identities, notices
from huying.appeals.identities import Contact
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def unmask(appeal: Appeal, *, by: Actor, at: datetime) -> Contact:
    """The granted parts of the identity were shown once, and that stands in the record before anybody reads them; the
    auditor and the appellant learn who, when and what for. Returns these parts."""
    grant = facts.of(appeal, at=at).unmask_grant(by.person)
    shown = sorted(grant.fields) if grant is not None else []
    record = {"fields": shown, "purpose": grant.purpose if grant is not None else ""}
    given = {"has_identity": identities.is_left(appeal)}
    taken = take(appeal, Action.UNMASK, by=by, at=at, record=record, given=given)
    notices.to_auditor(appeal, "unmasked", of=taken, at=at)
    return identities.opened_part(appeal, shown)
