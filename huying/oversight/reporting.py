"""On the set day of a month the loop drafts the bulletins of the month before: of the county and of every school."""

from datetime import date, datetime, timedelta

from huying.appeals import parameters
from huying.oversight import counting
from huying.oversight.actions.draft_bulletin import draft_bulletin
from huying.oversight.models import Bulletin, Stroke
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules.actors import TIMER
from huying.rules.periods import Period
from huying.rules.workdays import local_day


def draft_due(*, at: datetime) -> int:
    """Every unit that has anything to report has its draft; how many were made. A second call makes none."""
    on = local_day(at)
    period = period_due(on)
    if period is None:
        return 0
    waiting = _without_one(period)
    if waiting:
        counting.count_due()
    for unit in waiting:
        draft_bulletin(unit, period, by=TIMER, at=at)
    return len(waiting)


def period_due(on: date) -> Period | None:
    """The month to report on; None before its day has come."""
    first = parameters.value("report_month_starts", on=on)
    wait = timedelta(days=parameters.value("report_day", on=on))
    months = (on, on.replace(day=1) - timedelta(days=1))
    periods = [Period.month(f"{day:%Y-%m}", first_day=first) for day in months]
    return next((one for one in periods if on >= one.until + wait), None)


def _without_one(period: Period) -> list[Unit]:
    """The county and the schools to which something was counted by the end of the period, and that have no bulletin."""
    county = people.county()
    units = [*([county] if county is not None else []), *people.schools()]
    done = set(Bulletin.objects.filter(since=period.since, until=period.until).values_list("unit_id", flat=True))
    return [
        unit
        for unit in units
        if unit.pk not in done
        and Stroke.objects.filter(place__path__startswith=unit.path, day__lte=period.until).exists()
    ]
