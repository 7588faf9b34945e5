"""The ladder editor: tried on the month before, saved from tomorrow on, and never ending below the top."""

from datetime import date

import pytest

from huying.appeals import ladderbook
from huying.appeals.due import ladder
from huying.appeals.models import LadderEntry, LadderStep
from huying.channels.models import Letter
from huying.people.models import Post, SetupChange
from huying.rules.enums import ClockKind, Colour, PostKind, Rung
from tests import given
from tests.cast import TODAY, at

HOME, EDIT = "/setup/ladder/", "/setup/ladder/edit/"
TWO = {
    "tells1": "head",
    "when1": "before_days",
    "value1": "2",
    "colour1": "yellow",
    "tells2": "county",
    "when2": "after_days",
    "value2": "3",
    "colour2": "red",
    "on": "2026-11-25",
    "source": "本县规定",
}


@pytest.fixture
def admin(office):
    return office.as_("system_admin")


def test_what_is_in_force_is_told_in_words(admin):
    page = admin.get(HOME)
    assert [one["words"] for one in page.context["now_in_force"]] == ["所有环节", "马上报告"]
    assert [when for when, _ in page.context["now_in_force"][0]["steps"]] == [
        "到期前 1 个工作日",
        "到期后第 1 个工作日",
        "到期后第 2 个工作日",
        "到期后第 4 个工作日",
    ]


def test_the_form_opens_with_the_steps_in_force(admin):
    form = admin.get(EDIT).context["form"]
    assert [form[f"tells{n}"].value() for n in range(1, 6)] == ["worker", "head", "principal", "county", ""]
    assert (form["when1"].value(), form["value1"].value(), form["on"].value()) == (
        "before_days",
        1,
        date(2026, 11, 25),
    )


def test_a_ladder_is_tried_on_the_last_month_before_it_is_saved(office, stage):
    given.contacted(stage)  # answer due on Friday the 27th: two working days before is Wednesday the 25th
    office.clock_shows(at(18, day=25))
    page = office.as_("system_admin").post(EDIT, {**TWO, "on": "2026-11-26"})
    assert page.status_code == 200
    tried = page.context["tried"]
    assert [(one.name, one.yellow, one.red, one.appeals) for one in tried.reminded] == [
        ("三年级4班班主任", 1, 0, 1),
    ]
    assert (tried.appeals, tried.is_whole) == (1, True)
    assert page.context["today_s"].steps == 0
    assert (
        LadderEntry.objects.count(),
        LadderStep.objects.count(),
        Letter.objects.filter(kind="due_digest").count(),
    ) == (
        0,
        0,
        0,
    )


def test_a_ladder_that_was_not_shown_as_it_is_is_shown_first(admin):
    unseen = admin.post(EDIT, {**TWO, "confirm": "1"})
    assert (unseen.status_code, unseen.context["is_stale"]) == (200, True)
    shown = admin.post(EDIT, TWO)
    other = admin.post(EDIT, {**shown.context["carried"], "value2": "9", "confirm": "1"})
    assert (other.status_code, other.context["is_stale"]) == (200, True)
    assert not LadderStep.objects.filter(source=TWO["source"]).exists()


def test_a_confirmed_ladder_holds_from_its_day_and_what_began_before_keeps_its_own(admin, office, stage):
    before = given.contacted(stage)
    shown = admin.post(EDIT, TWO)
    assert admin.post(EDIT, {**shown.context["carried"], "confirm": "1"}).status_code == 302
    assert [one.tells for one in ladderbook.steps_on(TODAY)[None, None]] == [
        Rung.WORKER,
        Rung.HEAD,
        Rung.PRINCIPAL,
        Rung.COUNTY,
    ]
    assert [(one.value, one.tells) for one in ladderbook.steps_on(date(2026, 11, 25))[None, None]] == [
        (-2, Rung.HEAD),
        (3, Rung.COUNTY),
    ]
    assert ladderbook.steps_on(date(2026, 11, 25))[ClockKind.REPORT_AT_ONCE, None]
    kept = SetupChange.objects.latest("id")
    assert (kept.area, kept.subject, kept.by.person.name) == ("ladder", "所有环节", "马志")
    assert "到期提醒：换新的" in admin.get("/setup/changes/").content.decode()
    ladder.climb(at=at(18, day=26))  # one working day before the 27th, by the old ladder
    taken = LadderEntry.objects.filter(appeal=before, clock__kind=ClockKind.ANSWER)
    assert [(one.tells, one.colour) for one in taken] == [(Rung.WORKER, Colour.YELLOW)]


def test_a_ladder_of_one_clock_stands_beside_the_others(admin):
    address = f"{EDIT}?clock=callback&severity=urgent"
    shown = admin.post(address, TWO)
    admin.post(address, {**shown.context["carried"], "confirm": "1"})
    page = admin.get(HOME)
    assert [one["words"] for one in page.context["to_come"]] == ["回访，紧急"]
    assert [one["words"] for one in page.context["now_in_force"]] == ["所有环节", "马上报告"]


def test_what_was_to_come_may_be_replaced_before_it_comes(admin):
    for day in ("2026-12-10", "2026-11-30", "2026-12-05"):
        shown = admin.post(EDIT, {**TWO, "on": day})
        admin.post(EDIT, {**shown.context["carried"], "confirm": "1"})
    held = {
        day: ladderbook.steps_on(date(2026, *day))[None, None][0].valid_from for day in ((11, 30), (12, 4), (12, 31))
    }
    assert held == {
        (11, 30): date(2026, 11, 30),
        (12, 4): date(2026, 11, 30),
        (12, 31): date(2026, 12, 5),
    }


REFUSED = (
    ({"tells2": "principal"}, "最后一级要到县教育惠民服务中心"),
    ({"tells2": "worker"}, "提醒的人比上一级低"),
    ({"colour1": "red", "colour2": "notice"}, "牌比上一级轻"),
    ({"value2": "99"}, "离得太远"),
    ({"value2": ""}, "请填 N"),
    ({"value2": "三"}, "请填整数"),
    ({"value2": "-3"}, "0"),
    ({"tells1": "", "tells2": ""}, "至少要有一级"),
    ({"tells1": "pope"}, ""),
    ({"on": "2026-11-24"}, "最早从明天起"),
    ({"on": "2028-01-01"}, "最多提前一年"),
    ({"on": ""}, "请填日期"),
    ({"source": ""}, "请写依据"),
)


@pytest.mark.parametrize(("wrong", "words"), REFUSED)
def test_a_ladder_without_sense_is_refused_and_kept(admin, wrong, words):
    page = admin.post(EDIT, {**TWO, **wrong, "confirm": "1"})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not LadderStep.objects.exists()


def test_windows_and_unknown_clocks_have_no_ladder(admin):
    asked = ("clock=dispute_window", "clock=nothing", "severity=nothing", "clock=%00")
    assert [admin.get(f"{EDIT}?{one}").status_code for one in asked] == [404] * 4


def test_only_who_sets_up_the_county_changes_it(office, stage):
    Post.objects.create(
        person=stage.person("clerk"),
        unit=stage.units["school"],
        kind=PostKind.SYSTEM_ADMIN,
        starts_on=date(2026, 9, 1),
    )
    found = {name: [office.as_(name).get(one).status_code for one in (HOME, EDIT)] for name in
             ("clerk", "security_admin", "principal", "system_admin")}  # fmt: skip
    assert found == {
        "clerk": [200, 404],
        "security_admin": [200, 404],
        "principal": [404, 404],
        "system_admin": [200, 200],
    }
