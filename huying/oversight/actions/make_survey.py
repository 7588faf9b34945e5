from datetime import date, datetime

from django.db import transaction

from huying.oversight.models import Survey
from huying.people.models import Unit
from huying.rules import survey as rules
from huying.rules.actors import Actor
from huying.rules.workdays import local_day


@transaction.atomic
def make_survey(
    unit: Unit,
    *,
    first: date,
    last: date,
    opens_on: date,
    closes_on: date,
    families: int,
    is_census: bool = False,
    by: Actor,
    at: datetime,
) -> Survey:
    """A survey of a unit stands, without a slip yet: made by the tier above, never by the unit itself."""
    rules.require_maker(by, unit=unit.fact)
    rules.check(first=first, last=last, opens_on=opens_on, closes_on=closes_on, families=families, on=local_day(at))
    return Survey.objects.create(
        unit=unit,
        first=first,
        last=last,
        opens_on=opens_on,
        closes_on=closes_on,
        families=families,
        is_census=is_census,
        made_by_id=by.person,
        made_at=at,
    )
