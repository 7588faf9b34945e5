"""A roster becomes true: planned first, then written whole or not at all, and the second time nothing changes."""

from datetime import date

import pytest

from huying.appeals.arrangements import roster as importing
from huying.appeals.arrangements import rosterplan
from huying.people import roster
from huying.people.changes import Refused
from huying.people.models import Person, Post, SetupChange, Unit
from huying.rules.enums import PostKind
from tests import given
from tests.cast import TODAY, at
from tests.people.test_roster import book


def planned(stage, *rows, place="school", by="system_admin", sheet=None):
    read = roster.read(sheet or book(*rows))
    return rosterplan.plan(read, place=stage.units[place], by=getattr(stage, by), at=at(17))


def imported(stage, *rows, end_posts=False, let_go=False, **how):
    plan = planned(stage, *rows, **how)
    return importing.bring_in(plan, end_posts=end_posts, let_go=let_go, by=stage.system_admin, at=at(17))


def told(plan) -> dict[str, int]:
    quiet = ("people_not_in_file", "posts_not_in_file")
    return {name: count for name, count in plan.counts.items() if count and name not in quiet}


def words(plan) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.words) for one in plan.faults]


NEW = ["田野", "T101", "三年级4班", "班主任", "2026-09-01", "2027-07-10", "tian@example.org"]


def test_a_new_teacher_stands_on_the_roster_in_the_post(stage):
    assert told(planned(stage, NEW)) == {"new_people": 1, "posts_begun": 1}
    imported(stage, NEW)
    person = Person.objects.get(staff_number="T101")
    post = person.posts.get()
    assert (person.name, person.unit, person.email) == ("田野", stage.units["class"], "tian@example.org")
    assert (post.kind, post.unit, post.starts_on) == ("class_teacher", stage.units["class"], date(2026, 9, 1))
    assert [(row.area, row.act) for row in SetupChange.objects.order_by("id")] == [
        ("person", "added"),
        ("post", "appointed"),
    ]


def test_the_same_file_twice_changes_nothing(stage):
    rows = [NEW, ["孙梅", "T7", "三年级2班", "班主任"], ["新人", "T8", "三年级6班", "班主任"]]
    imported(stage, *rows)
    before = (Person.objects.count(), Post.objects.count(), Unit.objects.count(), SetupChange.objects.count())
    plan = planned(stage, *rows)
    assert (told(plan), plan.changes_nothing) == ({"unchanged": 3}, True)
    imported(stage, *rows)
    assert (Person.objects.count(), Post.objects.count(), Unit.objects.count(), SetupChange.objects.count()) == before


def test_the_roster_as_it_stands_taken_away_and_brought_back_changes_nothing(stage):
    listed = rosterplan.listed(stage.units["school"], on=TODAY)
    plan = planned(stage, sheet=roster.made_of(listed, title="名册"))
    assert plan.faults == []
    # The accounts of the cast have no staff numbers yet: their logins stand in the file and become them.
    assert told(plan) == {"changed_people": len(listed)}
    importing.bring_in(plan, end_posts=True, let_go=True, by=stage.system_admin, at=at(17))
    again = planned(stage, sheet=roster.made_of(rosterplan.listed(stage.units["school"], on=TODAY), title="名册"))
    assert (again.faults, again.changes_nothing, again.gone_people, again.gone_posts) == ([], True, [], [])
    assert Post.objects.filter(ends_on__isnull=False).count() == 0


def test_two_people_of_one_name_are_two_by_their_numbers(stage):
    imported(stage, ["李娜", "T1", "三年级4班"], ["李娜", "T2", "三年级2班"])
    assert sorted(Person.objects.filter(name="李娜").values_list("staff_number", "unit__code")) == [
        ("T1", "class"),
        ("T2", "other_class"),
    ]


def test_somebody_without_a_number_gets_it_by_a_name_that_only_one_bears(stage):
    assert planned(stage, ["王芳", "T1", "三年级4班", "班主任"]).changed[0].lines == [("number", "", "T1")]
    Person.objects.create(name="王芳", unit=stage.units["office"])
    assert told(planned(stage, ["王芳", "T1", "三年级4班"])) == {"new_people": 1}


def test_a_unit_that_does_not_stand_is_shown_and_made(stage):
    plan = planned(stage, ["田野", "T1", "三年级6班", "班主任"], ["白露", "T2", "四年级部/四年级1班", "班主任"])
    shown = [(one.name, one.level.value, one.parent.name) for one in plan.units]
    assert shown == [
        ("三年级6班", "class", "三年级部"),
        ("四年级部", "grade", "澄川县实验小学"),
        ("四年级1班", "class", "四年级部"),
    ]
    importing.bring_in(plan, end_posts=False, let_go=False, by=stage.system_admin, at=at(17))
    made = Unit.objects.get(name="四年级1班")
    assert (made.parent.name, made.code, made.path) == ("四年级部", "school-u3", f"{made.parent.path}{made.pk}/")


def test_a_desk_post_is_held_in_the_school_by_somebody_who_sits_in_the_centre(stage):
    imported(stage, ["田野", "T1", "校惠民中心", "分办员"])
    person = Person.objects.get(name="田野")
    assert (person.unit, person.posts.get().unit) == (stage.units["centre"], stage.units["school"])


def test_a_last_day_ends_the_post_and_hands_on_what_is_open(stage):
    appeal = given.handled(stage)
    imported(stage, ["王芳", "T1", "三年级4班", "班主任", "2026-09-01", "2026-11-24"])
    assert Post.objects.get(person=stage.person("teacher")).ends_on == TODAY
    assert given.fresh(appeal).in_charge is None


def test_who_and_what_is_not_in_the_file_is_listed_and_stays(stage):
    row = ["王芳", "T1", "三年级2班", "班主任"]
    plan = planned(stage, row)
    gone = [(post.person.name, post.unit.code) for post in plan.gone_posts]
    assert (gone, len(plan.gone_people)) == ([("王芳", "class")], 8)
    imported(stage, row)
    assert Post.objects.filter(ends_on__isnull=False).count() == 0
    assert not Person.objects.filter(is_active=False).exists()


def test_who_is_not_in_the_file_leaves_only_when_asked_for_and_never_those_who_administer(stage):
    done = imported(stage, ["王芳", "T1", "三年级4班", "班主任"], let_go=True)
    gone = set(Person.objects.filter(is_active=False).values_list("name", flat=True))
    assert done["people_not_in_file"] == len(gone) == 8
    assert "秦岚" not in gone and "马志" not in gone and "高山" not in gone


def test_a_class_changed_ends_the_old_post_when_asked_for(stage):
    imported(stage, ["王芳", "T1", "三年级2班", "班主任"], end_posts=True)
    held = Post.objects.filter(person=stage.person("teacher")).values_list("unit__code", "ends_on")
    assert sorted(held) == [("class", TODAY), ("other_class", None)]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([["田野", "T1", "火星站"]], (2, "单位", "没有这个单位")),
        ([["田野", "T1", "七年级部/七年级站"]], (2, "单位", "没有这个单位")),
        ([["田野", "T1", "火星/三年级9班"]], (2, "单位", "找不到上级单位")),
        ([["田野", "T1", "澄川县第二小学", "校长"]], (2, "单位", "没有这个单位")),
        ([["田野", "T1", "三年级部", "班主任"]], (2, "岗位", "不设在“三年级部”")),
        ([["田野", "T1", "澄川县实验小学", "县中心分办员"]], (2, "岗位", "不设在")),
        ([["田野", "T1", "澄川县实验小学", "系统管理员"]], (2, "岗位", "不用表格任")),
        ([["秦岚", "auditor", "三年级4班", "班主任"]], (2, "岗位", "不能兼别的岗位")),
        ([["田野", "T1", "三年级4班", "班主任", "2029-01-01"]], (2, "从哪天", "离现在太远")),
        ([["田野", "T1", "三年级4班", "班主任", None, "2026-11-01"]], (2, "到哪天", "已经过了")),
        ([["田野", "T1", "三年级4班"], ["白露", "T1", "三年级4班"]], (3, "工号", "第 2 行是另一个姓名")),
        ([["田野", "T1", "三年级4班", "班主任"]] * 2, (3, "工号", "和第 2 行重复")),
    ],
)
def test_a_row_that_cannot_be_is_told_with_its_line_and_nothing_is_written(stage, rows, fault):
    plan = planned(stage, *rows)
    line, column, said = words(plan)[0]
    assert ((line, column), fault[2] in said) == (fault[:2], True)
    before = (Person.objects.count(), Post.objects.count(), Unit.objects.count())
    with pytest.raises(Refused, match="一行也没有导入"):
        importing.bring_in(plan, end_posts=True, let_go=True, by=stage.system_admin, at=at(17))
    assert (Person.objects.count(), Post.objects.count(), Unit.objects.count()) == before


def test_a_post_of_the_past_is_written_down_beside_the_present_one(stage):
    row = ["王芳", "T1", "三年级4班", "班主任", "2025-09-01", "2026-08-31"]
    imported(stage, row)
    held = Post.objects.filter(person=stage.person("teacher")).values_list("starts_on", "ends_on")
    assert sorted(held) == [(date(2025, 9, 1), date(2026, 8, 31)), (date(2026, 9, 1), None)]
    assert planned(stage, row).changes_nothing


def test_what_is_refused_in_the_middle_undoes_the_whole_file(stage):
    plan = planned(stage, NEW, ["白露", "T2", "三年级6班", "班主任"])
    Unit.objects.create(code="x", name="三年级6班", level="class", parent=stage.units["grade"], path="/x/")
    with pytest.raises(Refused, match="第 3 行：“三年级部”下面已经有这个名称"):
        importing.bring_in(plan, end_posts=False, let_go=False, by=stage.system_admin, at=at(17))
    assert not Person.objects.filter(name__in=("田野", "白露")).exists()


def test_a_name_shared_by_two_units_asks_for_the_one_above(stage):
    for parent in ("grade", "school"):
        unit = Unit.objects.create(code=f"d{parent}", name="五班", level="class", parent=stage.units[parent])
        Unit.objects.filter(pk=unit.pk).update(path=f"{unit.parent.path}{unit.pk}/")
    assert "有 2 个单位叫“五班”" in words(planned(stage, ["田野", "T1", "五班"]))[0][2]
    assert planned(stage, ["田野", "T1", "三年级部/五班"]).people[0].unit.code == "dgrade"


def test_the_roster_of_the_centre_is_not_that_of_the_schools(stage):
    plan = planned(stage, ["沈洁", "county_dispatcher", "澄川县教育惠民服务中心", "县中心分办员"], place="county")
    assert {one.name for one in plan.gone_people} == {"陆远", "方舟", "罗音"}


def test_the_plan_asks_no_more_for_a_large_sheet(stage, django_assert_max_num_queries):
    rows = [[f"教师{chr(0x4E00 + n)}", f"T{n}", "三年级4班"] for n in range(400)]
    with django_assert_max_num_queries(6):
        assert told(planned(stage, *rows)) == {"new_people": 400}


def test_nobody_appoints_themselves_by_a_sheet(stage):
    Post.objects.filter(kind=PostKind.SYSTEM_ADMIN).update(kind=PostKind.CALLER)
    by = stage.system_admin
    read = roster.read(book(["马志", "system_admin", "澄川县教育惠民服务中心", "县中心督办员"]))
    plan = rosterplan.plan(read, place=stage.units["county"], by=by, at=at(17))
    assert "不能给自己任岗" in words(plan)[0][2]
