"""A work calendar is changed by a person: open dates are counted again, and it stands in the record of the set-up."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from huying.appeals.due import recounting
from huying.appeals.due.recounting import Recounted
from huying.people import calendars, changes
from huying.people.models import Unit
from huying.rules.actors import Actor


@transaction.atomic
def change(
    made: Callable[[], object], *, unit: Unit | None, since: date, source: str, by: Actor, at: datetime
) -> Recounted:
    """The change is made and on record, and open dates from that day on are counted again.

    Raises `BadCalendar` and `BeyondHorizon`, and then nothing is changed.
    """
    before = calendars.of_unit(unit).version
    done = recounting.after_change(made, unit=unit, since=since, at=at)
    after = calendars.of_unit(unit)
    lines = [("version", before, after.version), ("source", "", source)]
    changes.record(area="calendar", act="changed", subject=after.name, place=unit, by=by, at=at, lines=lines)
    return done
