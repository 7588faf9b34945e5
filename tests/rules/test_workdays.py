import itertools
from datetime import date, time, timedelta

import pytest

from huying.rules import statutory, workdays
from huying.rules.calendars import STANDARD_WEEK, weeks_over
from huying.rules.workdays import BadCalendar, BeyondHorizon, Calendar, DayFact, Interval, NoWorkingDay
from tests.rules.almanac import CHINA, at, said

MORNING, AFTERNOON = Interval(time(8), time(12)), Interval(time(13, 30), time(17))


def closed(*days: date) -> dict[date, DayFact]:
    return {day: DayFact(day, is_workday=False, name="停课") for day in days}


@pytest.mark.parametrize(
    ("day", "number", "found"),
    [
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # Friday → make-up Sunday
        (date(2026, 9, 18), 5, date(2026, 9, 24)),  # 20 21 22 23 24
        (date(2026, 9, 24), 7, date(2026, 10, 12)),  # 28 29 30 | 8 9 10 | 12
        (date(2026, 2, 11), 3, date(2026, 2, 14)),  # 12 13, make-up Saturday 14
        (date(2026, 4, 30), 5, date(2026, 5, 11)),  # 6 7 8, make-up Saturday 9, 11
        (date(2025, 9, 28), 5, date(2025, 10, 11)),  # 29 30 | 9 10, make-up Saturday 11
        (date(2018, 12, 28), 1, date(2018, 12, 29)),  # a make-up Saturday that came with next year's notice
        (date(2018, 12, 29), 1, date(2019, 1, 2)),  # 30 31 and New Year's Day are off
    ],
)
def test_the_nth_working_day(day, number, found):
    assert workdays.workday_after(CHINA, day, number) == found


@pytest.mark.parametrize(
    ("day", "number", "found"),
    [
        (date(2026, 10, 8), 1, date(2026, 9, 30)),
        (date(2026, 10, 12), 4, date(2026, 9, 30)),  # 10 9 8 | 30
        (date(2026, 1, 4), 1, date(2025, 12, 31)),
    ],
)
def test_the_nth_working_day_before(day, number, found):
    assert workdays.workday_before(CHINA, day, number) == found


def test_a_day_off_counts_as_day_zero_too():
    assert workdays.workday_after(CHINA, date(2026, 10, 3), 1) == date(2026, 10, 8)


def test_the_day_itself_or_the_next_worked_one():
    assert workdays.first_workday_from(CHINA, date(2026, 10, 4)) == date(2026, 10, 8)
    assert workdays.first_workday_from(CHINA, date(2026, 10, 10)) == date(2026, 10, 10)


def test_working_days_between_two_days():
    assert workdays.workdays_between(CHINA, date(2026, 9, 24), date(2026, 10, 12)) == 7
    assert workdays.workdays_between(CHINA, date(2026, 10, 12), date(2026, 9, 24)) == -7
    assert workdays.workdays_between(CHINA, date(2025, 12, 31), date(2026, 1, 4)) == 1


def test_an_ordinary_day_has_seven_and_a_half_hours():
    assert CHINA.full_day_length(date(2026, 11, 2)) == timedelta(hours=7, minutes=30)
    assert CHINA.hours_of(date(2026, 9, 20)) == (MORNING, AFTERNOON)  # a make-up Sunday is an ordinary day
    assert CHINA.hours_of(date(2026, 9, 27)) == ()


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-09-18 10:00", 4, "2026-09-18 15:30"),  # 2 h to noon, 2 h from 13:30
        ("2026-09-18 08:00", 4, "2026-09-18 12:00"),  # ends at the close of the morning, not at 13:30
        ("2026-09-18 12:30", 1, "2026-09-18 14:30"),  # started in the lunch break
        ("2026-09-18 16:30", 1, "2026-09-20 08:30"),  # half an hour on Friday, half on the make-up Sunday
        ("2026-09-30 18:00", 1, "2026-10-08 09:00"),  # after closing, before the holiday
    ],
)
def test_working_hours_run_only_while_people_work(start, hours, end):
    assert said(workdays.add_working_time(CHINA, at(start), timedelta(hours=hours))) == end


def test_working_time_between_two_moments():
    assert workdays.working_time(CHINA, at("2026-09-30 16:00"), at("2026-10-08 09:00")) == timedelta(hours=2)
    assert workdays.working_time(CHINA, at("2025-12-31 16:00"), at("2026-01-04 09:00")) == timedelta(hours=2)
    assert workdays.working_time(CHINA, at("2026-10-08 09:00"), at("2026-09-30 16:00")) == timedelta(0)


def test_no_time_moves_nothing():
    assert workdays.add_working_time(CHINA, at("2026-10-03 10:00"), timedelta(0)) == at("2026-10-03 10:00")


def test_a_half_day_closes_at_noon():
    calendar = Calendar(hours={date(2026, 3, 4): (MORNING,)}, confirmed_years=frozenset({2026}))
    assert said(calendar.close_of(date(2026, 3, 4))) == "2026-03-04 12:00"
    assert said(workdays.add_working_time(calendar, at("2026-03-04 11:00"), timedelta(hours=2))) == "2026-03-05 09:00"


SUMMER = dict.fromkeys(range(5), (Interval(time(7, 30), time(11, 30)), Interval(time(14), time(18))))


def test_a_later_week_holds_from_its_first_day_on():
    calendar = Calendar(later=((date(2026, 5, 6), SUMMER),), confirmed_years=frozenset({2026}))
    assert said(calendar.close_of(date(2026, 5, 5))) == "2026-05-05 17:00"
    assert said(calendar.close_of(date(2026, 5, 6))) == "2026-05-06 18:00"
    assert said(calendar.open_of(date(2026, 5, 9))) == "2026-05-09 07:30"  # a Saturday, by the week it lies in
    assert said(workdays.add_working_time(calendar, at("2026-05-05 16:00"), timedelta(hours=2))) == "2026-05-06 08:30"
    assert calendar.full_day_length(date(2026, 5, 6)) == timedelta(hours=8)


def test_a_week_without_work_is_refused_whenever_it_begins():
    with pytest.raises(BadCalendar, match="一周里至少要有一天上班"):
        Calendar(later=((date(2026, 5, 6), {}),))


def test_a_unit_closes_a_day_of_its_own_over_the_nations_calendar():
    own = workdays.over(CHINA, Calendar(name="实验小学", days=closed(date(2026, 9, 21))))
    assert workdays.workday_after(own, date(2026, 9, 20), 1) == date(2026, 9, 22)
    assert workdays.workday_after(CHINA, date(2026, 9, 20), 1) == date(2026, 9, 21)
    assert own.knows(2026)


def test_an_unknown_year_has_weekends_and_the_statutory_days():
    assert CHINA.fact(date(2027, 2, 8)).name == "春节"
    assert not CHINA.fact(date(2027, 2, 8)).confirmed
    assert not CHINA.is_workday(date(2027, 10, 2))
    assert CHINA.is_workday(date(2027, 10, 4))  # nobody knows yet
    assert workdays.is_firm(CHINA, date(2026, 1, 1), date(2026, 12, 31))
    assert not workdays.is_firm(CHINA, date(2026, 12, 31), date(2027, 1, 4))


def test_the_law_names_thirteen_days_off_a_year():
    days = statutory.days_off(2027)
    assert len(days) == 13
    assert [day.isoformat() for day, name in days.items() if name == "春节"] == [
        "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08",
    ]  # fmt: skip
    assert days[date(2027, 4, 5)] == "清明节"


def test_mid_autumn_may_fall_on_a_national_day():
    assert statutory.days_off(2028)[date(2028, 10, 3)] == "国庆节、中秋节"


def test_past_the_table_of_moons_the_other_holidays_stand():
    assert len(statutory.days_off(2150)) == 7


def test_the_statutory_days_of_past_years_were_all_off():
    for year in (2025, 2026):
        assert not [day for day in statutory.days_off(year) if CHINA.is_workday(day)]


def test_overlapping_hours_are_refused():
    overlapping = (Interval(time(8), time(12)), Interval(time(11), time(17)))
    with pytest.raises(BadCalendar, match="周一的工作时间重叠"):
        Calendar(week={0: overlapping})


def test_hours_that_end_before_they_begin_are_refused():
    with pytest.raises(BadCalendar, match="17:00–08:00"):
        Interval(time(17), time(8))


def test_an_empty_week_is_refused():
    with pytest.raises(BadCalendar, match="至少要有一天上班"):
        Calendar(week={0: ()})


def test_a_date_without_hours_is_refused():
    with pytest.raises(BadCalendar, match="2026-03-04 没有工作时间"):
        Calendar(hours={date(2026, 3, 4): ()})


def test_a_calendar_without_work_for_two_years_is_refused_and_never_loops():
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365 * 3)]
    idle = Calendar(days=closed(*days), confirmed_years=frozenset({2026, 2027, 2028}))
    with pytest.raises(NoWorkingDay, match="两年没有一个工作日"):
        workdays.workday_after(idle, date(2026, 6, 1), 1)
    with pytest.raises(NoWorkingDay):
        workdays.add_working_time(idle, at("2026-06-01 10:00"), timedelta(hours=1))
    long_ago = [date(2022, 1, 1) + timedelta(days=number) for number in range(365 * 5)]
    with pytest.raises(NoWorkingDay, match="往前两年"):
        workdays.workday_before(Calendar(days=closed(*long_ago)), date(2026, 6, 1), 1)


def test_what_lies_beyond_two_years_is_refused():
    with pytest.raises(BeyondHorizon, match="10000 个工作日"):
        workdays.workday_after(CHINA, date(2026, 1, 1), 10_000)
    with pytest.raises(BeyondHorizon):
        workdays.workday_after(CHINA, date(2026, 1, 1), 600)
    with pytest.raises(BeyondHorizon):
        workdays.add_working_time(CHINA, at("2026-01-01 10:00"), timedelta(hours=4_500))
    with pytest.raises(BeyondHorizon):
        workdays.add_working_time(CHINA, at("2026-01-01 10:00"), timedelta(hours=75_000))
    with pytest.raises(BeyondHorizon, match="至少"):
        workdays.workday_after(CHINA, date(2026, 1, 1), 0)
    with pytest.raises(BeyondHorizon, match="9999"):
        CHINA.year(9999)


def test_terms_are_told_and_move_nothing():
    summer = ("暑假", date(2026, 7, 10), date(2026, 8, 31))
    school = workdays.over(CHINA, Calendar(name="实验小学", terms=(summer,)))
    assert school.term_of(date(2026, 7, 20)) == "暑假"
    assert school.term_of(date(2026, 9, 20)) == ""
    assert workdays.workday_after(school, date(2026, 7, 17), 5) == date(2026, 7, 24)


def test_the_local_day_is_not_the_utc_day():
    assert workdays.local_day(at("2026-09-20 00:30")) == date(2026, 9, 20)
    assert said(CHINA.open_of(date(2026, 9, 20))) == "2026-09-20 08:00"


def test_a_year_is_laid_out_as_each_of_its_days_says():
    for year in (2025, 2026, 2027):
        days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
        assert CHINA.year(year).days == tuple(day.toordinal() for day in days if CHINA.is_workday(day))
        pairs = itertools.pairwise(CHINA.year(year).ends)
        assert all(one < following for one, following in pairs)


def test_a_unit_has_the_nations_weeks_until_its_own_begin():
    winter, summer, own = (date(2026, 3, 1), SUMMER), (date(2026, 5, 6), SUMMER), (date(2026, 4, 1), STANDARD_WEEK)
    nation = Calendar(week=STANDARD_WEEK, later=(winter, summer))
    assert weeks_over(nation, []) == (STANDARD_WEEK, (winter, summer))
    assert weeks_over(nation, [own]) == (STANDARD_WEEK, (winter, own))
    assert weeks_over(nation, [summer, (None, SUMMER), own]) == (SUMMER, (own, summer))
