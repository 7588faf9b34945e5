"""A work calendar as a value: it says of every day whether it is worked, why, and in which hours.

A year without its official notice is *provisional*: weekends and the statutory days off are all that is known of it.
The arithmetic on calendars is in `workdays`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cached_property
from itertools import pairwise
from typing import Final

from huying.rules import statutory
from huying.rules.refusals import Refusal

# China keeps one time, without summer time since 1991: a fixed offset is exact and needs no table of zones.
SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
NATIONAL: Final = "全国工作日历"
WEEKDAYS: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
FIRST_YEAR: Final = 1901
LAST_YEAR: Final = 9000
DAY: Final = 86_400_000_000
MICROSECOND: Final = timedelta(microseconds=1)
_ONE_DAY: Final = timedelta(days=1)


class BadCalendar(Refusal):
    """The calendar contradicts itself; the text says where, in words for people."""


class BeyondHorizon(Refusal):
    """The date asked for lies further off than two years, or before there is a calendar."""


@dataclass(frozen=True, order=True, slots=True)
class Interval:
    """One stretch of working hours within a day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise BadCalendar("工作时间要先开始后结束：%(hours)s", hours=f"{self.opens:%H:%M}–{self.closes:%H:%M}")


Hours = tuple[Interval, ...]
Week = Mapping[int, Hours]
STANDARD_HOURS: Final[Hours] = (Interval(time(8), time(12)), Interval(time(13, 30), time(17)))
STANDARD_WEEK: Final[Week] = dict.fromkeys(range(5), STANDARD_HOURS)


@dataclass(frozen=True, slots=True)
class DayFact:
    """What is known of one day: whether it is worked, what it is called, and who says so."""

    day: date
    is_workday: bool
    name: str = ""
    source: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Year:
    """One year laid out for bisection: worked days, and each interval with the working time before it."""

    days: tuple[int, ...]
    opens: tuple[int, ...]
    ends: tuple[int, ...]
    total: int


@dataclass(frozen=True, eq=False)
class Calendar:
    """The work calendar of one organisation, as it stands in one version.

    `week` gives the hours of each weekday that is normally worked (Monday is 0), and `later` the weeks that followed
    it, each from its first day on: new hours never reach a day that was worked by the old ones. `days` are those that
    are not as their weekday says, `hours` the hours of single dates (half days). `terms` are told, and move nothing.
    """

    name: str = NATIONAL
    version: str = "0"
    week: Week = field(default_factory=lambda: STANDARD_WEEK)
    later: tuple[tuple[date, Week], ...] = ()
    days: Mapping[date, DayFact] = field(default_factory=dict)
    hours: Mapping[date, Hours] = field(default_factory=dict)
    confirmed_years: frozenset[int] = frozenset()
    terms: tuple[tuple[str, date, date], ...] = ()
    _years: dict[int, Year] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for week in (self.week, *(week for _, week in self.later)):
            _check_week(week)
        for day, hours in self.hours.items():
            _check_hours(hours, day.isoformat())
            if not hours:
                raise BadCalendar("%(day)s 没有工作时间；整天不上班请把这一天设为休息", day=day.isoformat())

    def week_on(self, day: date) -> Week:
        """The weekly hours in force on a day."""
        index = bisect_right(self._starts, day)
        return self.later[index - 1][1] if index else self.week

    def full_day(self, day: date) -> Hours:
        """The hours of an ordinary day at that time: those a make-up working day has unless it is given its own."""
        return _full_day(self.week_on(day))

    def full_day_length(self, day: date) -> timedelta:
        """The working time of an ordinary day at that time."""
        return _length(self.full_day(day)) * MICROSECOND

    @cached_property
    def _starts(self) -> list[date]:
        return [start for start, _ in self.later]

    def knows(self, year: int) -> bool:
        """Whether the official notice of a year is in: only then are its dates firm."""
        return year in self.confirmed_years

    def fact(self, day: date) -> DayFact:
        """What is known of a day, and from where."""
        known = self.days.get(day)
        if known is not None:
            return known
        firm = self.knows(day.year)
        off = "" if firm else statutory.days_off(day.year).get(day, "")
        if off:
            return DayFact(day, is_workday=False, name=off, source=statutory.SOURCE, confirmed=False)
        return DayFact(day, is_workday=bool(self.week_on(day).get(day.weekday())), confirmed=firm)

    def is_workday(self, day: date) -> bool:
        """Whether a day is worked. Never ask its weekday: make-up Saturdays are worked, holidays are not."""
        return self.fact(day).is_workday

    def hours_of(self, day: date) -> Hours:
        """The working hours of a day; none on a day off."""
        if not self.is_workday(day):
            return ()
        return self.hours.get(day) or self.week_on(day).get(day.weekday()) or self.full_day(day)

    def close_of(self, day: date) -> datetime:
        """When a day's working hours end; a day off ends with those of an ordinary day."""
        return at_local(day, (self.hours_of(day) or self.full_day(day))[-1].closes)

    def open_of(self, day: date) -> datetime:
        """When a day's working hours begin; a day off begins with those of an ordinary day."""
        return at_local(day, (self.hours_of(day) or self.full_day(day))[0].opens)

    def term_of(self, day: date) -> str:
        """The name of the term or school holiday a day falls in; empty when none is known."""
        return next((name for name, first, last in self.terms if first <= day <= last), "")

    def year(self, number: int) -> Year:
        """One year laid out; `BeyondHorizon` for years no calendar reaches."""
        if number not in self._years:
            if not FIRST_YEAR <= number <= LAST_YEAR:
                raise BeyondHorizon("没有 %(year)s 年的日历", year=number)
            self._years[number] = self._lay_out(number)
        return self._years[number]

    def _lay_out(self, number: int) -> Year:
        # Only a few days of a year are not as their weekday says: look those up, and take the rest from the week.
        odd = {day: fact.is_workday for day, fact in self.days.items() if day.year == number}
        if not self.knows(number):
            odd = {**dict.fromkeys(statutory.days_off(number), False), **odd}
        days, opens, ends, total = [], [], [], 0
        for day, week in self._days_of(number):
            ordinary = week.get(day.weekday())
            if not odd.get(day, bool(ordinary)):
                continue
            ordinal = day.toordinal()
            days.append(ordinal)
            for interval in self.hours.get(day) or ordinary or _full_day(week):
                total += micros(interval.closes) - micros(interval.opens)
                opens.append(ordinal * DAY + micros(interval.opens))
                ends.append(total)
        return Year(tuple(days), tuple(opens), tuple(ends), total)

    def _days_of(self, number: int) -> Iterator[tuple[date, Week]]:
        """Every day of a year with the week in force."""
        last = date(number, 12, 31)
        changed = [start for start in self._starts if date(number, 1, 1) < start <= last]
        for start, end in pairwise([date(number, 1, 1), *changed, date(number + 1, 1, 1)]):
            week = self.week_on(start)
            yield from ((day, week) for day in days_from(start, end - _ONE_DAY))


def at_local(day: date, moment: time) -> datetime:
    """That time of that day in China, as a moment."""
    return datetime.combine(day, moment, SHANGHAI).astimezone(UTC)


def local_day(at: datetime) -> date:
    """The day in China on which a moment falls."""
    return at.astimezone(SHANGHAI).date()


def over(calendar: Calendar, unit: Calendar) -> Calendar:
    """The unit's calendar laid over the national one: its days and hours win, the rest is the nation's.

    The weeks are the unit's as they stand: `weeks_over` has put the nation's before them.
    """
    return replace(
        unit,
        days={**calendar.days, **unit.days},
        hours={**calendar.hours, **unit.hours},
        confirmed_years=calendar.confirmed_years | unit.confirmed_years,
        version=f"{calendar.version}+{unit.version}",
        _years={},
    )


def weeks_over(
    calendar: Calendar, weeks: Sequence[tuple[date | None, Week]]
) -> tuple[Week, tuple[tuple[date, Week], ...]]:
    """`week` and `later` of a unit with weeks of its own, each by its first day (None: ever since).

    Before the first of them the nation's weeks hold.
    """
    ever = next((week for start, week in weeks if start is None), None)
    own = sorted((start, week) for start, week in weeks if start is not None)
    if ever is not None:
        return ever, tuple(own)
    first = own[0][0] if own else date.max
    return calendar.week, (*((start, week) for start, week in calendar.later if start < first), *own)


def days_from(start: date, end: date) -> Iterator[date]:
    """Every day from `start` to `end`, both included."""
    return (date.fromordinal(number) for number in range(start.toordinal(), end.toordinal() + 1))


def _check_week(week: Week) -> None:
    if not any(week.values()):
        raise BadCalendar("一周里至少要有一天上班")
    for weekday, hours in week.items():
        _check_hours(hours, WEEKDAYS[weekday])


def _full_day(week: Week) -> Hours:
    return next(week[weekday] for weekday in sorted(week) if week[weekday])


def _check_hours(hours: Iterable[Interval], where: str) -> None:
    ordered = list(hours)
    for one, following in pairwise(ordered):
        if following.opens < one.closes:
            raise BadCalendar("%(day)s的工作时间重叠或没有按先后排列", day=where)


def micros(moment: time) -> int:
    """How many microseconds of the day have passed."""
    return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * 1_000_000 + moment.microsecond


def _length(hours: Hours) -> int:
    return sum(micros(one.closes) - micros(one.opens) for one in hours)
