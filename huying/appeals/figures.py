"""Figures counted from the events, never from columns that can change."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from huying.appeals import facts
from huying.appeals.models import Event, Subject
from huying.people import calendars
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules import courses as rules
from huying.rules.courses import Course
from huying.rules.enums import PostKind, SubjectStatus
from huying.rules.periods import Period


def of_period(*, since: date, until: date, unit: Unit | None = None) -> dict[str, Any]:
    """The figures of a period, for everything at and below a unit (None: all there is)."""
    period = Period(since, until)
    return rules.summary(list(courses(unit)), period=period, calendar=calendars.national())


def of_school(school: Unit, *, since: date, until: date, on: date) -> dict[str, Any]:
    """The figures a school shows of itself. What went past it, or is about its head, is in none of them: a difference
    would tell the school of it.
    """
    heads = people.holders(unit=school.pk, kind=PostKind.PRINCIPAL, on=on)
    about_it = Subject.objects.filter(Q(unit=school) | Q(person__in=heads), appeal=OuterRef("appeal"))
    own = Event.objects.filter(appeal__organisation__path__startswith=school.path)
    steps = own.exclude(Exists(about_it.exclude(status=SubjectStatus.DISMISSED)))
    return rules.summary(list(_courses(steps)), period=Period(since, until), calendar=calendars.national())


def courses(unit: Unit | None) -> Iterator[Course]:
    """The course of every appeal at and below a unit, read from its events."""
    events = Event.objects.all()
    return _courses(events if unit is None else events.filter(appeal__place__path__startswith=unit.path))


def _courses(events: QuerySet[Event]) -> Iterator[Course]:
    read = events.filter(action__in=rules.READ).order_by("appeal_id", "sequence")
    for _, steps in groupby(read.iterator(chunk_size=2000), key=lambda event: event.appeal_id):
        course = rules.course_of(facts.step_of(event) for event in steps)
        if course is not None:
            yield course
