"""Working days and working hours: a calendar as a value, and the arithmetic on it.

A calendar says of every day whether it is worked, why, and in which hours. A year without its official notice is
*provisional*: weekends and the statutory days off are all that is known of it. Nothing here loops without an end: a
calendar in which no work is done for two years is refused.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cached_property
from itertools import pairwise
from typing import Final

from huying.rules import statutory

# China keeps one time, without summer time since 1991: a fixed offset is exact and needs no table of zones.
SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
HORIZON: Final = timedelta(days=731)
NATIONAL: Final = "全国工作日历"
WEEKDAYS: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
FIRST_YEAR: Final = 1901
LAST_YEAR: Final = 9000
_DAY: Final = 86_400_000_000
_MICROSECOND: Final = timedelta(microseconds=1)


class BadCalendar(ValueError):
    """The calendar contradicts itself; the text says where, in words for people."""


class NoWorkingDay(BadCalendar):
    """No day is worked for two years on end."""


class BeyondHorizon(ValueError):
    """The date asked for lies further off than two years, or before there is a calendar."""


@dataclass(frozen=True, order=True, slots=True)
class Interval:
    """One stretch of working hours within a day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise BadCalendar(f"工作时间要先开始后结束：{self.opens:%H:%M}–{self.closes:%H:%M}")


Hours = tuple[Interval, ...]
STANDARD_HOURS: Final[Hours] = (Interval(time(8), time(12)), Interval(time(13, 30), time(17)))
STANDARD_WEEK: Final[Mapping[int, Hours]] = dict.fromkeys(range(5), STANDARD_HOURS)


@dataclass(frozen=True, slots=True)
class DayFact:
    """What is known of one day: whether it is worked, what it is called, and who says so."""

    day: date
    is_workday: bool
    name: str = ""
    source: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class _Year:
    """One year laid out for bisection: worked days, and each interval with the working time before it."""

    days: tuple[int, ...]
    opens: tuple[int, ...]
    ends: tuple[int, ...]
    total: int


@dataclass(frozen=True, eq=False)
class Calendar:
    """The work calendar of one organisation, as it stands in one version.

    `week` gives the hours of each weekday that is normally worked (Monday is 0), `days` the days that are not as their
    weekday says, `hours` the hours of single dates (half days). `terms` are told, and move nothing.
    """

    name: str = NATIONAL
    version: str = "0"
    week: Mapping[int, Hours] = field(default_factory=lambda: STANDARD_WEEK)
    days: Mapping[date, DayFact] = field(default_factory=dict)
    hours: Mapping[date, Hours] = field(default_factory=dict)
    confirmed_years: frozenset[int] = frozenset()
    terms: tuple[tuple[str, date, date], ...] = ()
    _years: dict[int, _Year] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if not any(self.week.values()):
            raise BadCalendar("一周里至少要有一天上班")
        for weekday, hours in self.week.items():
            _check_hours(hours, WEEKDAYS[weekday])
        for day, hours in self.hours.items():
            _check_hours(hours, day.isoformat())
            if not hours:
                raise BadCalendar(f"{day.isoformat()} 没有工作时间；整天不上班请把这一天设为休息")

    @cached_property
    def full_day(self) -> Hours:
        """The hours of an ordinary day: those a make-up working day has unless it is given its own."""
        return next(self.week[weekday] for weekday in sorted(self.week) if self.week[weekday])

    @cached_property
    def full_day_length(self) -> timedelta:
        """The working time of an ordinary day."""
        return _length(self.full_day) * _MICROSECOND

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
        return DayFact(day, is_workday=bool(self.week.get(day.weekday())), confirmed=firm)

    def is_workday(self, day: date) -> bool:
        """Whether a day is worked. Never ask its weekday: make-up Saturdays are worked, holidays are not."""
        return self.fact(day).is_workday

    def hours_of(self, day: date) -> Hours:
        """The working hours of a day; none on a day off."""
        if not self.is_workday(day):
            return ()
        return self.hours.get(day) or self.week.get(day.weekday()) or self.full_day

    def close_of(self, day: date) -> datetime:
        """When a day's working hours end; a day off ends with those of an ordinary day."""
        return at_local(day, (self.hours_of(day) or self.full_day)[-1].closes)

    def open_of(self, day: date) -> datetime:
        """When a day's working hours begin; a day off begins with those of an ordinary day."""
        return at_local(day, (self.hours_of(day) or self.full_day)[0].opens)

    def term_of(self, day: date) -> str:
        """The name of the term or school holiday a day falls in; empty when none is known."""
        return next((name for name, first, last in self.terms if first <= day <= last), "")

    def year(self, number: int) -> _Year:
        """One year laid out; `BeyondHorizon` for years no calendar reaches."""
        if number not in self._years:
            if not FIRST_YEAR <= number <= LAST_YEAR:
                raise BeyondHorizon(f"没有 {number} 年的日历")
            self._years[number] = self._lay_out(number)
        return self._years[number]

    def _lay_out(self, number: int) -> _Year:
        # Only a few days of a year are not as their weekday says: look those up, and take the rest from the week.
        odd = {day: fact.is_workday for day, fact in self.days.items() if day.year == number}
        if not self.knows(number):
            odd = {**dict.fromkeys(statutory.days_off(number), False), **odd}
        normal = [bool(self.week.get(weekday)) for weekday in range(7)]
        days, opens, ends, total = [], [], [], 0
        for ordinal in range(date(number, 1, 1).toordinal(), date(number, 12, 31).toordinal() + 1):
            day = date.fromordinal(ordinal)
            if not odd.get(day, normal[(ordinal - 1) % 7]):
                continue
            days.append(ordinal)
            for interval in self.hours.get(day) or self.week.get((ordinal - 1) % 7) or self.full_day:
                total += _micros(interval.closes) - _micros(interval.opens)
                opens.append(ordinal * _DAY + _micros(interval.opens))
                ends.append(total)
        return _Year(tuple(days), tuple(opens), tuple(ends), total)


def at_local(day: date, moment: time) -> datetime:
    """That time of that day in China, as a moment."""
    return datetime.combine(day, moment, SHANGHAI).astimezone(UTC)


def local_day(at: datetime) -> date:
    """The day in China on which a moment falls."""
    return at.astimezone(SHANGHAI).date()


def workday_after(calendar: Calendar, day: date, number: int) -> date:
    """The `number`-th working day after a day, which itself counts as zero, worked or not."""
    if number < 1:
        raise BeyondHorizon("期限至少要有一个工作日")
    wanted = number
    for year in range(day.year, day.year + 4):
        days = calendar.year(year).days
        start = bisect_right(days, day.toordinal())
        if start + wanted <= len(days):
            return _within(day, date.fromordinal(days[start + wanted - 1]))
        wanted -= len(days) - start
        _refuse_idleness(calendar, year)
    raise BeyondHorizon(f"{number} 个工作日超出了日历能推算的两年")


def workday_before(calendar: Calendar, day: date, number: int) -> date:
    """The `number`-th working day before a day."""
    wanted = number
    for year in range(day.year, day.year - 4, -1):
        days = calendar.year(year).days
        end = bisect_left(days, day.toordinal())
        if wanted <= end:
            return date.fromordinal(days[end - wanted])
        wanted -= end
    raise NoWorkingDay("往前两年里没有一个工作日，请检查工作日历")


def first_workday_from(calendar: Calendar, day: date) -> date:
    """The day itself when it is worked, else the next one that is."""
    return day if calendar.is_workday(day) else workday_after(calendar, day, 1)


def workdays_between(calendar: Calendar, day: date, until: date) -> int:
    """How many working days lie after `day`, up to and with `until`; negative when `until` lies before."""
    if until < day:
        return -workdays_between(calendar, until, day)
    return sum(
        bisect_right(calendar.year(year).days, until.toordinal())
        - bisect_right(calendar.year(year).days, day.toordinal())
        for year in range(day.year, until.year + 1)
    )


def working_time(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How much working time lies between two moments; nothing when `end` is not after `start`."""
    if end <= start:
        return timedelta(0)
    first, last = local_day(start).year, local_day(end).year
    inside = sum(calendar.year(year).total for year in range(first, last))
    return (inside + _worked(calendar, end) - _worked(calendar, start)) * _MICROSECOND


def add_working_time(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """The moment by which `amount` of working time has passed since `start`; `start` itself for nothing."""
    wanted = amount // _MICROSECOND
    if wanted <= 0:
        return start
    year = local_day(start).year
    wanted += _worked(calendar, start)
    for number in range(year, year + 4):
        laid = calendar.year(number)
        if wanted <= laid.total:
            return _within_moment(start, _moment_in(laid, wanted))
        wanted -= laid.total
        _refuse_idleness(calendar, number)
    raise BeyondHorizon("期限超出了日历能推算的两年")


def is_firm(calendar: Calendar, start: date, end: date) -> bool:
    """Whether the official notices of all years from `start` to `end` are in."""
    return all(calendar.knows(year) for year in range(start.year, end.year + 1))


def over(calendar: Calendar, unit: Calendar) -> Calendar:
    """The unit's calendar laid over the national one: its days and hours win, the rest is the nation's."""
    return replace(
        unit,
        days={**calendar.days, **unit.days},
        hours={**calendar.hours, **unit.hours},
        confirmed_years=calendar.confirmed_years | unit.confirmed_years,
        version=f"{calendar.version}+{unit.version}",
        _years={},
    )


def days_from(start: date, end: date) -> Iterator[date]:
    """Every day from `start` to `end`, both included."""
    return (date.fromordinal(number) for number in range(start.toordinal(), end.toordinal() + 1))


def _check_hours(hours: Iterable[Interval], where: str) -> None:
    ordered = list(hours)
    for one, following in pairwise(ordered):
        if following.opens < one.closes:
            raise BadCalendar(f"{where} 的工作时间重叠或没有按先后排列")


def _micros(moment: time) -> int:
    return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * 1_000_000 + moment.microsecond


def _length(hours: Hours) -> int:
    return sum(_micros(one.closes) - _micros(one.opens) for one in hours)


def _absolute(at: datetime) -> int:
    local = at.astimezone(SHANGHAI)
    return local.toordinal() * _DAY + _micros(local.time())


def _worked(calendar: Calendar, at: datetime) -> int:
    """Working time of the moment's year up to the moment."""
    laid = calendar.year(local_day(at).year)
    here = _absolute(at)
    index = bisect_right(laid.opens, here) - 1
    if index < 0:
        return 0
    before = laid.ends[index - 1] if index else 0
    return min(before + here - laid.opens[index], laid.ends[index])


def _moment_in(laid: _Year, wanted: int) -> datetime:
    """The moment of the year at which so much work is done; at a border it is the close, not the next opening."""
    index = bisect_left(laid.ends, wanted)
    before = laid.ends[index - 1] if index else 0
    days, rest = divmod(laid.opens[index] + wanted - before, _DAY)
    midnight = datetime.combine(date.fromordinal(days), time(0), SHANGHAI)
    return (midnight + rest * _MICROSECOND).astimezone(UTC)


def _within(day: date, found: date) -> date:
    if found - day > HORIZON:
        raise BeyondHorizon(f"{found.isoformat()} 离起算日超过两年")
    return found


def _within_moment(start: datetime, found: datetime) -> datetime:
    if found - start > HORIZON:
        raise BeyondHorizon(f"{local_day(found).isoformat()} 离起算日超过两年")
    return found


def _refuse_idleness(calendar: Calendar, year: int) -> None:
    """A calendar that does not work for two years on end is a mistake, not a long holiday."""
    if not calendar.year(year).days and not calendar.year(year + 1).days:
        raise NoWorkingDay(f"{calendar.name}：{year} 和 {year + 1} 两年没有一个工作日，请检查工作日历")
