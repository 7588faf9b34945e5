"""A deadline says how long and until when; the shape follows the words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from huying.web.components import moments
from huying.web.components.due import Due, due_words, span_words
from huying.web.components.moments import SHANGHAI


def local(day: int, hour: int = 17, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


TUESDAY = local(24, 11, 48)


@pytest.mark.parametrize(
    "due_at, shape, words",
    [
        (local(1, month=12), "far", "还有 7 天，12月1日（周二）"),  # 7 days, 5 hours
        (local(25, 11, 49), "far", "还有 1 天，11月25日（周三）"),  # 24 hours and a minute
        (local(25, 11, 48), "soon", "还有 1 天，11月25日（周三）"),  # exactly a day: the yellow card shows
        (local(24, 17, 0), "soon", "还有 5 小时 12 分，今天 17:00 前"),
        (local(25, 9, 0), "soon", "还有 21 小时 12 分，明天 9:00 前"),
        (local(24, 12, 48), "soon", "还有 1 小时，今天 12:48 前"),
        (local(24, 11, 48), "soon", "还有 1 分，今天 11:48 前"),  # the very moment is not late yet
        (local(24, 11, 36), "late", "超 12 分"),
        (local(22, 11, 0), "late", "超 2 天"),
        (local(5, month=1, year=2027), "far", "还有 42 天，2027年1月5日（周二）"),
    ],
)
def test_a_running_clock(due_at, shape, words):
    due = due_words(due_at, at=TUESDAY)
    assert (due.shape, due.words) == (shape, words)


def test_the_yellow_card_decides_when_it_is_soon():
    monday = local(30)
    assert due_words(monday, at=local(27, 18), soon_from=local(27)).shape == "soon"
    assert due_words(local(24), at=local(24, 10), soon_from=local(24, 16)).shape == "far"


def test_a_list_shows_less():
    assert due_words(local(24), at=TUESDAY).short_words == "还有 5 小时"
    assert due_words(local(24), at=local(24, 10), soon_from=local(24, 16)).short_words == "今天 17:00 前"
    assert due_words(local(30), at=TUESDAY).short_words == "还有 6 天"
    assert due_words(local(24), at=local(24, 16, 40)).short_words == "还有 20 分"


@pytest.mark.parametrize(
    "given, due",
    [
        ({"held": "等家长补充"}, Due("hold", "已暂停，等家长补充")),
        ({"held": ""}, Due("hold", "已暂停")),
        ({"done_at": TUESDAY}, Due("done", "按期办完")),
        ({"done_at": local(26, 18)}, Due("late", "办完，超 2 天")),
    ],
)
def test_a_clock_that_stands_or_has_ended(given, due):
    assert due_words(local(24, 17), at=TUESDAY, **given) == due


def test_no_deadline_is_said_too():
    assert due_words(None, at=TUESDAY).words == "没有期限"
    assert due_words(None, at=TUESDAY, done_at=TUESDAY).words == "办完"


def test_a_year_without_a_confirmed_calendar_is_provisional():
    due = due_words(local(5, month=1, year=2027), at=TUESDAY, provisional=True)
    assert due.words == "还有 42 天，2027年1月5日（周二），暂定"


def test_the_day_is_the_county_s_day_not_that_of_utc():
    evening = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # half past midnight on the 25th here
    assert moments.day_words(evening) == "11月25日（周三）"
    assert moments.moment_words(evening) == "11月25日（周三）0:30"


def test_days_months_and_clocks_in_words():
    assert moments.short_day_words(date(2026, 12, 1)) == "12月1日"
    assert moments.day_words(date(2026, 12, 1), year=True) == "2026年12月1日（周二）"
    assert moments.month_words(date(2026, 11, 24)) == "2026年11月"
    assert moments.short_moment_words(local(25, 8, 5)) == "11月25日 8:05"
    assert moments.near_day_words(local(25), at=TUESDAY) == "明天"


def test_a_span_in_days_or_in_hours_and_minutes():
    assert span_words(timedelta(hours=47, minutes=59)) == "1 天"
    assert span_words(timedelta(hours=23, minutes=59)) == "23 小时 59 分"
    assert span_words(timedelta(seconds=10)) == "1 分"
