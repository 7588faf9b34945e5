"""With English chosen a page speaks English: only names and what people wrote stay as they are."""

import re

import pytest
from django.test import Client

from huying.appeals.actions.approve_extension import approve_extension
from huying.appeals.actions.pause import pause
from huying.appeals.actions.request_extension import request_extension
from huying.appeals.actions.resume import resume
from huying.appeals.models import Appeal, Text, Topic
from huying.channels.models import Channel
from huying.people import calendars
from huying.people.models import Person, Unit
from huying.rules.enums import PauseReason
from huying.rules.workdays import DayFact
from tests import cast, given
from tests.cast import at
from tests.pages.office import Office
from tests.pages.parent import hold

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
ENGLISH = {"accept-language": "en"}
# The name of the house stands beside its English one, 甲乙丙 are letters, and 无 is what a unit typed.
SIGNS = "呼应甲乙丙无"
PUBLIC = ["/", "/s/school/", "/report/?school=school", "/progress/", "/open/", "/open/phones/", "/open/privacy/"]
STORIES = (given.registered, given.dispatched, given.handled, given.answered, given.delivered, given.closed)


def kept_words() -> list[str]:
    """Names and people's own words, longest first."""
    columns = [(Unit, "name"), (Person, "name"), (Topic, "name"), (Channel, "name"), (Text, "body"), (Appeal, "title")]
    words = {word for model, column in columns for word in model.objects.values_list(column, flat=True)}
    return sorted(words, key=len, reverse=True)


def chinese_on(page: str) -> list[str]:
    for word in kept_words():
        page = page.replace(word, "")
    return CHINESE.findall(re.sub(f"[{SIGNS}]", "", page))


def tell() -> tuple[cast.Stage, list[Appeal]]:
    stage = cast.enter()
    return stage, [story(stage) for story in STORIES]


@pytest.fixture
def told(db, worlds):
    """The cast, and an appeal at every step of the way."""
    with worlds.on(tell) as made:
        yield made


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_speaks_english(client, stage, path):
    page = client.get(path, headers=ENGLISH).content.decode()
    assert 'lang="en"' in page
    assert chinese_on(page) == []


def test_what_is_missing_is_said_in_english(client, stage):
    page = client.post("/report/", {"school": "school", "stage": "check"}, headers=ENGLISH).content.decode()
    assert chinese_on(page) == []


@pytest.mark.parametrize(
    "who", ["clerk", "dispatcher", "teacher", "grade_head", "caller", "county_supervisor", "auditor"]
)
def test_the_pages_of_staff_speak_english(told, monkeypatch, who):
    stage, appeals = told
    client: Client = Office(stage, monkeypatch).as_(who)
    paths = ["/staff/", "/staff/search/?q=甲乙", "/staff/letters/", "/staff/me/", "/staff/register/"]
    for path in [*paths, *(f"/staff/appeals/{one.pk}/{tail}" for one in appeals for tail in ("", "print/"))]:
        answer = client.get(path, headers=ENGLISH)
        if answer.status_code == 200:
            assert (path, chinese_on(answer.content.decode())) == (path, [])


def paused_and_extended(stage) -> Appeal:
    """An appeal whose dates a pause and an extension have moved."""
    appeal = given.contacted(stage)
    fields = {"ground": PauseReason.MORE_INFORMATION, "question": "是哪一天？", "reason": "说得不清"}
    pause(appeal, **fields, by=stage.teacher, at=at(13))
    resume(given.fresh(appeal), by=stage.teacher, at=at(14))
    request_extension(given.fresh(appeal), due_at=at(17, day=30), reason="等配镜结果", by=stage.teacher, at=at(15))
    approve_extension(given.fresh(appeal), due_at=at(17, day=30), reason="同意", by=stage.principal, at=at(16))
    return given.fresh(appeal)


def test_the_opened_dates_of_staff_speak_english(office, stage):
    calendars.seed_national(at=at(8))
    appeal = paused_and_extended(stage)
    page = office.as_("dispatcher").get(f"/staff/appeals/{appeal.pk}/dates/", headers=ENGLISH).content.decode()
    assert "Paused: Tue 11/24 13:00 to Tue 11/24 14:00" in page
    assert "Extended: approved Tue 11/24 16:00, until Mon 11/30 17:00" in page
    assert "Sat 11/28: Not counted (weekend)" in page
    assert chinese_on(page) == []


def test_the_opened_date_of_a_parent_speaks_english(client, stage):
    calendars.seed_national(at=at(8))
    appeal = paused_and_extended(stage)
    hold(client, appeal)
    page = client.get("/progress/", headers=ENGLISH).content.decode()
    assert "working day 1" in page
    assert chinese_on(page) == []


@pytest.mark.parametrize(
    ("started", "value", "unit", "said"),
    [
        ("2025-09-28T10:00", 5, "wd", "make-up working day"),
        ("2025-09-28T10:00", 5, "wd", "by Sat 10/11 17:00; not counted: National Day"),
        ("2026-09-18T16:30", 4, "wh", "30 min counted"),
        (
            "2026-12-31T10:00",
            5,
            "wd",
            "Fri 1/8 17:00, 2027 (provisional); not counted: weekend and New Year&#x27;s Day",
        ),
        ("2031-09-29T10:00", 3, "wd", "National Day, Mid-autumn Festival, holidays not announced yet"),
        ("2026-11-24T10:00", 9, "cd", "day 9"),
        ("2026-11-24T10:00", 15, "min", "Limit: 15 minutes"),
    ],
)
def test_a_deadline_worked_out_by_hand_speaks_english(office, stage, started, value, unit, said):
    calendars.seed_national(at=at(8))
    asked = {"at": started, "value": value, "unit": unit, "place": ""}
    page = office.as_("system_admin").get("/setup/explain/", asked, headers=ENGLISH).content.decode()
    assert said in page
    assert chinese_on(page) == []


def test_the_calendar_of_a_school_is_named_in_english_and_its_days_as_typed(office, stage):
    calendars.seed_national(at=at(8))
    closed = DayFact(at(8, day=25).date(), is_workday=False, name="校运会")
    calendars.set_days(stage.units["school"], [closed], source="学校通知", at=at(8))
    asked = {"at": "2026-11-24T10:00", "value": 1, "unit": "wd", "place": "school"}
    page = office.as_("system_admin").get("/setup/explain/", asked, headers=ENGLISH).content.decode()
    assert "Calendar: Work calendar of 澄川县实验小学 (version" in page
    assert set(chinese_on(page)) == {"校运会"}
