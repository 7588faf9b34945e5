from datetime import date, time

import pytest

from huying.people import calendars
from huying.people.calendars import YearNotKnown
from huying.people.models import CalendarChange, CalendarDay, CalendarYear, WorkCalendar
from huying.rules import notices, workdays
from huying.rules.calendar_changes import DayHasBegun
from huying.rules.workdays import BadCalendar, DayFact
from tests.cast import at

NOTICE_2027 = """一、元旦：1月1日至3日放假，共3天。
二、春节：2月5日至12日放假调休，共8天。1月30日（周六）、2月20日（周六）上班。"""


def notice_of_2027(text: str = NOTICE_2027) -> notices.Notice:
    return notices.read_text(text, year=2027, source="国办发明电〔2026〕7号")


OVERLAPPING = [(time(8), time(12)), (time(11), time(17))]
SUMMER = {weekday: [(time(7, 30), time(11, 30)), (time(14), time(17, 30))] for weekday in range(5)}


def closed(day: date) -> DayFact:
    return DayFact(day, is_workday=False, name="校运会", source="学校通知")


def test_before_anything_is_written_down_the_shipped_years_are_known(db):
    calendar = calendars.national()
    assert workdays.workday_after(calendar, date(2026, 9, 18), 1) == date(2026, 9, 20)
    assert (calendar.knows(2026), calendar.knows(2027)) == (True, False)


def test_seeding_confirms_every_known_year_once(db):
    calendars.seed_national(at=at(8))
    rows = CalendarDay.objects.count()
    calendars.seed_national(at=at(9))
    assert (CalendarDay.objects.count(), CalendarChange.objects.count()) == (rows, 1)
    assert calendars.known_years() == tuple(range(2004, 2027))
    assert calendars.national().fact(date(2026, 2, 14)).name == "春节"
    assert calendars.national().is_workday(date(2026, 2, 14))


def test_what_is_seeded_is_what_ships(db):
    shipped = calendars.shipped()
    calendars.seed_national(at=at(8))
    seeded = calendars.national()
    for year in (2004, 2019, 2026, 2027):
        assert seeded.year(year) == shipped.year(year)


def test_reading_a_calendar_that_is_in_memory_costs_one_statement(stage, django_assert_num_queries):
    calendars.seed_national(at=at(8))
    calendars.calendar_for(stage.units["class"])
    with django_assert_num_queries(1):
        calendars.calendar_for(stage.units["class"])


def test_a_year_is_confirmed_with_the_days_of_its_notice(db):
    calendars.seed_national(at=at(8))
    before = calendars.national()
    calendars.confirm_year(notice_of_2027(), source="国办发明电〔2026〕7号", at=at(9))
    after = calendars.national()
    assert (before.knows(2027), after.knows(2027)) == (False, True)
    assert after.is_workday(date(2027, 1, 30))
    assert not after.is_workday(date(2027, 2, 12))
    assert before.is_workday(date(2027, 2, 12))  # a calendar in hand never changes
    assert before.version != after.version


def test_a_corrected_notice_takes_back_what_the_first_one_said(db):
    calendars.seed_national(at=at(8))
    calendars.confirm_year(notice_of_2027(), source="第一稿", at=at(9))
    calendars.confirm_year(notice_of_2027(NOTICE_2027.replace("1月30日（周六）、", "")), source="更正", at=at(10))
    assert not calendars.national().is_workday(date(2027, 1, 30))
    assert CalendarYear.objects.get(year=2027).source == "更正"
    newest = calendars.changes_of(None)[0]
    assert (newest.version, newest.source) == (3, "更正")
    assert ["2027-01-30", True, None] in newest.days


def test_a_december_day_of_next_years_notice_survives_a_correction_of_this_one(db):
    calendars.seed_national(at=at(8))
    calendars.confirm_year(notice_of_2027(), source="2027 年通知", at=at(9))
    next_year = notices.read_text("一、元旦：2027年12月31日至1月2日放假。", year=2028, source="x")
    calendars.confirm_year(next_year, source="2028 年通知", at=at(10))
    calendars.confirm_year(notice_of_2027(), source="2027 年更正", at=at(11))
    assert not calendars.national().is_workday(date(2027, 12, 31))


def test_a_year_nobody_knows_is_never_guessed():
    with pytest.raises(YearNotKnown, match="2027 年的放假安排还不知道"):
        calendars.known_notice(2027)


@pytest.mark.parametrize(
    ("on", "missing"),
    [
        (date(2026, 10, 31), ()),
        (date(2026, 11, 1), (2027,)),
        (date(2027, 3, 1), (2027,)),
        (date(2027, 11, 1), (2027, 2028)),
    ],
)
def test_from_november_on_the_missing_next_year_is_named(db, on, missing):
    calendars.seed_national(at=at(8))
    assert calendars.missing_years(on=on) == missing


def test_a_school_closes_a_day_of_its_own(stage):
    calendars.seed_national(at=at(8))
    calendars.set_days(stage.units["school"], [closed(date(2026, 11, 25))], source="学校通知", at=at(9))
    assert not calendars.calendar_for(stage.units["class"]).is_workday(date(2026, 11, 25))
    assert calendars.calendar_for(stage.units["other_school"]).is_workday(date(2026, 11, 25))
    assert calendars.national().is_workday(date(2026, 11, 25))


def test_the_nearest_calendar_above_counts(stage):
    calendars.set_days(stage.units["school"], [closed(date(2026, 11, 25))], source="学校通知", at=at(9))
    calendars.set_days(stage.units["grade"], [closed(date(2026, 11, 26))], source="级部通知", at=at(9))
    assert not calendars.calendar_for(stage.units["class"]).is_workday(date(2026, 11, 26))
    assert calendars.calendar_for(stage.units["office"]).is_workday(date(2026, 11, 26))
    assert not calendars.calendar_for(stage.units["class"]).is_workday(date(2026, 11, 25))


def test_a_calendar_that_is_new_takes_away_no_day_that_held_there(stage):
    """Else whoever gives a school its first calendar would rewrite days that have begun."""
    county, school = stage.units["county"], stage.units["school"]
    mornings = {weekday: [(time(8), time(12))] for weekday in range(5)}
    calendars.set_days(county, [closed(date(2026, 11, 20))], source="县通知", at=at(8, day=19))
    calendars.set_week(county, mornings, starts_on=date(2026, 11, 23), source="县作息", at=at(8, day=19))
    calendars.set_days(school, [closed(date(2026, 11, 30))], source="学校通知", at=at(9))
    calendar = calendars.calendar_for(school)
    assert [calendar.is_workday(date(2026, 11, day)) for day in (20, 30)] == [False, False]
    assert calendar.close_of(date(2026, 11, 23)) == at(12, day=23)


def test_a_school_has_hours_of_its_own_and_half_days(stage):
    school = stage.units["school"]
    calendars.set_week(school, SUMMER, starts_on=date(2026, 11, 24), source="学校作息", at=at(9, day=23))
    calendars.set_hours(school, date(2026, 11, 25), [(time(7, 30), time(11, 30))], source="家长会", at=at(9))
    calendar = calendars.calendar_for(school)
    assert calendar.close_of(date(2026, 11, 24)) == at(17, 30)
    assert calendar.close_of(date(2026, 11, 25)) == at(11, 30, day=25)
    calendars.set_hours(school, date(2026, 11, 25), [], source="家长会取消", at=at(10))
    assert calendars.calendar_for(school).close_of(date(2026, 11, 25)) == at(17, 30, day=25)


def test_hours_that_overlap_or_a_week_without_work_change_nothing(stage):
    school = stage.units["school"]
    with pytest.raises(BadCalendar):
        calendars.set_week(school, {0: OVERLAPPING}, starts_on=date(2026, 11, 25), source="错", at=at(9))
    with pytest.raises(BadCalendar):
        calendars.set_week(school, {}, starts_on=date(2026, 11, 25), source="错", at=at(9))
    with pytest.raises(BadCalendar):
        calendars.set_hours(school, date(2026, 11, 25), [(time(12), time(8))], source="错", at=at(9))
    assert not WorkCalendar.objects.filter(unit=school).exists()


def test_new_weekly_hours_begin_on_their_day_and_leave_the_days_before_alone(stage):
    school = stage.units["school"]
    calendars.set_week(school, SUMMER, starts_on=date(2026, 11, 26), source="作息", at=at(9))
    calendar = calendars.calendar_for(school)
    assert [calendar.close_of(date(2026, 11, day)) for day in (25, 26)] == [at(17, day=25), at(17, 30, day=26)]
    assert calendar.close_of(date(2020, 1, 2)) == at(17, day=2, month=1, year=2020)


def test_a_week_that_is_to_come_is_put_again_and_those_after_it_stay(stage):
    school = stage.units["school"]
    mornings = {weekday: [(time(8), time(12))] for weekday in range(5)}
    calendars.set_week(school, SUMMER, starts_on=date(2026, 12, 1), source="作息", at=at(9))
    calendars.set_week(school, mornings, starts_on=date(2026, 12, 15), source="期末", at=at(10))
    calendars.set_week(school, {0: [(time(8), time(11))]}, starts_on=date(2026, 12, 1), source="改", at=at(11))
    calendar = calendars.calendar_for(school)
    assert [start for start, _ in calendar.later] == [date(2026, 12, 1), date(2026, 12, 15)]
    assert not calendar.is_workday(date(2026, 12, 8))  # a Tuesday, in the fortnight of Mondays
    assert calendar.close_of(date(2026, 12, 15)) == at(12, day=15, month=12)


@pytest.mark.parametrize("first", [date(2026, 11, 23), date(2026, 11, 24)])
def test_weekly_hours_begin_tomorrow_at_the_earliest(stage, first):
    with pytest.raises(DayHasBegun):
        calendars.set_week(stage.units["school"], SUMMER, starts_on=first, source="作息", at=at(7))


def test_a_unit_has_the_nations_weeks_until_its_own_begin(stage):
    mornings = {weekday: [(time(8), time(12))] for weekday in range(5)}
    calendars.set_week(None, mornings, starts_on=date(2026, 12, 1), source="全国", at=at(9))
    calendars.set_week(stage.units["school"], SUMMER, starts_on=date(2026, 12, 8), source="作息", at=at(9))
    calendar = calendars.calendar_for(stage.units["class"])
    closes = [calendar.close_of(date(2026, *day)) for day in ((11, 30), (12, 1), (12, 8))]
    assert closes == [at(17, day=30), at(12, day=1, month=12), at(17, 30, day=8, month=12)]


def test_a_day_that_has_begun_stands(stage):
    calendars.seed_national(at=at(8))
    school = stage.units["school"]
    today, tomorrow = date(2026, 11, 24), date(2026, 11, 25)
    with pytest.raises(DayHasBegun):
        calendars.set_days(school, [closed(today), closed(tomorrow)], source="停课", at=at(8))
    with pytest.raises(DayHasBegun):
        calendars.set_hours(school, today, [(time(8), time(12))], source="半天", at=at(12))
    with pytest.raises(DayHasBegun):
        calendars.set_days(None, [closed(date(2026, 11, 2))], source="更正", at=at(7))
    assert calendars.calendar_for(school).is_workday(tomorrow)
    calendars.set_days(school, [closed(today)], source="台风，清早停课", at=at(7, 59))
    assert not calendars.calendar_for(school).is_workday(today)


def test_a_past_day_may_be_given_its_name(stage):
    calendars.seed_national(at=at(8))
    named = DayFact(date(2026, 11, 23), is_workday=True, name="家长开放日", source="校历")
    calendars.set_days(stage.units["school"], [named], source="校历", at=at(9))
    assert calendars.calendar_for(stage.units["school"]).fact(date(2026, 11, 23)).name == "家长开放日"


def test_the_notice_of_an_unknown_year_corrects_days_that_have_passed(stage):
    calendars.seed_national(at=at(8))
    late = at(9, day=10, month=3, year=2027)
    calendars.confirm_year(notice_of_2027(), source="补录", at=late)
    assert calendars.national().is_workday(date(2027, 1, 30))
    with pytest.raises(DayHasBegun, match="2027-01-30 已经开始"):
        calendars.confirm_year(notice_of_2027(NOTICE_2027.replace("1月30日（周六）、", "")), source="更正", at=late)
    assert calendars.national().is_workday(date(2027, 1, 30))


def test_terms_are_kept_by_name(stage):
    calendars.set_terms(
        stage.units["school"], [("寒假", date(2027, 1, 20), date(2027, 2, 20))], source="校历", at=at(9)
    )
    assert calendars.calendar_for(stage.units["class"]).term_of(date(2027, 1, 25)) == "寒假"


def test_memory_keeps_no_more_calendars_than_it_should(db, monkeypatch):
    monkeypatch.setattr(calendars, "_KEEP", 2)
    monkeypatch.setattr(calendars, "_kept", {})
    calendars.seed_national(at=at(8))
    for hour in range(9, 13):
        calendars.confirm_year(notice_of_2027(), source=f"第 {hour} 稿", at=at(hour))
        calendars.national()
    assert len(calendars._kept) == 2
