"""Every date can be opened: from which moment, by which limit, which days counted and why the others did not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce

from huying.rules import workdays
from huying.rules.deadlines import Due, Hold
from huying.rules.labels import label
from huying.rules.limits import CalendarDays, WorkingDays, WorkingHours
from huying.rules.refusals import Say
from huying.rules.workdays import NATIONAL, SHANGHAI, WEEKDAYS, Calendar, DayFact, local_day


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the count: its number when it counted, and what it was."""

    day: date
    counted: str
    what: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A date, opened. Everything is words for people, in order; `lines` is the whole as lines of plain text."""

    due: str
    limit: str
    source: str
    start: str
    days: tuple[DayLine, ...]
    moves: tuple[str, ...]
    calendar: str
    provisional: str
    lines: tuple[str, ...]


def explain(due: Due, *, say: Say = str) -> Explanation:
    """The date, opened day by day."""
    ends = say("到期：%(moment)s") % {"moment": in_moment(due.at, say=say)}
    limit, source = _limit(due, say), _source(due, say)
    start = _start(due, say)
    days, moves = tuple(_days(due, say)), tuple(_moves(due, say))
    calendar, provisional = _calendar(due.calendar, say), _provisional(due, say)
    basis = say("依据：%(source)s") % {"source": source} if source else ""
    lines = (start, limit, basis, *(_line(one, say) for one in days), *moves, ends, calendar, provisional)
    return Explanation(
        due=ends,
        limit=limit,
        source=source,
        start=start,
        days=days,
        moves=moves,
        calendar=calendar,
        provisional=provisional,
        lines=tuple(line for line in lines if line),
    )


def for_parent(due: Due, *, say: Say = str) -> str:
    """One line for a parent: until when, and what does not count."""
    start, end = local_day(due.start), local_day(due.at)
    moment = in_moment(due.at, say=say)
    if end.year != start.year:
        moment = say("%(year)d年%(moment)s") % {"year": end.year, "moment": moment}
    until = say("%(moment)s 前（暂定）") if due.provisional else say("%(moment)s 前")
    skipped = _skipped(due.calendar, start, end, say) if _counts_work(due) else []
    outside = say("；%(days)s不算") % {"days": _all_of(skipped, say)} if skipped else ""
    return until % {"moment": moment} + outside


def in_day(day: date, *, say: Say = str) -> str:
    """11月24日（周二）"""
    parts = {"month": day.month, "day": day.day, "weekday": say(WEEKDAYS[day.weekday()])}
    return say("%(month)d月%(day)d日（%(weekday)s）") % parts


def in_moment(at: datetime, *, say: Say = str) -> str:
    """11月24日（周二）17:00"""
    local = at.astimezone(SHANGHAI)
    return say("%(day)s%(clock)s") % {"day": in_day(local.date(), say=say), "clock": f"{local:%H:%M}"}


def of_day(calendar: Calendar, day: date, *, say: Say = str) -> str:
    """What kind of day it is, in words: 工作日, 调休上班, 国庆节, 周末, with the term it falls in."""
    fact = calendar.fact(day)
    words = _worked(calendar, day, say) if fact.is_workday else _off(fact, say)
    if not fact.confirmed:
        words = say("%(what)s，放假安排还没公布") % {"what": words}
    term = calendar.term_of(day)
    return say("%(what)s，%(term)s照常计算") % {"what": words, "term": term} if term and fact.is_workday else words


def _worked(calendar: Calendar, day: date, say: Say) -> str:
    if not calendar.week_on(day).get(day.weekday()):
        return say("调休上班")
    return say("工作日") if calendar.hours.get(day) is None else say("半天上班")


def _off(fact: DayFact, say: Say) -> str:
    """The day off by its name; one that is two holidays at once has both names."""
    if not fact.name:
        return say("周末")
    return say("、").join(say(name) for name in fact.name.split("、"))


def _line(one: DayLine, say: Say) -> str:
    parts = {"day": in_day(one.day, say=say), "counted": one.counted or say("不算"), "what": one.what}
    return say("%(day)s：%(counted)s（%(what)s）") % parts


def _start(due: Due, say: Say) -> str:
    # Only days are counted from the next one; hours and minutes run from the moment itself.
    is_in_days = due.limit is not None and isinstance(due.limit.amount, WorkingDays | CalendarDays)
    template = say("从%(moment)s起算，当天不算") if is_in_days else say("从%(moment)s起算")
    return template % {"moment": in_moment(due.start, say=say)}


def _counts_work(due: Due) -> bool:
    return due.limit is not None and isinstance(due.limit.amount, WorkingDays | WorkingHours)


def _limit(due: Due, say: Say) -> str:
    if due.limit is None:
        return say("期限是定好的日子，不是数出来的")
    amount = due.limit.amount
    return say("期限：%(n)d %(unit)s") % {"n": amount.value, "unit": say(label(amount.unit))}


def _source(due: Due, say: Say) -> str:
    return say(due.limit.source) if due.limit is not None and due.limit.source else ""


def _calendar(calendar: Calendar, say: Say) -> str:
    return say("日历：%(name)s（版本 %(version)s）") % {"name": _owned(calendar.name, say), "version": calendar.version}


def _owned(name: str, say: Say) -> str:
    """The name of a calendar: the nation's, or that of a unit, whose own name stays as it is."""
    unit = name.removesuffix("工作日历")
    if name == NATIONAL:
        return say("全国工作日历")
    if unit == name:
        return name
    return say("%(unit)s工作日历") % {"unit": unit}


def _days(due: Due, say: Say) -> Iterator[DayLine]:
    if due.limit is None:
        return
    start, end = local_day(due.start), local_day(due.first)
    match due.limit.amount:
        case WorkingDays():
            yield from _working_days(due.calendar, start, end, say)
        case CalendarDays(value):
            yield from _calendar_days(due.calendar, start, end, value, say)
        case WorkingHours():
            yield from _working_hours(due, say)


def _working_days(calendar: Calendar, start: date, end: date, say: Say) -> Iterator[DayLine]:
    number = 0
    for day in workdays.days_from(start + timedelta(days=1), end):
        is_workday = calendar.is_workday(day)
        number += is_workday
        counted = say("第 %(n)d 个工作日") % {"n": number} if is_workday else ""
        yield DayLine(day, counted, of_day(calendar, day, say=say))


def _calendar_days(calendar: Calendar, start: date, end: date, value: int, say: Say) -> Iterator[DayLine]:
    for number, day in enumerate(workdays.days_from(start + timedelta(days=1), end), start=1):
        counted = say("第 %(n)d 天") % {"n": number} if number <= value else say("顺延")
        yield DayLine(day, counted, of_day(calendar, day, say=say))


def _working_hours(due: Due, say: Say) -> Iterator[DayLine]:
    for day in workdays.days_from(local_day(due.start), local_day(due.first)):
        midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        first, last = max(midnight, due.start), min(midnight + timedelta(days=1), due.first)
        worked = workdays.working_time(due.calendar, first, last)
        counted = say("计 %(hours)s") % {"hours": _in_hours(worked, say)} if worked else ""
        yield DayLine(day, counted, of_day(due.calendar, day, say=say))


def _moves(due: Due, say: Say) -> Iterator[str]:
    for change in due.changes:
        if isinstance(change, Hold):
            stood = workdays.working_time(due.calendar, change.start, change.end)
            yield say("暂停：%(start)s到%(end)s，停了 %(hours)s工作时间") % {
                "start": in_moment(change.start, say=say),
                "end": in_moment(change.end, say=say),
                "hours": _in_hours(stood, say),
            }
        else:
            yield say("延期：%(at)s批准，延到%(until)s") % {
                "at": in_moment(change.at, say=say),
                "until": in_moment(change.until, say=say),
            }
    if due.is_capped:
        yield say("不晚于对外期限的前一步：%(moment)s") % {"moment": in_moment(due.at, say=say)}


def _provisional(due: Due, say: Say) -> str:
    if not due.provisional:
        return ""
    years = range(local_day(due.start).year, local_day(due.at).year + 1)
    missing = say("、").join(str(year) for year in years if not due.calendar.knows(year))
    return say("暂定：%(years)s 年的放假安排还没公布，公布后会重新计算") % {"years": missing}


def _skipped(calendar: Calendar, start: date, end: date, say: Say) -> list[str]:
    """The names of what did not count between two days: weekends first, then holidays in their order."""
    off = [
        fact
        for day in workdays.days_from(start + timedelta(days=1), end)
        if not (fact := calendar.fact(day)).is_workday
    ]
    # Whatever has no name comes first, as the weekend.
    return list(dict.fromkeys(_off(fact, say) for fact in sorted(off, key=lambda fact: bool(fact.name))))


def _all_of(names: list[str], say: Say) -> str:
    return reduce(lambda before, last: say("%(before)s和%(last)s") % {"before": before, "last": last}, names)


def _in_hours(length: timedelta, say: Say) -> str:
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    if not hours:
        return say("%(minutes)d 分钟") % {"minutes": minutes}
    if not minutes:
        return say("%(hours)d 小时") % {"hours": hours}
    return say("%(hours)d 小时 %(minutes)d 分钟") % {"hours": hours, "minutes": minutes}
