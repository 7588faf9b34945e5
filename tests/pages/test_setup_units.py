"""Units on the pages of the set-up: added, renamed, moved, closed, and what is refused."""

from datetime import date

import pytest

from huying.appeals.arrangements import units
from huying.people.models import Post, SetupChange, Unit
from tests import given
from tests.cast import at


@pytest.fixture
def admin(office):
    return office.as_("system_admin")


def sent(client, stage, code, **fields):
    return client.post(f"/setup/units/{stage.units[code].pk}/", fields)


def last():
    row = SetupChange.objects.first()
    return (row.area, row.act, row.subject, row.by.login, row.place.code if row.place else "", row.lines)


def empty_class(stage):
    """A class without people, posts or appeals."""
    return units.add(
        parent=stage.units["grade"], code="g3c9", name="三年级9班", level="class", by=stage.system_admin, at=at(9)
    )


def test_a_class_is_added_under_its_grade(admin, stage):
    fields = {"parent": stage.units["grade"].pk, "level": "class", "name": "三年级9班", "code": "g3c9"}
    assert admin.post("/setup/units/add/", fields).url == "/setup/units/"
    unit = Unit.objects.get(code="g3c9")
    assert (unit.path, unit.initials) == (f"{stage.units['grade'].path}{unit.pk}/", "snj9b")
    assert last()[:5] == ("unit", "added", "三年级9班", "system_admin", "school")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"code": "有空格 的"}, "代码只能用字母、数字和短横"),
        ({"code": "class"}, "这个代码已经有单位用了"),
        ({"name": "三年级4班"}, "已经有这个名称"),
        ({"level": "school"}, "下面不能放这一级的单位"),
        ({"name": ""}, "请填"),
    ],
)
def test_a_new_unit_that_does_not_fit_is_refused(admin, stage, fields, words):
    usual = {"parent": stage.units["grade"].pk, "level": "class", "name": "三年级9班", "code": "g3c9"}
    response = admin.post("/setup/units/add/", usual | fields)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Unit.objects.count() == 8


def test_a_unit_is_renamed_and_reached_and_the_record_says_from_what_to_what(admin, stage):
    response = sent(admin, stage, "school", act="change", name="澄川县第一小学", phone="0500-622 0110")
    assert response.status_code == 302
    unit = Unit.objects.get(code="school")
    assert (unit.name, unit.phone) == ("澄川县第一小学", "0500-622 0110")
    assert last() == (
        "unit",
        "changed",
        "澄川县实验小学",
        "system_admin",
        "school",
        [["name", "澄川县实验小学", "澄川县第一小学"], ["phone", "", "0500-622 0110"]],
    )
    assert "0500-622 0110" in admin.get("/open/phones/").content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "澄川县第二小学"}, "已经有这个名称"),
        ({"phone": "打给王老师"}, "电话只写数字和短横"),
        ({"name": ""}, "请填"),
        ({"name": "校" * 81}, "80"),
        ({"pupils": "-1"}, "0"),
    ],
)
def test_a_name_or_telephone_that_cannot_be_is_refused_and_kept(admin, stage, fields, words):
    usual = {"act": "change", "name": "澄川县第一小学", "phone": ""}
    response = sent(admin, stage, "school", **usual | fields)
    assert (response.status_code, words in response.content.decode()) == (422, True)
    assert Unit.objects.get(code="school").name == "澄川县实验小学"


def test_what_changes_nothing_leaves_no_record(admin, stage):
    sent(admin, stage, "school", act="change", name="澄川县实验小学")
    assert SetupChange.objects.count() == 0


def test_an_unknown_act_has_no_page(admin, stage):
    assert sent(admin, stage, "school", act="burn").status_code == 404


def test_a_class_moves_to_another_grade_with_its_path(admin, stage):
    klass = empty_class(stage)
    fourth = units.add(
        parent=stage.units["school"], code="g4", name="四年级部", level="grade", by=stage.system_admin, at=at(9)
    )
    assert admin.post(f"/setup/units/{klass.pk}/", {"act": "move", "parent": fourth.pk}).status_code == 302
    klass.refresh_from_db()
    assert (klass.parent, klass.path) == (fourth, f"{fourth.path}{klass.pk}/")
    assert last()[5] == [["parent", "三年级部", "四年级部"]]


def test_a_grade_takes_its_classes_along(stage):
    third = Unit.objects.create(code="third", name="澄川县第三小学", level="school", parent=stage.units["county"])
    third.path = f"{stage.units['county'].path}{third.pk}/"
    third.save()
    # Within one school only: another school is no new home.
    assert {one.pk for one in units.new_homes(stage.units["grade"])} == set()
    district = units.add(
        parent=stage.units["county"], code="d1", name="城东学区", level="district", by=stage.system_admin, at=at(9)
    )
    units.move(stage.units["other_school"], parent=district, by=stage.system_admin, at=at(9))
    assert Unit.objects.get(code="other_school").path == f"{district.path}{stage.units['other_school'].pk}/"


def test_open_appeals_keep_a_unit_where_it_is(admin, stage):
    units.add(parent=stage.units["school"], code="g4", name="四年级部", level="grade", by=stage.system_admin, at=at(9))
    given.dispatched(stage)
    response = sent(admin, stage, "class", act="move", parent=Unit.objects.get(code="g4").pk)
    assert (response.status_code, "还有 1 件没办完，办完再移" in response.content.decode()) == (422, True)


def test_a_unit_with_work_posts_or_people_cannot_close_and_says_why(admin, stage):
    given.dispatched(stage)
    response = sent(admin, stage, "class", act="close", last_day="2026-11-30")
    shown = response.content.decode()
    assert response.status_code == 422
    assert "还不能撤：1 件没办完；1 个岗位还没到期；1 个人还在这里工作" in shown
    assert Unit.objects.get(code="class").closes_on is None


def test_the_county_centre_cannot_close(admin, stage):
    assert "县中心不能撤" in sent(admin, stage, "county", act="close", last_day="2026-11-30").content.decode()


@pytest.mark.parametrize(
    ("day", "words"), [("2026-11-23", "最后一天不能早于今天"), ("", "请填"), ("明天", "输入一个有效的日期")]
)
def test_a_last_day_that_cannot_be_is_refused(admin, stage, day, words):
    klass = empty_class(stage)
    response = admin.post(f"/setup/units/{klass.pk}/", {"act": "close", "last_day": day})
    assert (response.status_code, words in response.content.decode()) == (422, True)


def test_an_empty_class_closes_when_its_last_day_is_over(admin, stage):
    klass = empty_class(stage)
    admin.post(f"/setup/units/{klass.pk}/", {"act": "close", "last_day": "2026-11-30"})
    assert (units.close_due(at=at(23, day=30)), units.close_due(at=at(1, day=1, month=12))) == (0, 1)
    klass.refresh_from_db()
    assert (klass.is_active, klass.closes_on) == (False, date(2026, 11, 30))
    assert "已撤" in admin.get("/setup/units/").content.decode()


def test_an_appeal_that_came_meanwhile_keeps_the_unit_open(stage):
    klass = empty_class(stage)
    units.close(klass, last_day=date(2026, 11, 30), by=stage.system_admin, at=at(9))
    given.registered(stage, klass=klass)
    assert units.close_due(at=at(9, day=1, month=12)) == 0


def test_a_closed_unit_is_opened_again(admin, stage):
    klass = empty_class(stage)
    units.close(klass, last_day=date(2026, 11, 24), by=stage.system_admin, at=at(9))
    units.close_due(at=at(9, day=25))
    admin.post(f"/setup/units/{klass.pk}/", {"act": "reopen"})
    klass.refresh_from_db()
    assert (klass.is_active, klass.closes_on) == (True, None)


def test_a_school_has_an_address_for_its_gate(admin, stage):
    response = admin.get(f"/setup/units/{stage.units['school'].pk}/code.svg")
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    assert response.content.startswith(b"<svg xmlns=")
    assert admin.get(f"/setup/units/{stage.units['class'].pk}/code.svg").status_code == 404
    shown = admin.get(f"/setup/units/{stage.units['school'].pk}/").content.decode()
    assert "http://testserver/s/school/" in shown


def test_a_post_that_ends_by_then_does_not_stand_in_the_way(stage):
    klass = empty_class(stage)
    post = Post.objects.create(
        person=stage.person("teacher"),
        unit=klass,
        kind="class_teacher",
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 11, 30),
    )
    assert units.in_the_way(klass, last_day=date(2026, 11, 30)) == []
    assert units.in_the_way(klass, last_day=date(2026, 11, 29)) == ["1 个岗位还没到期"]
    assert post.pk
