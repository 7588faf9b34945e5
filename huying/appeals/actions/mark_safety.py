from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import Taken, take
from huying.people import queries as people
from huying.rules.actors import Actor
from huying.rules.enums import Action, PostKind, RedLine


@transaction.atomic
def mark_safety(appeal: Appeal, *, signal: RedLine, by: Actor, at: datetime) -> None:
    """The appeal is a red-line matter (红线): it leaves the ladder, and principal and county are alarmed at once."""
    changes = {"red_line": signal}
    taken = take(appeal, Action.MARK_SAFETY, by=by, at=at, record={"signal": signal}, changes=changes)
    alarm(appeal, of=taken, at=at)


def alarm(appeal: Appeal, *, of: Taken, at: datetime) -> None:
    """Principal and county know of the red line. Walls hold when they open it: one in conflict finds nothing."""
    notices.to_post(appeal, "red_line", unit=appeal.place, holder=PostKind.PRINCIPAL, of=of, at=at)
    county = people.county()
    if county is not None:
        notices.to_post(appeal, "red_line", unit=county, holder=PostKind.COUNTY_SUPERVISOR, of=of, at=at)
