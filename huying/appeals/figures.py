"""Figures counted from the events, never from columns that can change."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from huying.appeals import facts
from huying.appeals.models import Event
from huying.people import calendars
from huying.people.models import Unit
from huying.rules import courses as rules
from huying.rules.courses import Course
from huying.rules.periods import Period


def of_period(*, since: date, until: date, unit: Unit | None = None) -> dict[str, Any]:
    """The figures of a period, for everything at and below a unit (None: all there is)."""
    period = Period(since, until)
    return rules.summary(list(courses(unit)), period=period, calendar=calendars.national())


def courses(unit: Unit | None) -> Iterator[Course]:
    """The course of every appeal at and below a unit, read from its events."""
    events = Event.objects.all()
    if unit is not None:
        events = events.filter(appeal__place__path__startswith=unit.path)
    read = events.filter(action__in=rules.READ).order_by("appeal_id", "sequence")
    for _, steps in groupby(read.iterator(chunk_size=2000), key=lambda event: event.appeal_id):
        course = rules.course_of(facts.step_of(event) for event in steps)
        if course is not None:
            yield course
