"""The calendar editor: who may, what it shows before it is done, what is refused, and what is recorded."""

from datetime import date, time
from io import BytesIO

import pytest
from openpyxl import Workbook

from huying.appeals.models import DateMove
from huying.channels.models import Letter
from huying.people import calendars
from huying.people.models import CalendarChange, CalendarYear, Post, SetupChange
from huying.rules import workdays
from huying.rules.enums import PostKind
from tests import given
from tests.cast import at

HOME = "/setup/calendar/"
NOTICE = "一、元旦：1月1日至4日放假调休，共4天。\n二、春节：2月5日至12日放假。1月9日（周六）上班。"
SOURCE = "国办发明电〔2026〕7号"


@pytest.fixture
def admin(office):
    calendars.seed_national(at=at(8))
    return office.as_("system_admin")


def school_admin(office, stage):
    """Somebody who sets up one school only."""
    Post.objects.create(
        person=stage.person("clerk"),
        unit=stage.units["school"],
        kind=PostKind.SYSTEM_ADMIN,
        starts_on=date(2026, 9, 1),
    )
    return office.as_("clerk")


def confirmed(client, address: str, **fields):
    """The form sent, looked at, and confirmed as the page would send it again."""
    shown = client.post(address, fields)
    assert shown.status_code == 200, shown.context["form"].errors
    again = {**shown.context["carried"], "seen": shown.context["stamp"], "confirm": "1"}
    return shown, client.post(address, again, follow=True)


def notice_of_2027(**more):
    return {"year": "2027", "text": NOTICE, "source": SOURCE, **more}


def test_the_year_stands_as_twelve_months_with_words_for_every_odd_day(admin):
    page = admin.get("/setup/calendar/nation/2026/")
    months = page.context["months"]
    assert [month.first.month for month in months] == list(range(1, 13))
    marks = {cell.day: cell.mark for month in months for week in month.weeks for cell in week if cell}
    assert marks[date(2026, 2, 17)] == "休"
    assert (marks[date(2026, 2, 14)], marks[date(2026, 2, 18)], marks[date(2026, 11, 24)]) == ("班", "休", "")
    assert "14日 调休上班" in months[1].told


def test_the_list_warns_from_november_that_next_year_is_missing(admin):
    page = admin.get(HOME)
    assert page.context["missing"] == (2027,)
    assert "2027 年的放假通知还没有导入" in page.content.decode()


def test_a_notice_is_shown_as_a_month_with_what_moves_before_anything_is_written(admin, stage):
    appeal = given.registered(stage, received_at=at(10, day=31, month=12))
    shown = admin.post("/setup/calendar/nation/notice/", notice_of_2027())
    assert (shown.status_code, shown.context["appeals"], shown.context["promises"]) == (200, 1, 1)
    assert appeal.number in shown.content.decode()
    changed = [cell.day for month in shown.context["months"] for week in month.weeks for cell in week
               if cell and cell.is_changed]  # fmt: skip
    assert date(2027, 1, 4) in changed
    assert date(2027, 1, 9) in changed
    assert not CalendarYear.objects.filter(year=2027).exists()
    assert not DateMove.objects.exists()


def test_a_confirmed_notice_is_recorded_with_who_and_from_where_and_tells_the_parent_once(admin, stage):
    given.registered(stage, received_at=at(10, day=31, month=12))
    _shown, page = confirmed(admin, "/setup/calendar/nation/notice/", **notice_of_2027())
    assert "1 件的日期变了" in page.content.decode()
    change = CalendarChange.objects.latest("id")
    assert (change.by.person.name, change.source) == ("马志", SOURCE)
    assert calendars.national().knows(2027)
    assert Letter.objects.filter(kind="date_moved").count() == 1
    kept = SetupChange.objects.latest("id")
    assert (kept.area, kept.subject, kept.by.person.name) == ("calendar", "全国工作日历", "马志")
    record = admin.get("/setup/calendar/nation/2027/").content.decode()
    assert "马志" in record
    assert SOURCE in record


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_uploaded_sheet_is_carried_to_the_confirming_page(admin, language):
    admin.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    book = Workbook()
    for row in (("日期", "上班或休息", "名称"), (date(2027, 1, 1), "休息", "元旦"), ("2027-01-03", "上班", "元旦")):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "2027.xlsx"
    confirmed(admin, "/setup/calendar/nation/notice/", year="2027", source=SOURCE, sheet=file)
    calendar = calendars.national()
    assert (calendar.is_workday(date(2027, 1, 1)), calendar.is_workday(date(2027, 1, 3))) == (False, True)


BAD_NOTICES = (
    ({"text": ""}, "请贴通知原文，或者上传表格"),
    ({"text": "一、元旦：1月32日放假。"}, "日期不存在"),
    ({"text": "随便写的"}, "里面没有 2027 年的放假日子"),
    ({"year": "20270"}, "2099"),
    ({"year": "今年"}, "请填四位数字的年份"),
    ({"source": ""}, "请写依据"),
    ({"text": "一、元旦：1月1日\x00放假。"}, ""),
)


@pytest.mark.parametrize(("wrong", "words"), BAD_NOTICES)
def test_a_notice_that_cannot_be_read_is_refused_with_its_words_and_kept(admin, wrong, words):
    page = admin.post("/setup/calendar/nation/notice/", notice_of_2027(**wrong))
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_school_s_closed_day_moves_the_dates_of_its_open_appeals_only(admin, stage):
    appeal = given.dispatched(stage)  # answer due on Friday the 27th
    pk = stage.units["school"].pk
    shown, _page = confirmed(
        admin, f"/setup/calendar/{pk}/days/", first="2026-11-26", state="off", name="停水停课", source="学校通知"
    )
    assert (shown.context["appeals"], shown.context["promises"]) == (1, 0)
    assert [(one.day, one.was, one.becomes) for one in shown.context["changes"]] == [
        (date(2026, 11, 26), "工作日", "停水停课")
    ]
    assert given.fresh(appeal).due_at == at(17, day=30)
    assert not calendars.calendar_for(stage.units["class"]).is_workday(date(2026, 11, 26))
    assert calendars.national().is_workday(date(2026, 11, 26))


def test_what_is_shown_is_what_happens(admin, stage):
    given.dispatched(stage)
    address = f"/setup/calendar/{stage.units['school'].pk}/week/"
    week = {f"day{n}": "8:00-11:30 14:00-17:30" for n in range(5)}
    shown, _page = confirmed(admin, address, starts_on="2026-11-25", source="夏季作息", **week)
    assert {(one.number, one.new_due_at) for one in shown.context["moves"]} == {
        (one.appeal.number, one.new_due_at) for one in DateMove.objects.all()
    }
    assert calendars.calendar_for(stage.units["class"]).close_of(date(2026, 11, 27)) == at(17, 30, day=27)


def test_a_preview_leaves_nothing_written(admin, stage):
    given.dispatched(stage)
    before = (calendars.calendar_for(stage.units["school"]).version, CalendarChange.objects.count())
    fields = {"first": "2026-11-26", "state": "off", "name": "停课", "source": "通知"}
    assert admin.post(f"/setup/calendar/{stage.units['school'].pk}/days/", fields).status_code == 200
    after = (calendars.calendar_for(stage.units["school"]).version, CalendarChange.objects.count())
    assert (before, DateMove.objects.count()) == (after, 0)


def test_half_a_day_and_terms_are_told_beside_the_dates(admin, stage):
    school = stage.units["school"]
    confirmed(admin, f"/setup/calendar/{school.pk}/hours/", day="2026-11-25", hours="8:00-12:00", source="家长会")
    confirmed(admin, f"/setup/calendar/{school.pk}/terms/", terms="寒假 2027-01-23 至 2027-02-20", source="校历")
    calendar = calendars.calendar_for(school)
    assert calendar.close_of(date(2026, 11, 25)) == at(12, day=25)
    assert calendar.term_of(date(2027, 2, 1)) == "寒假"
    page = admin.get(f"/setup/calendar/{school.pk}/2026/").content.decode()
    assert "25日 半天上班" in page


REFUSED = (
    ("week", {"day0": "8:00-12:00 11:00-17:00"}, "周一的时间重叠"),
    ("week", {"day0": "17:00-8:00"}, "要先开始后结束"),
    ("week", {"day0": "25:00-26:00"}, "周一的时间不存在"),
    ("week", {"day0": "全天"}, "看不懂周一的时间“全天”"),
    ("week", {}, "一周里至少要有一天上班"),
    ("week", {"day0": "8:00-12:00", "starts_on": "2026-11-24"}, "最早从明天起"),
    ("week", {"day0": "8:00-12:00", "starts_on": "2100-01-01"}, "2019 年到 2099 年之间"),
    ("week", {"day0": "8:00-12:00", "starts_on": ""}, "请填日期"),
    ("days", {"first": "2026-11-23", "state": "off", "name": "补记停课"}, "2026-11-23 已经开始，日历不能再改"),
    ("hours", {"day": "2026-11-23", "hours": "8:00-12:00"}, "2026-11-23 已经开始，日历不能再改"),
    ("days", {"first": "2026-11-26", "last": "2026-11-20", "state": "off"}, "到哪天不能早于从哪天"),
    ("days", {"first": "2026-11-25", "last": "2028-12-31", "state": "off"}, "两年没有一个工作日"),
    ("days", {"first": "1899-01-01", "state": "off"}, "2019 年到 2099 年之间"),
    ("days", {"first": "26.11.2026", "state": "off"}, "请写成 2026-11-24 这样的日期"),
    ("days", {"first": "2026-11-26"}, "请选上班还是不上班"),
    ("hours", {"day": "2026-11-26", "hours": "8:00-12:00 9:00-10:00"}, "时间重叠"),
    ("terms", {"terms": "寒假"}, "看不懂“寒假”"),
    ("terms", {"terms": "秋 2026-09-01 至 2027-01-22\n寒假 2027-01-20 至 2027-02-20"}, "日期重叠"),
    ("terms", {"terms": "秋 2026-09-31 至 2027-01-22"}, "日期不存在"),
)


@pytest.mark.parametrize(("what", "fields", "words"), REFUSED)
def test_what_makes_no_calendar_is_refused_with_clear_words(admin, stage, what, fields, words):
    given_ = {"source": "通知", "starts_on": "2026-11-30", **fields}
    page = admin.post(f"/setup/calendar/{stage.units['school'].pk}/{what}/", given_)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert CalendarChange.objects.count() == 1  # the seeding alone


def test_two_years_without_a_working_day_are_refused_whoever_asks(admin, stage):
    school = stage.units["school"]
    fields = {"first": "2026-11-25", "last": "2028-12-31", "state": "off", "name": "停办", "source": "通知"}
    page = admin.post(f"/setup/calendar/{school.pk}/days/", {**fields, "confirm": "1", "seen": ""})
    assert page.status_code == 422
    assert calendars.calendar_for(school).is_workday(date(2026, 11, 25))


def test_a_calendar_that_was_changed_meanwhile_is_shown_again(admin, stage):
    school = stage.units["school"]
    address = f"/setup/calendar/{school.pk}/days/"
    shown = admin.post(address, {"first": "2026-11-26", "state": "off", "name": "停课", "source": "通知"})
    week = {0: [(time(8), time(12))]}
    calendars.set_week(school, week, starts_on=date(2026, 11, 25), source="别人", at=at(17))
    again = {**shown.context["carried"], "seen": shown.context["stamp"], "confirm": "1"}
    page = admin.post(address, again)
    assert "刚才有人改过这份日历" in page.content.decode()
    assert calendars.calendar_for(school).days.get(date(2026, 11, 26)) is None


def test_a_school_s_administrator_changes_that_school_alone(office, stage):
    client = school_admin(office, stage)
    school, other, county = (stage.units[name].pk for name in ("school", "other_school", "county"))
    assert client.get(f"/setup/calendar/{school}/days/").status_code == 200
    assert client.get("/setup/calendar/nation/2026/").status_code == 200
    closed = ("nation/notice", "nation/days", f"{other}/days", f"{other}/2026", f"{county}/2026", f"{school}/notice")
    assert [client.get(f"/setup/calendar/{one}/").status_code for one in closed] == [404] * len(closed)


def test_the_security_administrator_looks_and_changes_nothing(office):
    client = office.as_("security_admin")
    page = client.get("/setup/calendar/nation/2026/")
    assert (page.status_code, page.context["edits"]) == (200, [])
    assert client.get("/setup/calendar/nation/notice/").status_code == 404


@pytest.mark.parametrize("name", ["teacher", "dispatcher", "principal", "auditor"])
def test_nobody_else_enters(office, name):
    client = office.as_(name)
    assert [client.get(one).status_code for one in (HOME, "/setup/calendar/nation/2026/")] == [404, 404]


def test_a_unit_is_opened_from_the_list(admin, stage):
    page = admin.get(HOME, {"unit": stage.units["school"].pk})
    assert page["Location"] == f"/setup/calendar/{stage.units['school'].pk}/2026/"
    assert [admin.get(HOME, {"unit": one}).status_code for one in ("9" * 30, "²", "x")] == [404, 200, 200]


def test_years_that_no_calendar_reaches_have_no_page(admin):
    assert [admin.get(f"/setup/calendar/nation/{year}/").status_code for year in (2018, 2100, 99999)] == [404] * 3
    assert admin.get("/setup/calendar/nation/2027/").context["is_firm"] is False


def test_the_first_working_day_after_a_closure_is_found(admin, stage):
    school = stage.units["school"]
    fields = {"first": "2026-11-25", "last": "2026-12-04", "state": "off", "name": "校舍加固", "source": "县局通知"}
    confirmed(admin, f"/setup/calendar/{school.pk}/days/", **fields)
    assert workdays.workday_after(calendars.calendar_for(school), date(2026, 11, 24), 1) == date(2026, 12, 7)
