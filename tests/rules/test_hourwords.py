"""Working hours and terms as people write them: read back as they were written, refused with their words."""

from datetime import date, time

import pytest

from huying.rules import hourwords
from huying.rules.workdays import BadCalendar, Interval

MORNING, AFTERNOON = Interval(time(8), time(12)), Interval(time(13, 30), time(17))

WRITTEN = (
    ("8:00-12:00 13:30-17:00", (MORNING, AFTERNOON)),
    ("08：00至12：00，13:30～17:00", (MORNING, AFTERNOON)),
    ("8:00 - 12:00；13:30 — 17:00", (MORNING, AFTERNOON)),
    ("8:00-12:00", (MORNING,)),
    ("", ()),
    ("  ", ()),
)


@pytest.mark.parametrize(("text", "hours"), WRITTEN)
def test_hours_are_read_as_people_write_them(text, hours):
    assert hourwords.read_hours(text, where="周一") == hours


def test_what_is_written_is_read_back():
    text = hourwords.write_hours((MORNING, AFTERNOON))
    assert (text, hourwords.read_hours(text)) == ("8:00-12:00 13:30-17:00", (MORNING, AFTERNOON))


NO_HOURS = (
    ("8点到12点", "看不懂周一的时间"),
    ("8:00-12:00 下午", "看不懂周一的时间"),
    ("8:00-24:30", "周一的时间不存在：24:30"),
    ("8:60-9:00", "周一的时间不存在：8:60"),
    ("12:00-8:00", "要先开始后结束"),
    ("8:00-8:00", "要先开始后结束"),
    ("8:00-12:00 11:59-17:00", "周一的时间重叠"),
    ("13:30-17:00 8:00-12:00", "没有按先后写"),
)


@pytest.mark.parametrize(("text", "words"), NO_HOURS)
def test_what_is_no_time_is_refused_with_its_words(text, words):
    with pytest.raises(BadCalendar, match=words):
        hourwords.read_hours(text, where="周一")


def test_terms_are_read_in_the_order_of_their_days_and_written_back():
    text = "寒假 2027-01-23 至 2027-02-20\n\n秋季学期：2026-9-1到2027-1-22\n"
    terms = hourwords.read_terms(text)
    assert terms == (
        ("秋季学期", date(2026, 9, 1), date(2027, 1, 22)),
        ("寒假", date(2027, 1, 23), date(2027, 2, 20)),
    )
    assert hourwords.read_terms(hourwords.write_terms(terms)) == terms


NO_TERMS = (
    ("寒假", "看不懂“寒假”"),
    ("寒假 2027-02-20 至 2027-01-23", "要先开始后结束"),
    ("寒假 2027-02-30 至 2027-03-01", "日期不存在"),
    ("甲 2026-09-01 至 2027-01-22\n乙 2027-01-22 至 2027-02-20", "重叠"),
)


@pytest.mark.parametrize(("text", "words"), NO_TERMS)
def test_what_is_no_term_is_refused_with_its_words(text, words):
    with pytest.raises(BadCalendar, match=words):
        hourwords.read_terms(text)
