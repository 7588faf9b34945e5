"""The diagnostic page: the same dates as the engine's, every day with its reason, and every refusal in words."""

from datetime import date

import pytest

from huying.people import calendars
from huying.rules.workdays import DayFact
from tests.cast import at

PAGE = "/setup/explain/"


@pytest.fixture
def admin(office):
    return office.as_("system_admin")


def asked(client, started: str, value: object, unit: str = "wd", place: str = ""):
    return client.get(PAGE, {"at": started, "value": value, "unit": unit, "place": place})


def test_the_golden_week_of_2025_is_counted_with_its_make_up_days(admin):
    # Received on make-up Sunday 28 September; 29, 30 worked; 1–8 October off; 9, 10, 11 (make-up Saturday) worked.
    page = asked(admin, "2025-09-28T10:00", 5)
    answer = page.context["answer"]
    assert answer["due"].at == at(17, day=11, month=10, year=2025)
    days = {one.day: (one.counted, one.what) for one in answer["opened"].days}
    assert days[date(2025, 9, 30)] == ("第 2 个工作日", "工作日")
    assert days[date(2025, 10, 6)][0] == ""
    assert "中秋节" in days[date(2025, 10, 6)][1]
    assert days[date(2025, 10, 11)] == ("第 5 个工作日", "调休上班")


def test_a_school_s_own_days_and_the_version_of_its_calendar_are_told(admin, stage):
    calendars.seed_national(at=at(8))
    closed = DayFact(date(2026, 11, 25), is_workday=False, name="校运会")
    calendars.set_days(stage.units["school"], [closed], source="学校通知", at=at(8))
    answer = asked(admin, "2026-11-24T10:00", 1, place="school").context["answer"]
    assert answer["due"].at == at(17, day=26)
    assert "澄川县实验小学工作日历（版本" in answer["opened"].calendar
    assert asked(admin, "2026-11-24T10:00", 1).context["answer"]["due"].at == at(17, day=25)


def test_an_unknown_year_is_provisional_in_words(admin):
    page = asked(admin, "2026-12-31T10:00", 5).content.decode()
    assert "暂定：2027 年的放假安排还没公布" in page


REFUSED = (
    ("2026-11-24T10:00", 0, "wd", "期限至少是 1"),
    ("2026-11-24T10:00", -3, "wd", "期限至少是 1"),
    ("2026-11-24T10:00", 10_000, "wd", "两年"),
    ("2026-11-24T10:00", 10_000, "cd", "两年"),
    ("2026-11-24T10:00", 10**12, "min", "看不懂期限"),
    ("2026-11-24T10:00", "五", "wd", "请填整数"),
    ("2026-11-24T10:00", "", "wd", "请填多久"),
    ("昨天", 5, "wd", "请写成 2026-11-24 10:00"),
    ("2026-02-29T10:00", 5, "wd", "请写成 2026-11-24 10:00"),
    ("0001-01-01T00:00", 5, "wd", "没有"),
    ("9999-12-31T23:59", 5, "wd", "没有"),
    ("2026-11-24T10:00", 5, "weeks", ""),
)


@pytest.mark.parametrize(("started", "value", "unit", "words"), REFUSED)
def test_a_question_without_sense_is_refused_in_words(admin, started, value, unit, words):
    page = asked(admin, started, value, unit)
    assert page.status_code == 422
    assert words in page.content.decode()


def test_the_empty_page_offers_now(admin):
    assert admin.get(PAGE).context["form"]["at"].value() == "2026-11-24T17:00"


@pytest.mark.parametrize(("name", "status"), [("security_admin", 200), ("teacher", 404), ("principal", 404)])
def test_only_administrators_enter(office, name, status):
    assert office.as_(name).get(PAGE).status_code == status
