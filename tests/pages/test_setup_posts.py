"""Posts on the pages of the set-up: appointed with dates, ended with what is open handed on."""

from datetime import date

import pytest

from huying.people import queries as people
from huying.people.models import Person, Post, SetupChange
from huying.rules.enums import PostKind
from tests import given
from tests.cast import TODAY


@pytest.fixture
def admin(office):
    return office.as_("system_admin")


def appointed(client, stage, *, person="other_teacher", unit="grade", kind="grade_head", **fields):
    usual = {"person": stage.person(person).pk if person else "", "new_name": "", "unit": stage.units[unit].pk}
    return client.post("/setup/posts/appoint/", usual | {"kind": kind, "on": "2026-12-01", "until": ""} | fields)


def post_of(stage, name) -> Post:
    return Post.objects.get(person=stage.person(name))


def test_a_teacher_becomes_grade_head_from_a_day_on(admin, stage):
    assert appointed(admin, stage, until="2027-07-10").url == "/setup/posts/"
    post = Post.objects.get(person=stage.person("other_teacher"), kind=PostKind.GRADE_HEAD)
    assert (post.starts_on, post.ends_on) == (date(2026, 12, 1), date(2027, 7, 10))
    person = stage.person("other_teacher")
    kinds = [[one.kind for one in people.actor_as(person, on=on).posts] for on in (TODAY, date(2026, 12, 1))]
    assert kinds == [[PostKind.CLASS_TEACHER], [PostKind.CLASS_TEACHER, PostKind.GRADE_HEAD]]
    row = SetupChange.objects.first()
    assert (row.area, row.act, row.subject, row.by.login) == ("post", "appointed", "孙梅", "system_admin")
    assert row.lines == [
        ["post", "", "grade_head"],
        ["unit", "", "三年级部"],
        ["from", "", "2026-12-01"],
        ["until", "", "2027-07-10"],
    ]


def test_somebody_new_comes_onto_the_roster_with_the_post(admin, stage):
    appointed(admin, stage, person="", new_name="田野", unit="class", kind="class_teacher")
    person = Person.objects.get(name="田野")
    assert (person.unit.code, person.posts.get().kind) == ("class", "class_teacher")
    assert [row.area for row in SetupChange.objects.all()] == ["post", "person"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"person": "system_admin", "unit": "school", "kind": "principal"}, "不能给自己任岗"),
        ({"kind": "principal"}, "这个岗位不设在“三年级部”"),
        ({"until": "2026-11-30"}, "到哪天不能早于从哪天"),
        ({"on": "2029-01-01"}, "离现在太远"),
        ({"on": "2026-02-30"}, "输入一个有效的日期"),
        ({"person": "grade_head"}, "这段时间已经在这个岗位上"),
        ({"person": "auditor", "unit": "school", "kind": "dispatcher"}, "不能兼别的岗位"),
        ({"person": "teacher", "unit": "school", "kind": "system_admin"}, "不能兼别的岗位"),
        ({"person": ""}, "请选一个人"),
        ({"new_name": "田野"}, "请选一个人"),
        ({"kind": "king"}, "选择一个有效的选项"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(admin, stage, fields, words):
    before = (Post.objects.count(), Person.objects.count())
    response = appointed(admin, stage, **fields)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert (Post.objects.count(), Person.objects.count(), SetupChange.objects.count()) == (*before, 0)


def test_a_teacher_who_leaves_today_leaves_no_open_appeal_behind(admin, stage):
    appeal = given.handled(stage)
    fields = {"last_day": "2026-11-24", "successor": stage.person("other_teacher").pk}
    response = admin.post(f"/setup/posts/{post_of(stage, 'teacher').pk}/end/", fields)
    assert response.url == "/setup/posts/"
    assert given.fresh(appeal).in_charge == stage.person("other_teacher")
    assert post_of(stage, "teacher").ends_on == TODAY


def test_without_a_successor_it_lies_with_the_head_of_the_unit(admin, stage):
    appeal = given.handled(stage)
    admin.post(f"/setup/posts/{post_of(stage, 'teacher').pk}/end/", {"last_day": "2026-11-24", "successor": ""})
    assert given.fresh(appeal).in_charge is None


def test_a_last_day_to_come_moves_nothing_yet(admin, stage):
    appeal = given.handled(stage)
    admin.post(f"/setup/posts/{post_of(stage, 'teacher').pk}/end/", {"last_day": "2026-11-30", "successor": ""})
    assert given.fresh(appeal).in_charge == stage.person("teacher")
    assert post_of(stage, "teacher").ends_on == date(2026, 11, 30)


@pytest.mark.parametrize("last_day", ["2026-08-31", "", "11/30"])
def test_a_last_day_that_cannot_be_is_refused(admin, stage, last_day):
    post = post_of(stage, "teacher")
    response = admin.post(f"/setup/posts/{post.pk}/end/", {"last_day": last_day, "successor": ""})
    assert (response.status_code, Post.objects.get(pk=post.pk).ends_on) == (422, None)


def test_the_last_system_administrator_stays(admin, stage):
    post = post_of(stage, "system_admin")
    response = admin.post(f"/setup/posts/{post.pk}/end/", {"last_day": "2026-11-24", "successor": ""})
    assert "这是最后一位系统管理员" in response.content.decode()
    assert Post.objects.get(pk=post.pk).ends_on is None


def test_those_who_left_are_shown_on_request(admin, stage):
    Post.objects.filter(person=stage.person("teacher")).update(ends_on=date(2026, 11, 1))
    shown = [admin.get(f"/setup/posts/{query}").content.decode() for query in ("", "?past=1")]
    assert ["王芳" in page for page in shown] == [False, True]
