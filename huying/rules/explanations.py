"""Every date can be opened: from which moment, by which limit, which days counted and why the others did not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huying.rules import workdays
from huying.rules.deadlines import Due, Hold
from huying.rules.labels import label
from huying.rules.limits import CalendarDays, WorkingDays, WorkingHours
from huying.rules.workdays import SHANGHAI, WEEKDAYS, Calendar, local_day


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the count: its number when it counted, and what it was."""

    day: date
    counted: str
    what: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A date, opened. Everything is words for people, in order."""

    due: str
    limit: str
    source: str
    start: str
    days: tuple[DayLine, ...]
    moves: tuple[str, ...]
    calendar: str
    provisional: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The whole as lines of plain text."""
        days = (f"{in_day(one.day)}：{one.counted or '不算'}（{one.what}）" for one in self.days)
        source = f"依据：{self.source}" if self.source else ""
        said = (self.start, self.limit, source, *days, *self.moves, self.due, self.calendar, self.provisional)
        return tuple(line for line in said if line)


def explain(due: Due) -> Explanation:
    """The date, opened day by day."""
    return Explanation(
        due=f"到期：{in_moment(due.at)}",
        limit=_limit(due),
        source=due.limit.source if due.limit is not None else "",
        start=f"从{in_moment(due.start)}起算，当天不算",
        days=tuple(_days(due)),
        moves=tuple(_moves(due)),
        calendar=f"日历：{due.calendar.name}（版本 {due.calendar.version}）",
        provisional=_provisional(due),
    )


def for_parent(due: Due) -> str:
    """One line for a parent: until when, and what does not count."""
    start, end = local_day(due.start), local_day(due.at)
    skipped = _skipped(due.calendar, start, end) if _counts_work(due) else []
    outside = f"；{'和'.join(skipped)}不算" if skipped else ""
    year = f"{end.year}年" if end.year != start.year else ""
    note = "（暂定）" if due.provisional else ""
    return f"{year}{in_moment(due.at)} 前{note}{outside}"


def in_day(day: date) -> str:
    """11月24日（周二）"""
    return f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def in_moment(at: datetime) -> str:
    """11月24日（周二）17:00"""
    local = at.astimezone(SHANGHAI)
    return f"{in_day(local.date())}{local:%H:%M}"


def of_day(calendar: Calendar, day: date) -> str:
    """What kind of day it is, in words: 工作日, 调休上班, 国庆节, 周末, with the term it falls in."""
    fact = calendar.fact(day)
    if fact.is_workday:
        short = calendar.hours.get(day) is not None
        words = "调休上班" if day.weekday() not in calendar.week else "半天上班" if short else "工作日"
    else:
        words = fact.name or "周末"
    unsure = "" if fact.confirmed else "，放假安排还没公布"
    term = calendar.term_of(day)
    return f"{words}{unsure}" + (f"，{term}照常计算" if term and fact.is_workday else "")


def _counts_work(due: Due) -> bool:
    return due.limit is not None and isinstance(due.limit.amount, WorkingDays | WorkingHours)


def _limit(due: Due) -> str:
    if due.limit is None:
        return "期限是定好的日子，不是数出来的"
    amount = due.limit.amount
    return f"期限：{amount.value} {label(amount.unit)}"


def _days(due: Due) -> Iterator[DayLine]:
    if due.limit is None:
        return
    start, end = local_day(due.start), local_day(due.first)
    match due.limit.amount:
        case WorkingDays():
            yield from _working_days(due.calendar, start, end)
        case CalendarDays(value):
            yield from _calendar_days(due.calendar, start, end, value)
        case WorkingHours():
            yield from _working_hours(due)


def _working_days(calendar: Calendar, start: date, end: date) -> Iterator[DayLine]:
    number = 0
    for day in workdays.days_from(start + timedelta(days=1), end):
        is_workday = calendar.is_workday(day)
        number += is_workday
        yield DayLine(day, f"第 {number} 个工作日" if is_workday else "", of_day(calendar, day))


def _calendar_days(calendar: Calendar, start: date, end: date, value: int) -> Iterator[DayLine]:
    for number, day in enumerate(workdays.days_from(start + timedelta(days=1), end), start=1):
        counted = f"第 {number} 天" if number <= value else "顺延"
        yield DayLine(day, counted, of_day(calendar, day))


def _working_hours(due: Due) -> Iterator[DayLine]:
    for day in workdays.days_from(local_day(due.start), local_day(due.first)):
        midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        first, last = max(midnight, due.start), min(midnight + timedelta(days=1), due.first)
        worked = workdays.working_time(due.calendar, first, last)
        yield DayLine(day, f"计 {_in_hours(worked)}" if worked else "", of_day(due.calendar, day))


def _moves(due: Due) -> Iterator[str]:
    for change in due.changes:
        if isinstance(change, Hold):
            stood = workdays.working_time(due.calendar, change.start, change.end)
            yield f"暂停：{in_moment(change.start)}到{in_moment(change.end)}，停了 {_in_hours(stood)}工作时间"
        else:
            yield f"延期：{in_moment(change.at)}批准，延到{in_moment(change.until)}"
    if due.is_capped:
        yield f"不晚于对外期限的前一步：{in_moment(due.at)}"


def _provisional(due: Due) -> str:
    if not due.provisional:
        return ""
    years = range(local_day(due.start).year, local_day(due.at).year + 1)
    missing = "、".join(str(year) for year in years if not due.calendar.knows(year))
    return f"暂定：{missing} 年的放假安排还没公布，公布后会重新计算"


def _skipped(calendar: Calendar, start: date, end: date) -> list[str]:
    """The names of what did not count between two days: weekends first, then holidays in their order."""
    off = [
        fact
        for day in workdays.days_from(start + timedelta(days=1), end)
        if not (fact := calendar.fact(day)).is_workday
    ]
    names = [fact.name for fact in off if fact.name]
    weekend = ["周末"] if any(not fact.name for fact in off) else []
    return [*weekend, *dict.fromkeys(names)]


def _in_hours(length: timedelta) -> str:
    minutes = length // timedelta(minutes=1)
    hours, rest = divmod(minutes, 60)
    return " ".join([*([f"{hours} 小时"] if hours else []), *([f"{rest} 分钟"] if rest or not hours else [])])
