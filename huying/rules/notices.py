"""The yearly official notice on holidays, read from its own words or from a sheet's rows.

The notice is read, shown as a month picture and confirmed by a person: what is not understood is refused with its line,
never guessed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from huying.rules.refusals import Refusal
from huying.rules.workdays import WEEKDAYS, DayFact, days_from

LONGEST_BREAK: Final = 16
_ITEM: Final = re.compile(
    r"^[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]\s*(?P<name>[^：:，。]{1,20})[：:](?P<rest>.+)$"
)
_DAY: Final = r"(?:(?P<{0}y>\d{{4}})年)?(?:(?P<{0}m>\d{{1,2}})月)?(?P<{0}d>\d{{1,2}})日"
_SPAN: Final = re.compile(_DAY.format("a") + r"(?:[至—–\-~～]+" + _DAY.format("b") + ")?")
_BRACKETS: Final = re.compile(r"[（(][^（）()]*[）)]")
_YES: Final = ("1", "是", "上班", "工作日", "true", "yes", "y", "worked")
_NO: Final = ("0", "否", "休息", "放假", "false", "no", "n", "off")


class UnreadableNotice(Refusal):
    """A line of the notice is not understood; the text names it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice says of a year: days off and make-up working days, by date."""

    year: int
    days: tuple[DayFact, ...]


def read_text(text: str, *, year: int, source: str) -> Notice:
    """The notice from its own words ("一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。")."""
    found: dict[date, DayFact] = {}
    for line in text.splitlines():
        item = _ITEM.match(line.strip())
        if item is not None and "日" in item["rest"]:
            _take(found, _read_item(item["name"].strip(), item["rest"], year=year, source=source))
    return _checked(year, found)


def read_rows(rows: Iterable[Sequence[object]], *, year: int, source: str) -> Notice:
    """The notice from rows of date, worked or not, name. A first row of headings is left out."""
    found: dict[date, DayFact] = {}
    for number, row in enumerate(rows, start=1):
        cells = [*(str(cell if cell is not None else "").strip() for cell in row), "", "", ""]
        if not any(cells) or (number == 1 and not re.search(r"\d{4}", cells[0])):
            continue
        day = DayFact(_date(cells[0], number), _worked(cells[1], number), name=cells[2], source=source)
        _take(found, [day])
    return _checked(year, found)


def picture(notice: Notice) -> tuple[str, ...]:
    """The year as lines of text, month by month: 休 a day off by notice, 班 a make-up working day."""
    known = {one.day: one for one in notice.days}
    months = sorted({(one.day.year, one.day.month) for one in notice.days})
    return tuple(line for year, month in months for line in _month(year, month, known))


def _read_item(name: str, rest: str, *, year: int, source: str) -> list[DayFact]:
    found: list[DayFact] = []
    bare = _BRACKETS.sub("", rest)
    for sentence in re.split(r"[。；;]", bare):
        spans = list(_SPAN.finditer(sentence))
        if not spans:
            continue
        is_workday = "上班" in sentence
        if not is_workday and "放假" not in sentence:
            raise UnreadableNotice("看不懂“%(line)s”：没有写放假还是上班", line=f"{name}：{sentence}")
        month = 0
        for span in spans:
            first, last = _ends(span, year=year, month=month, line=sentence)
            month = last.month
            found += [DayFact(day, is_workday, name=name, source=source) for day in days_from(first, last)]
    if not found:
        raise UnreadableNotice("看不懂“%(line)s”：没有日期", line=f"{name}：{rest}")
    return found


def _ends(span: re.Match[str], *, year: int, month: int, line: str) -> tuple[date, date]:
    first = _day_of(span, "a", year=year, month=month, line=line)
    if span["bd"] is None:
        return first, first
    last = _day_of(span, "b", year=first.year, month=first.month, line=line)
    if span["by"] is None and last < first:
        # 12月31日至2日 runs into the next month, 12月30日至1月2日 into the next year.
        month = last.month if span["bm"] else first.month % 12 + 1
        last = _built(first.year + (month < first.month), month, last.day, line)
    if last < first or last - first > timedelta(days=LONGEST_BREAK):
        raise UnreadableNotice("看不懂“%(line)s”：起止日期不对", line=line)
    return first, last


def _day_of(span: re.Match[str], end: str, *, year: int, month: int, line: str) -> date:
    number = int(span[f"{end}m"] or month)
    if not number:
        raise UnreadableNotice("看不懂“%(line)s”：没有月份", line=line)
    return _built(int(span[f"{end}y"] or year), number, int(span[f"{end}d"]), line)


def _built(year: int, month: int, day: int, line: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as wrong:
        raise UnreadableNotice("“%(line)s”里的日期不存在", line=line) from wrong


def _date(text: str, number: int) -> date:
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?", text)
    if parts is None:
        raise UnreadableNotice("第 %(number)s 行的日期“%(text)s”看不懂", number=number, text=text)
    year, month, day = (int(part) for part in parts.groups())
    return _built(year, month, day, f"第 {number} 行")


def _worked(text: str, number: int) -> bool:
    word = text.lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise UnreadableNotice("第 %(number)s 行要写“上班”或“休息”，现在是“%(text)s”", number=number, text=text)


def _take(found: dict[date, DayFact], days: Iterable[DayFact]) -> None:
    for one in days:
        before = found.get(one.day)
        if before is not None and before.is_workday != one.is_workday:
            raise UnreadableNotice("%(day)s 又说放假又说上班", day=one.day.isoformat())
        # 中秋 and 国庆 may share days: the day is called by both.
        name = before.name if before is not None and one.name in before.name else one.name
        both = f"{before.name}、{one.name}" if before is not None and before.name != name else name
        found[one.day] = DayFact(one.day, one.is_workday, name=both, source=one.source)


def _checked(year: int, found: Mapping[date, DayFact]) -> Notice:
    """The notice, if it can be one of that year: it speaks of the year, of days off, and of make-up weekends only."""
    days = tuple(found[day] for day in sorted(found))
    if not any(one.day.year == year and not one.is_workday for one in days):
        raise UnreadableNotice("里面没有 %(year)s 年的放假日子", year=year)
    for one in days:
        near = one.day.year in (year, year + 1) or (one.day.year == year - 1 and one.day.month == 12)
        if not near:
            raise UnreadableNotice("%(day)s 不是 %(year)s 年的", day=one.day.isoformat(), year=year)
        if one.is_workday and one.day.weekday() < 5:
            raise UnreadableNotice(
                "%(day)s 是%(weekday)s，不用调休也上班，请核对",
                day=one.day.isoformat(),
                weekday=WEEKDAYS[one.day.weekday()],
            )
    return Notice(year, days)


def _month(year: int, month: int, known: Mapping[date, DayFact]) -> list[str]:
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    cells = ["      "] * first.weekday() + [
        _cell(day, known) for day in days_from(first, following - timedelta(days=1))
    ]
    weeks = ["".join(cells[start : start + 7]).rstrip() for start in range(0, len(cells), 7)]
    return [f"{year}年{month}月", "".join(f"{name}  " for name in WEEKDAYS).rstrip(), *weeks, ""]


def _cell(day: date, known: Mapping[date, DayFact]) -> str:
    mark = "  " if day not in known else "班" if known[day].is_workday else "休"
    return f"{day.day:>2}{mark}  "
