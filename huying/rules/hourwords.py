"""Working hours ("8:00-12:00 13:30-17:00") and school terms as people write them down, read and written.

What is not understood is refused with its words, never guessed.
"""

import re
from collections.abc import Iterable
from datetime import date, time
from itertools import pairwise
from typing import Final

from huying.rules.workdays import BadCalendar, Hours, Interval

_STRETCH: Final = re.compile(r"(\d{1,2})[:：](\d{2})(?:-|–|—|~|～|到|至)(\d{1,2})[:：](\d{2})")
_BETWEEN: Final = re.compile(r"[\s,，、;；]*")
_AROUND_DASH: Final = re.compile(r"\s*(-|–|—|~|～|到|至)\s*")
_TERM: Final = re.compile(
    r"(?P<name>\S.{0,59}?)[\s:：,，]+(?P<first>\d{4}-\d{1,2}-\d{1,2})\s*(?:到|至|-|–|—|~|～|\s)\s*"
    r"(?P<last>\d{4}-\d{1,2}-\d{1,2})"
)

Term = tuple[str, date, date]


def read_hours(text: str, *, where: str = "") -> Hours:
    """The stretches of one day; none for an empty text. `BadCalendar` for what is no time, ends early or overlaps."""
    bare = _AROUND_DASH.sub(r"\1", text.strip())
    found = tuple(_stretch(one, where) for one in _STRETCH.finditer(bare))
    if _BETWEEN.sub("", _STRETCH.sub("", bare)):
        raise BadCalendar(
            "看不懂%(where)s的时间“%(text)s”，请写成 8:00-12:00 13:30-17:00", where=where, text=text.strip()
        )
    for before, after in pairwise(found):
        if after.opens < before.closes:
            raise BadCalendar(
                "%(where)s的时间重叠或没有按先后写：%(hours)s", where=where, hours=write_hours((before, after))
            )
    return found


def write_hours(hours: Iterable[Interval]) -> str:
    """8:00-12:00 13:30-17:00"""
    return " ".join(f"{_clock(one.opens)}-{_clock(one.closes)}" for one in hours)


def read_terms(text: str) -> tuple[Term, ...]:
    """Name, first and last day of each line; `BadCalendar` for a line that is none, ends early or overlaps."""
    terms = tuple(_term(line.strip()) for line in text.splitlines() if line.strip())
    ordered = sorted(terms, key=lambda one: one[1])
    for before, after in pairwise(ordered):
        if after[1] <= before[2]:
            raise BadCalendar("“%(first)s”和“%(second)s”的日期重叠", first=before[0], second=after[0])
    return tuple(ordered)


def write_terms(terms: Iterable[Term]) -> str:
    """One term a line, as `read_terms` reads it."""
    return "\n".join(f"{name} {first.isoformat()} 至 {last.isoformat()}" for name, first, last in terms)


def _stretch(found: re.Match[str], where: str) -> Interval:
    opens_hour, opens_minute, closes_hour, closes_minute = (int(part) for part in found.groups())
    return Interval(_time(opens_hour, opens_minute, where), _time(closes_hour, closes_minute, where))


def _time(hour: int, minute: int, where: str) -> time:
    if hour > 23 or minute > 59:
        raise BadCalendar("%(where)s的时间不存在：%(time)s", where=where, time=f"{hour}:{minute:02d}")
    return time(hour, minute)


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02d}"


def _term(line: str) -> Term:
    found = _TERM.fullmatch(line)
    if found is None:
        raise BadCalendar("看不懂“%(line)s”，请写成 秋季学期 2026-09-01 至 2027-01-22", line=line[:60])
    first, last = _day(found["first"], line), _day(found["last"], line)
    if last < first:
        raise BadCalendar("“%(name)s”要先开始后结束", name=found["name"])
    return found["name"].strip(), first, last


def _day(text: str, line: str) -> date:
    year, month, day = (int(part) for part in text.split("-"))
    try:
        return date(year, month, day)
    except ValueError as wrong:
        raise BadCalendar("“%(line)s”里的日期不存在", line=line[:60]) from wrong
