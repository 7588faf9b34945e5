from datetime import date, time

import pytest

from huying.rules import deadlines, explanations, workdays
from huying.rules.deadlines import Extension, Hold
from huying.rules.workdays import Calendar, Interval
from tests.rules.almanac import CHINA, at, limit


def lines(written: str, start: str, **given) -> tuple[str, ...]:
    return explanations.explain(
        deadlines.due(limit(written, source="《潍坊市条例》第二十条"), at(start), CHINA, **given)
    ).lines


def test_a_working_day_limit_is_opened_day_by_day():
    assert lines("2wd", "2026-09-30 10:00") == (
        "从9月30日（周三）10:00起算，当天不算",
        "期限：2 个工作日",
        "依据：《潍坊市条例》第二十条",
        "10月1日（周四）：不算（国庆节）",
        "10月2日（周五）：不算（国庆节）",
        "10月3日（周六）：不算（国庆节）",
        "10月4日（周日）：不算（国庆节）",
        "10月5日（周一）：不算（国庆节）",
        "10月6日（周二）：不算（国庆节）",
        "10月7日（周三）：不算（国庆节）",
        "10月8日（周四）：第 1 个工作日（工作日）",
        "10月9日（周五）：第 2 个工作日（工作日）",
        "到期：10月9日（周五）17:00",
        "日历：全国工作日历（版本 0）",
    )


@pytest.mark.parametrize(("written", "said"), [
    ("2cd", "从9月30日（周三）10:00起算，当天不算"),
    ("4wh", "从9月30日（周三）10:00起算"),
    ("15min", "从9月30日（周三）10:00起算"),
])  # fmt: skip
def test_hours_and_minutes_run_from_the_moment_itself(written, said):
    assert lines(written, "2026-09-30 10:00")[0] == said


def test_make_up_days_and_weekends_are_named():
    said = lines("2wd", "2026-09-18 10:00")
    assert "9月19日（周六）：不算（周末）" in said
    assert "9月20日（周日）：第 1 个工作日（调休上班）" in said


def test_working_hours_are_opened_by_the_hours_of_each_day():
    said = lines("4wh", "2026-09-18 16:30")
    assert said[3:6] == (
        "9月18日（周五）：计 30 分钟（工作日）",
        "9月19日（周六）：不算（周末）",
        "9月20日（周日）：计 3 小时 30 分钟（调休上班）",
    )


def test_calendar_days_that_move_past_a_holiday_say_so():
    found = deadlines.due(limit("9cd", moves_past_holidays=True), at("2026-09-28 10:00"), CHINA)
    days = explanations.explain(found).days
    assert (days[-2].counted, days[-1].counted) == ("第 9 天", "顺延")


def test_minutes_need_no_days():
    assert explanations.explain(deadlines.due(limit("15min"), at("2026-09-18 10:00"), CHINA)).days == ()


def test_pauses_extensions_and_the_outer_date_are_told():
    changes = [
        Hold(at("2026-11-23 14:00"), at("2026-11-23 16:00")),
        Extension(at("2026-11-24 10:00"), at("2026-12-02 17:00")),
    ]
    moves = explanations.explain(
        deadlines.due(limit("5wd"), at("2026-11-20 09:00"), CHINA, changes=changes, ceiling=at("2026-12-01 17:00"))
    ).moves
    assert moves == (
        "暂停：11月23日（周一）14:00到11月23日（周一）16:00，停了 2 小时工作时间",
        "延期：11月24日（周二）10:00批准，延到12月2日（周三）17:00",
        "不晚于对外期限的前一步：12月1日（周二）17:00",
    )


def test_a_provisional_date_says_which_year_is_missing():
    said = lines("1wd", "2026-12-31 10:00")
    assert said[-1] == "暂定：2027 年的放假安排还没公布，公布后会重新计算"
    assert "1月1日（周五）：不算（元旦，放假安排还没公布）" in said


def test_a_senders_date_is_not_counted():
    found = explanations.explain(deadlines.sent(at("2026-11-28 12:00"), start=at("2026-11-20 09:00"), calendar=CHINA))
    assert (found.limit, found.days, found.source) == ("期限是定好的日子，不是数出来的", (), "")


@pytest.mark.parametrize(
    ("written", "start", "said"),
    [
        ("2wd", "2026-11-20 10:00", "11月24日（周二）17:00 前；周末不算"),
        ("2wd", "2026-09-30 10:00", "10月9日（周五）17:00 前；国庆节不算"),
        ("5wd", "2026-09-24 10:00", "10月9日（周五）17:00 前；中秋节和国庆节不算"),
        ("1wd", "2026-11-23 10:00", "11月24日（周二）17:00 前"),
        ("10cd", "2026-09-24 10:00", "10月4日（周日）17:00 前"),
        ("1wd", "2026-12-31 10:00", "2027年1月4日（周一）17:00 前（暂定）；周末和元旦不算"),
    ],
)
def test_one_line_for_a_parent(written, start, said):
    assert explanations.for_parent(deadlines.due(limit(written), at(start), CHINA)) == said


def test_a_half_day_and_a_school_holiday_are_named():
    half = {date(2026, 7, 20): (Interval(time(8), time(12)),)}
    summer = ("暑假", date(2026, 7, 10), date(2026, 8, 31))
    school = workdays.over(CHINA, Calendar(name="实验小学", hours=half, terms=(summer,)))
    assert explanations.of_day(school, date(2026, 7, 20)) == "半天上班，暑假照常计算"
    assert explanations.of_day(school, date(2026, 7, 19)) == "周末"


SAID = {
    "从%(moment)s起算，当天不算": "from %(moment)s, not that day",
    "到期：%(moment)s": "due %(moment)s",
    "期限：%(n)d %(unit)s": "%(n)d %(unit)s",
    "个工作日": "working days",
    "依据：%(source)s": "by %(source)s",
    "%(day)s%(clock)s": "%(day)s %(clock)s",
    "%(month)d月%(day)d日（%(weekday)s）": "%(weekday)s %(month)d/%(day)d",
    "周四": "Thu",
    "周五": "Fri",
    "周六": "Sat",
    "%(day)s：%(counted)s（%(what)s）": "%(day)s: %(counted)s (%(what)s)",
    "第 %(n)d 个工作日": "day %(n)d",
    "不算": "not counted",
    "中秋节": "Mid-autumn",
    "国庆节": "National Day",
    "、": ", ",
    "%(what)s，放假安排还没公布": "%(what)s, not announced",
    "日历：%(name)s（版本 %(version)s）": "calendar %(name)s (%(version)s)",
    "全国工作日历": "of the country",
    "%(unit)s工作日历": "of %(unit)s",
    "；%(days)s不算": "; without %(days)s",
    "%(before)s和%(last)s": "%(before)s and %(last)s",
    "周末": "weekend",
    "%(moment)s 前": "until %(moment)s",
}


def say(text: str) -> str:
    return SAID.get(text, text)


def test_an_edge_brings_its_own_language_and_names_it_does_not_know_stay():
    found = deadlines.due(limit("1wd", source="《潍坊市条例》第二十条"), at("2026-10-08 10:00"), CHINA)
    assert explanations.explain(found, say=say).lines == (
        "from Thu 10/8 10:00, not that day",
        "1 working days",
        "by 《潍坊市条例》第二十条",
        "Fri 10/9: day 1 (工作日)",
        "due Fri 10/9 17:00",
        "calendar of the country (0)",
    )
    holidays = deadlines.due(limit("5wd"), at("2026-09-24 10:00"), CHINA)
    assert explanations.for_parent(holidays, say=say) == "until Fri 10/9 17:00; without Mid-autumn and National Day"


def test_a_day_of_two_holidays_has_both_names():
    # In 2031 the moon's festival falls on the first day of October, and that year's notice is not known.
    assert explanations.of_day(CHINA, date(2031, 10, 1)) == "国庆节、中秋节，放假安排还没公布"
    assert explanations.of_day(CHINA, date(2031, 10, 1), say=say) == "National Day, Mid-autumn, not announced"


@pytest.mark.parametrize(
    ("name", "in_chinese", "said"),
    [
        ("澄川县实验小学工作日历", "澄川县实验小学工作日历", "of 澄川县实验小学"),
        ("100%小学工作日历", "100%小学工作日历", "of 100%小学"),
        ("值班表", "值班表", "值班表"),
    ],
)
def test_a_calendar_is_named_after_its_unit(name, in_chinese, said):
    own = workdays.over(CHINA, Calendar(name=name))
    found = deadlines.due(limit("1wd"), at("2026-11-23 10:00"), own)
    assert in_chinese in explanations.explain(found).calendar
    assert explanations.explain(found, say=say).calendar.startswith(f"calendar {said} (")


@pytest.mark.parametrize(
    ("end", "said"),
    [("2026-11-23 14:45", "45 分钟"), ("2026-11-23 16:00", "2 小时"), ("2026-11-23 16:05", "2 小时 5 分钟")],
)
def test_the_length_of_a_pause_is_told_in_hours_and_minutes(end, said):
    changes = [Hold(at("2026-11-23 14:00"), at(end))]
    found = deadlines.due(limit("5wd"), at("2026-11-20 09:00"), CHINA, changes=changes)
    assert explanations.explain(found).moves[0].endswith(f"停了 {said}工作时间")
