from datetime import date

import pytest

from huying.rules import limits
from huying.rules.enums import AppealKind, ClockKind, LimitUnit, Severity, UnitLevel
from huying.rules.limits import About, BadLimit, CalendarDays, Hours, LimitFact, Minutes, WorkingDays, WorkingHours
from huying.rules.shipped import SHIPPED

ON = date(2026, 11, 24)


def row(days: int, **fields) -> LimitFact:
    return LimitFact(step=ClockKind.ANSWER, amount=WorkingDays(days), **fields)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5wd", WorkingDays(5)),
        ("10cd", CalendarDays(10)),
        ("4wh", WorkingHours(4)),
        ("72h", Hours(72)),
        ("15min", Minutes(15)),
        (" 5WD ", WorkingDays(5)),
    ],
)
def test_a_limit_is_read_as_it_is_written(text, amount):
    assert limits.parse(text) == amount


@pytest.mark.parametrize("text", ["", "5", "wd", "-5wd", "5 wd", "1.5wd", "5days", "0wd", "0min", "9999999999wd"])
def test_what_is_no_limit_is_refused(text):
    with pytest.raises(BadLimit):
        limits.parse(text)


def test_working_days_and_calendar_days_are_never_the_same():
    assert WorkingDays(5) != CalendarDays(5)
    assert limits.amount(5, LimitUnit.CALENDAR_DAYS) == CalendarDays(5)


def test_the_narrower_row_wins():
    rows = [row(5), row(1, kind=AppealKind.INQUIRY), row(2, kind=AppealKind.INQUIRY, tier=UnitLevel.CLASS)]
    assert limits.pick(rows, ClockKind.ANSWER, About(kind=AppealKind.HELP), on=ON).amount == WorkingDays(5)
    assert limits.pick(rows, ClockKind.ANSWER, About(kind=AppealKind.INQUIRY), on=ON).amount == WorkingDays(1)
    asked = About(kind=AppealKind.INQUIRY, tier=UnitLevel.CLASS)
    assert limits.pick(rows, ClockKind.ANSWER, asked, on=ON).amount == WorkingDays(2)


def test_of_two_rows_as_narrow_the_newer_wins():
    rows = [row(5, valid_from=date(2026, 1, 1)), row(3, valid_from=date(2026, 10, 1))]
    assert limits.pick(rows, ClockKind.ANSWER, About(), on=ON).amount == WorkingDays(3)


def test_an_appeal_is_judged_by_the_rows_of_the_day_it_was_born():
    rows = [row(5, valid_from=date(2026, 1, 1), valid_to=date(2026, 9, 30)), row(3, valid_from=date(2026, 10, 1))]
    assert limits.pick(rows, ClockKind.ANSWER, About(), on=date(2026, 9, 30)).amount == WorkingDays(5)
    assert limits.pick(rows, ClockKind.ANSWER, About(), on=date(2026, 10, 1)).amount == WorkingDays(3)
    assert limits.pick(rows, ClockKind.ANSWER, About(), on=date(2025, 12, 31)) is None


def test_a_row_holds_for_its_topic_and_what_stands_below_it():
    rows = [row(5), row(2, topic=7)]
    assert limits.pick(rows, ClockKind.ANSWER, About(topics=frozenset({9, 7})), on=ON).amount == WorkingDays(2)
    assert limits.pick(rows, ClockKind.ANSWER, About(topics=frozenset({9})), on=ON).amount == WorkingDays(5)


def test_a_row_holds_for_its_channel_and_severity():
    rows = [row(5), row(4, channel="hotline"), row(1, severity=Severity.URGENT)]
    assert limits.pick(rows, ClockKind.ANSWER, About(channel="hotline"), on=ON).amount == WorkingDays(4)
    assert limits.pick(rows, ClockKind.ANSWER, About(severity=Severity.URGENT), on=ON).amount == WorkingDays(1)
    assert limits.pick(rows, ClockKind.REVIEW, About(), on=ON) is None


def test_lengths_no_calendar_reaches_are_not_sane():
    assert limits.is_sane(WorkingDays(480))
    assert not limits.is_sane(WorkingDays(10_000))
    assert not limits.is_sane(CalendarDays(732))


@pytest.mark.parametrize("kind", list(ClockKind))
def test_something_ships_for_every_clock(kind):
    assert limits.pick(SHIPPED, kind, About(), on=ON) is not None


def test_every_row_that_ships_says_where_it_comes_from():
    assert not [one for one in SHIPPED if not one.source or not limits.is_sane(one.amount)]


@pytest.mark.parametrize(
    ("kind", "days"),
    [(AppealKind.INQUIRY, 1), (AppealKind.HELP, 3), (AppealKind.COMPLAINT, 5), (AppealKind.REPORT, 5)],
)
def test_the_days_to_answer_by_kind_as_shipped(kind, days):
    assert limits.pick(SHIPPED, ClockKind.ANSWER, About(kind=kind), on=ON).amount == WorkingDays(days)
