"""Work calendars, read and changed: the nation's, a unit's laid over it, and the official notices of the years.

A calendar is read whole and kept in memory by its stamp, a digest of all it says; a change makes another stamp.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from chinese_calendar import constants
from django.db import transaction
from django.db.models import F, Q, QuerySet

from huying.people.holidays import HOLIDAY_NAMES
from huying.people.models import (
    CalendarChange,
    CalendarDay,
    CalendarYear,
    SchoolTerm,
    Unit,
    WorkCalendar,
    WorkingHours,
)
from huying.rules import calendars as values
from huying.rules import workdays
from huying.rules.calendar_changes import refuse_hasty_week, refuse_rewriting
from huying.rules.calendars import Week
from huying.rules.notices import Notice
from huying.rules.workdays import Calendar, DayFact, Hours, Interval

NOTICE_SOURCE = "国务院办公厅放假通知（chinesecalendar {version}）"
DATA_VERSION = "1.11.0"
WARNS_FROM_MONTH = 11
KNOWN_YEARS = tuple(sorted({day.year for day in constants.holidays}))

_kept: dict[tuple[str, ...], Calendar] = {}
_KEEP = 200


class YearNotKnown(Exception):
    """Nobody has told this year's holidays yet: a person brings the notice."""


# --- reading ---------------------------------------------------------------------------------------------------------


def national() -> Calendar:
    """The nation's calendar; the shipped one while none is written down."""
    return calendar_for(None)


def calendar_for(unit: Unit | None) -> Calendar:
    """The calendar of a unit: its own laid over those above it, and they over the nation's."""
    return both_for(unit)[1]


def both_for(unit: Unit | None) -> tuple[Calendar, Calendar]:
    """The nation's calendar and the unit's, in one small read when both are in memory."""
    above = [int(part) for part in unit.path.split("/") if part] if unit is not None else []
    return laid_over(list(rows_for(above).values_list("pk", "unit_id", "stamp")), above)


def rows_for(above: Sequence[int]) -> QuerySet[WorkCalendar]:
    """The nation's calendar and those of these units."""
    return WorkCalendar.objects.filter(Q(unit__isnull=True) | Q(unit_id__in=above))


def laid_over(rows: Sequence[tuple[int, int | None, str]], above: Sequence[int]) -> tuple[Calendar, Calendar]:
    """The nation's calendar and that of the lowest of `above`, from (calendar, unit, stamp) rows.

    Each unit's lies over the one above it: a calendar that is new at a school takes away nothing that held there.
    """
    by_unit = {unit: (pk, stamp) for pk, unit, stamp in rows}
    base = _kept_or(by_unit.get(None), shipped)
    laid, key = base, (base.version,)
    for pk, stamp in (by_unit[unit] for unit in above if unit in by_unit):
        key = (*key, stamp)
        if key not in _kept:
            _keep(key, workdays.over(laid, _read(pk, base=laid)))
        laid = _kept[key]
    return base, laid


def _kept_or(row: tuple[int, str] | None, otherwise: Callable[[], Calendar]) -> Calendar:
    if row is None:
        return otherwise()
    key = (row[1],)
    if key not in _kept:
        _keep(key, _read(row[0], base=Calendar()))
    return _kept[key]


def _keep(key: tuple[str, ...], calendar: Calendar) -> None:
    while len(_kept) >= _KEEP:
        _kept.pop(next(iter(_kept)))
    _kept[key] = calendar


def shipped() -> Calendar:
    """The nation's calendar as it ships, before anybody wrote one down."""
    key = ("",)
    if key not in _kept:
        days = {fact.day: fact for year in KNOWN_YEARS for fact in known_notice(year).days}
        _keep(key, Calendar(name=workdays.NATIONAL, version="0", days=days, confirmed_years=frozenset(KNOWN_YEARS)))
    return _kept[key]


def _read(pk: int, *, base: Calendar) -> Calendar:
    row = WorkCalendar.objects.get(pk=pk)
    facts = {one.date: DayFact(one.date, one.is_workday, one.name, one.source, one.confirmed) for one in row.days.all()}
    weeks, dated = _hours(row)
    week, later = values.weeks_over(base, list(weeks.items()))
    return Calendar(
        name=row.name,
        version=f"{row.version}·{row.stamp[:6]}",
        week=week,
        later=later,
        days=facts,
        hours=dated,
        confirmed_years=frozenset(row.years.values_list("year", flat=True)),
        terms=tuple(row.terms.values_list("name", "starts_on", "ends_on")),
    )


def _hours(row: WorkCalendar) -> tuple[dict[date | None, Week], dict[date, Hours]]:
    weeks: dict[date | None, dict[int, Hours]] = defaultdict(dict)
    dated: dict[date, Hours] = {}
    for one in row.hours.all():
        stretch = (Interval(one.opens, one.closes),)
        if one.weekday is not None:
            week = weeks[one.starts_on]
            week[one.weekday] = week.get(one.weekday, ()) + stretch
        else:
            dated[one.date] = dated.get(one.date, ()) + stretch
    return dict(weeks), dated


def missing_years(*, on: date) -> tuple[int, ...]:
    """The years that should be known by now and are not: this one, and from 1 November the next."""
    wanted = [on.year, *([on.year + 1] if on.month >= WARNS_FROM_MONTH else [])]
    known = set(CalendarYear.objects.filter(calendar__unit__isnull=True).values_list("year", flat=True))
    return tuple(year for year in wanted if year not in known)


def known_years() -> tuple[int, ...]:
    """The years whose notice is in."""
    years = CalendarYear.objects.filter(calendar__unit__isnull=True)
    return tuple(years.order_by("year").values_list("year", flat=True))


def changes_of(unit: Unit | None) -> list[CalendarChange]:
    """What was changed in a calendar, newest first."""
    return list(CalendarChange.objects.filter(calendar__unit=unit).select_related("by").order_by("-version"))


# --- changing --------------------------------------------------------------------------------------------------------


@transaction.atomic
def seed_national(*, at: datetime) -> WorkCalendar:
    """The nation's calendar stands, with every year chinesecalendar knows confirmed; a second call changes nothing."""
    calendar = of_unit(None)
    have = set(calendar.years.values_list("year", flat=True))
    new = [year for year in KNOWN_YEARS if year not in have]
    if new:
        source = NOTICE_SOURCE.format(version=DATA_VERSION)
        facts = [fact for year in new for fact in known_notice(year).days]
        _write_days(calendar, facts)
        years = [CalendarYear(calendar=calendar, year=year, source=source, confirmed_at=at) for year in new]
        CalendarYear.objects.bulk_create(years)
        _changed(calendar, at=at, by=None, source=source, days=[])
    return calendar


@transaction.atomic
def confirm_year(notice: Notice, *, source: str, at: datetime, by: int | None = None) -> WorkCalendar:
    """The year is confirmed with the days of its notice; days it once had and no longer names are gone.

    Raises `DayHasBegun` when the year was known already and a day of it that has begun would be another: dates were
    kept and missed by it. Where no year is known yet, those that ship are confirmed first.
    """
    if not known_years():
        seed_national(at=at)
    calendar, known = of_unit(None), national()
    facts = [replace(one, source=source) for one in notice.days]
    wanted = [one.day for one in facts]
    before = dict(calendar.days.filter(date__in=wanted).values_list("date", "is_workday"))
    # A December day that came with the next year's notice is not this notice's to remove.
    told = list(calendar.years.filter(year=notice.year).values_list("source", flat=True))
    stale = calendar.days.filter(date__year=notice.year, source__in=told).exclude(date__in=wanted)
    gone = [[one.date.isoformat(), one.is_workday, None] for one in stale]
    stale.delete()
    _write_days(calendar, facts)
    CalendarYear.objects.update_or_create(
        calendar=calendar, year=notice.year, defaults={"source": source, "confirmed_at": at}
    )
    days = [[one.day.isoformat(), before.get(one.day), one.is_workday] for one in facts]
    _changed(calendar, at=at, by=by, source=source, days=[*gone, *days])
    touched = {*wanted, *(date.fromisoformat(day) for day, _, _ in gone)}
    refuse_rewriting(known, national(), [day for day in touched if known.knows(day.year)], at=at)
    return calendar


@transaction.atomic
def set_days(unit: Unit | None, facts: Sequence[DayFact], *, source: str, at: datetime, by: int | None = None) -> None:
    """These days are as given in the unit's calendar (a closure, a make-up school day), and the change is kept.

    Raises `DayHasBegun` for a day that has begun and would be another.
    """
    calendar, known = of_unit(unit), calendar_for(unit)
    before = {one.date: one.is_workday for one in calendar.days.filter(date__in=[one.day for one in facts])}
    _write_days(calendar, facts)
    days = [[one.day.isoformat(), before.get(one.day), one.is_workday] for one in facts]
    _changed(calendar, at=at, by=by, source=source, days=days)
    refuse_rewriting(known, calendar_for(unit), [one.day for one in facts], at=at)


@transaction.atomic
def set_week(
    unit: Unit | None,
    week: dict[int, Sequence[tuple[time, time]]],
    *,
    starts_on: date,
    source: str,
    at: datetime,
    by: int | None = None,
) -> None:
    """From a day on, the working hours of each weekday are as given; weeks that begin later stay.

    Raises `BadCalendar` for hours that overlap or a week without work, `DayHasBegun` for a first day that has.
    """
    hours = {weekday: tuple(Interval(*one) for one in stretches) for weekday, stretches in week.items()}
    Calendar(week=hours)
    refuse_hasty_week(starts_on, at=at)
    calendar = of_unit(unit)
    calendar.hours.filter(weekday__isnull=False, starts_on=starts_on).delete()
    WorkingHours.objects.bulk_create(
        [
            WorkingHours(calendar=calendar, weekday=weekday, starts_on=starts_on, opens=one.opens, closes=one.closes)
            for weekday, some in hours.items()
            for one in some
        ]
    )
    _changed(calendar, at=at, by=by, source=source, days=[])


@transaction.atomic
def set_hours(
    unit: Unit | None,
    day: date,
    hours: Sequence[tuple[time, time]],
    *,
    source: str,
    at: datetime,
    by: int | None = None,
) -> None:
    """One date has working hours of its own (a half day); none given: the hours of its weekday again.

    Raises `DayHasBegun` for a day that has begun and would be another.
    """
    stretches = tuple(Interval(*one) for one in hours)
    if stretches:
        Calendar(hours={day: stretches})
    calendar, before = of_unit(unit), calendar_for(unit)
    calendar.hours.filter(date=day).delete()
    WorkingHours.objects.bulk_create(
        [WorkingHours(calendar=calendar, date=day, opens=one.opens, closes=one.closes) for one in stretches]
    )
    _changed(calendar, at=at, by=by, source=source, days=[[day.isoformat(), True, True]])
    refuse_rewriting(before, calendar_for(unit), [day], at=at)


@transaction.atomic
def set_terms(
    unit: Unit, terms: Sequence[tuple[str, date, date]], *, source: str, at: datetime, by: int | None = None
) -> None:
    """The school's terms and holidays are as given. They are told beside a date and move none."""
    calendar = of_unit(unit)
    calendar.terms.all().delete()
    SchoolTerm.objects.bulk_create(
        [SchoolTerm(calendar=calendar, name=name, starts_on=first, ends_on=last) for name, first, last in terms]
    )
    _changed(calendar, at=at, by=by, source=source, days=[])


def known_notice(year: int) -> Notice:
    """What chinesecalendar knows of a year; `YearNotKnown` past its last one, never a guess."""
    if year not in KNOWN_YEARS:
        raise YearNotKnown(f"{year} 年的放假安排还不知道：请拿国务院办公厅的通知来导入")
    source = NOTICE_SOURCE.format(version=DATA_VERSION)
    off = {day: (False, name) for day, name in constants.holidays.items() if day.year == year}
    worked = {day: (True, name) for day, name in constants.workdays.items() if day.year == year}
    facts = [
        DayFact(day, is_workday, name=HOLIDAY_NAMES[name], source=source)
        for day, (is_workday, name) in sorted({**off, **worked}.items())
    ]
    return Notice(year, tuple(facts))


def of_unit(unit: Unit | None) -> WorkCalendar:
    """The calendar row of a unit, made when missing."""
    name = workdays.NATIONAL if unit is None else f"{unit.name}工作日历"
    found, _ = WorkCalendar.objects.get_or_create(unit=unit, defaults={"name": name})
    return found


def _write_days(calendar: WorkCalendar, facts: Iterable[DayFact]) -> None:
    rows = [
        CalendarDay(
            calendar=calendar,
            date=one.day,
            is_workday=one.is_workday,
            name=one.name,
            source=one.source,
            confirmed=one.confirmed,
        )
        for one in facts
    ]
    CalendarDay.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["calendar", "date"],
        update_fields=["is_workday", "name", "source", "confirmed"],
    )


def _changed(
    calendar: WorkCalendar, *, at: datetime, by: int | None, source: str, days: Sequence[Sequence[Any]]
) -> None:
    """Every change makes a version and another stamp, and says what it was."""
    WorkCalendar.objects.filter(pk=calendar.pk).update(version=F("version") + 1)
    calendar.refresh_from_db()
    calendar.stamp = _stamp(calendar)
    calendar.save(update_fields=["stamp"])
    CalendarChange.objects.create(
        calendar=calendar, version=calendar.version, at=at, by_id=by, source=source, days=list(days)
    )


def _stamp(calendar: WorkCalendar) -> str:
    said = [
        [calendar.name, calendar.version],
        list(calendar.days.values_list("date", "is_workday", "name", "source", "confirmed")),
        list(calendar.hours.values_list("weekday", "starts_on", "date", "opens", "closes")),
        list(calendar.years.values_list("year", flat=True)),
        list(calendar.terms.values_list("name", "starts_on", "ends_on")),
    ]
    return hashlib.sha256(json.dumps(said, default=str, ensure_ascii=False).encode()).hexdigest()[:32]
