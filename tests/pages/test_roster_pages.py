"""The roster on the pages of the set-up: taken away, brought back, looked at, made true; and the way out."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huying.people.models import Person, Post, Unit
from huying.rules.enums import PostKind
from tests import given
from tests.cast import at
from tests.people.test_roster import book

NEW = ["田野", "T101", "三年级6班", "班主任", "2026-09-01"]


@pytest.fixture
def admin(office):
    return office.as_("system_admin")


def brought(client, stage, packed: bytes, *, place="school"):
    upload = SimpleUploadedFile("名册.xlsx", packed)
    return client.post("/setup/roster/", {"place": stage.units[place].pk, "sheet": upload})


def confirmed(client, stage, shown, **fields):
    rows = {"rows": shown.context["rows"], "place": stage.units["school"].pk}
    return client.post("/setup/roster/bring_in/", rows | fields)


def test_a_sheet_is_looked_at_before_anything_is_written(admin, stage):
    before = (Person.objects.count(), Unit.objects.count())
    shown = brought(admin, stage, book(NEW))
    words = shown.content.decode()
    assert [part in words for part in ("新单位 1 个", "新人 1 位", "新任岗位 1 个", "三年级6班", "从 2026-09-01")] == [
        True
    ] * 5
    assert (Person.objects.count(), Unit.objects.count()) == before
    assert confirmed(admin, stage, shown).url == "/setup/people/"
    assert Person.objects.get(staff_number="T101").posts.get().unit.name == "三年级6班"


def test_the_template_brought_back_untouched_has_no_faults(admin, stage):
    sheet = admin.get(f"/setup/roster/template.xlsx?place={stage.units['school'].pk}")
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
    shown = brought(admin, stage, sheet.content)
    assert (shown.status_code, shown.context["plan"].faults) == (200, [])


def test_faults_are_listed_by_row_and_there_is_nothing_to_confirm(admin, stage):
    shown = brought(admin, stage, book(NEW, [None, "T2", "三年级4班"], ["白露", "T3", "火星站"]))
    words = shown.content.decode()
    assert (shown.status_code, shown.context["rows"]) == (422, "")
    assert ["没有姓名" in words, "没有这个单位：火星站" in words, "就这样导入" in words] == [True, True, False]


@pytest.mark.parametrize(
    ("packed", "words"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7 nothing", "这不是 Excel 表格"),
        (book(["王芳", "三年级4班"], heads=["姓名", "班级"]), "表格里没有这些列：工号、单位"),
    ],
)
def test_a_bad_file_is_told_on_the_same_page(admin, stage, packed, words):
    response = brought(admin, stage, packed)
    assert (response.status_code, words in response.content.decode()) == (422, True)


def test_no_file_and_a_strange_school_are_told(admin, stage):
    response = admin.post("/setup/roster/", {"place": "999"})
    assert (response.status_code, "请填：名册文件" in response.content.decode()) == (422, True)
    assert admin.get("/setup/roster/template.xlsx?place=999").status_code == 404


def test_what_changed_meanwhile_is_shown_anew(admin, stage):
    shown = brought(admin, stage, book(NEW))
    Person.objects.create(name="田野", unit=stage.units["class"], staff_number="T101")
    again = confirmed(admin, stage, shown)
    assert (again.status_code, "刚才有人改过名册" in again.content.decode()) == (200, True)
    assert confirmed(admin, stage, again).status_code == 302


@pytest.mark.parametrize("rows", ["", "x", "\x00", "eyJ9:abc:def"])
def test_rows_that_we_did_not_carry_are_not_taken(admin, stage, rows):
    answer = admin.post("/setup/roster/bring_in/", {"rows": rows, "place": stage.units["school"].pk})
    assert answer.url == "/setup/roster/"


def test_rows_looked_at_by_another_or_for_another_school_are_not_taken(office, admin, stage):
    shown = brought(admin, stage, book(NEW))
    rows = {"rows": shown.context["rows"]}
    assert admin.post("/setup/roster/bring_in/", rows | {"place": stage.units["other_school"].pk}).status_code == 404
    Post.objects.create(
        person=stage.person("principal"), unit=stage.units["county"], kind=PostKind.SYSTEM_ADMIN, starts_on=at(8).date()
    )
    other = office.as_("principal")
    assert other.post("/setup/roster/bring_in/", rows | {"place": stage.units["school"].pk}).status_code == 404


def test_a_ticked_box_lets_those_go_who_are_not_in_the_file(admin, stage):
    appeal = given.handled(stage)
    shown = brought(admin, stage, book(["李强", "grade_head", "三年级部", "级部主任"]))
    assert "名册里没有的人" in shown.content.decode()
    confirmed(admin, stage, shown, let_go="1")
    assert not stage.person("teacher").is_active and stage.person("grade_head").is_active
    assert given.fresh(appeal).in_charge is None


def test_an_administrator_of_one_school_keeps_that_roster_alone(office, stage):
    Post.objects.filter(kind=PostKind.SYSTEM_ADMIN).update(unit=stage.units["school"])
    client = office.as_("system_admin")
    assert brought(client, stage, book(NEW), place="other_school").status_code == 422
    assert client.get(f"/setup/people/?place={stage.units['other_school'].pk}").status_code == 404
    assert client.get(f"/setup/people/{stage.person('other_principal').pk}/leave/").status_code == 404


def test_somebody_leaves_on_a_page_and_the_work_goes_on(admin, stage):
    appeal = given.handled(stage)
    address = f"/setup/people/{stage.person('teacher').pk}/leave/"
    assert "手上还有 1 件没办完" in admin.get(address).content.decode()
    assert admin.post(address, {"successor": ""}).status_code == 422
    answer = admin.post(address, {"successor": stage.person("other_teacher").pk, "sure": "on"})
    assert answer.url == "/setup/people/"
    assert given.fresh(appeal).in_charge == stage.person("other_teacher")
    assert "王芳" not in admin.get(f"/setup/people/?place={stage.units['school'].pk}").content.decode()
    assert admin.get(address).status_code == 404


def test_the_record_tells_who_left_and_who_was_invited_in_words(office, admin, stage):
    admin.post(f"/setup/people/{stage.person('teacher').pk}/leave/", {"sure": "on"})
    admin.post("/setup/people/invite/", {"place": stage.units["school"].pk, "which": stage.person("clerk").pk})
    words = office.as_("auditor").get("/setup/changes/").content.decode()
    assert ["名册：离职" in words, "账号：重发邀请，旧密码作废" in words] == [True, True]


def test_a_large_roster_is_taken_within_a_page(admin, stage):
    rows = [[f"教师{n}号甲", f"T{n}", "三年级4班"] for n in range(300)]
    shown = brought(admin, stage, book(*rows))
    assert len(shown.context["rows"]) < 100_000
    assert confirmed(admin, stage, shown).status_code == 302
    assert Person.objects.filter(unit=stage.units["class"]).count() == 301
    assert (
        io.BytesIO(admin.get(f"/setup/roster/template.xlsx?place={stage.units['school'].pk}").content).read(2) == b"PK"
    )
