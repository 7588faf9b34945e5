"""The first organisation, with the limits that were promised while it was set up."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from huying.appeals import rulebook
from huying.people.actions.found_organisation import Administrator, Plan, found_organisation
from huying.rules.enums import AppealKind, ClockKind
from huying.rules.limits import LimitFact, WorkingDays

if TYPE_CHECKING:
    from huying.people.models import Account


@transaction.atomic
def found(
    plan: Plan,
    *,
    administrator: Administrator,
    days: Mapping[AppealKind, int],
    source: str,
    on: date,
    at: datetime,
) -> "Account":
    """The organisation stands and promises an answer within these working days. There is no appeal yet to be bound
    by what was before."""
    account = found_organisation(plan, administrator=administrator, on=on, at=at)
    for kind, value, _unit in rulebook.promised(on=on):
        wanted = days.get(kind, value)
        if wanted != value:
            limit = LimitFact(step=ClockKind.ANSWER, amount=WorkingDays(wanted), kind=kind, source=source)
            rulebook.follow(limit, on=on)
    return account
