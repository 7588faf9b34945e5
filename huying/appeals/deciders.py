"""Who decides on time that is asked for, and is told of the wish: the one statement beside the rule `decides_time`."""

from datetime import date, datetime

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import Taken
from huying.people import queries as people
from huying.people.models import Person
from huying.rules.enums import PostKind, UnitLevel
from huying.rules.workdays import local_day


def principals_for_time(appeal: Appeal, *, asked_by: int | None, on: date) -> list[Person]:
    """The principals who may decide; none where the school itself handles, and the county decides."""
    lead = appeal.lead_unit
    if lead is not None and UnitLevel(lead.level).tier >= UnitLevel.SCHOOL.tier:
        return []
    involved = (asked_by, appeal.in_charge_id)
    holders = people.holders(unit=appeal.place_id, kind=PostKind.PRINCIPAL, on=on)
    return [one for one in holders if one.pk not in involved]


def tell_who_decides_time(appeal: Appeal, kind: str, *, asked_by: int | None, of: Taken, at: datetime) -> None:
    """The principal is told; the county's supervisor, where no principal may decide."""
    county = people.county()
    if principals_for_time(appeal, asked_by=asked_by, on=local_day(at)) or county is None:
        notices.to_post(appeal, kind, unit=appeal.place, holder=PostKind.PRINCIPAL, of=of, at=at)
    else:
        notices.to_post(appeal, kind, unit=county, holder=PostKind.COUNTY_SUPERVISOR, of=of, at=at)
