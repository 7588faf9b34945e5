"""The calendar the tests count on: China's official holidays 2004–2026, and a few words to say moments shortly."""

from datetime import UTC, date, datetime, timedelta, timezone

from chinese_calendar import constants

from huying.rules.enums import ClockKind
from huying.rules.limits import LimitFact, parse
from huying.rules.workdays import Calendar, DayFact

CST = timezone(timedelta(hours=8))
NAMES = {"National Day": "国庆节", "Mid-autumn Festival": "中秋节", "Spring Festival": "春节", "New Year's Day": "元旦"}


def _days() -> dict[date, DayFact]:
    off = {day: DayFact(day, False, NAMES.get(name, "节日")) for day, name in constants.holidays.items()}
    worked = {day: DayFact(day, True, NAMES.get(name, "节日")) for day, name in constants.workdays.items()}
    return {**off, **worked}


CHINA = Calendar(days=_days(), confirmed_years=frozenset(range(2004, 2027)))


def at(text: str) -> datetime:
    """2026-09-18 10:00, Chinese time."""
    return datetime.fromisoformat(text).replace(tzinfo=CST).astimezone(UTC)


def said(moment: datetime) -> str:
    """The moment as Chinese wall time."""
    return f"{moment.astimezone(CST):%Y-%m-%d %H:%M}"


def limit(text: str, **fields: object) -> LimitFact:
    """5wd, 10cd, 4wh, 15min."""
    return LimitFact(step=ClockKind.ANSWER, amount=parse(text), **fields)
