"""The wall (信访工作条例 28, 30): whom it shuts out, which units it keeps away, and which names it finds in words."""

import pytest

from huying.rules import conflicts
from huying.rules.case import SubjectFact
from huying.rules.enums import SubjectStatus
from tests.rules.scene import (
    CAST,
    CENTRE,
    CLASS,
    COUNTY,
    GRADE,
    OFFICE,
    OTHER_CLASS,
    OTHER_SCHOOL,
    SCHOOL,
    about,
    about_unit,
    case,
)

UNITS = {
    "county": COUNTY,
    "school": SCHOOL,
    "grade": GRADE,
    "class": CLASS,
    "other_class": OTHER_CLASS,
    "office": OFFICE,
    "centre": CENTRE,
    "other_school": OTHER_SCHOOL,
}


def walled(*subjects):
    return {name for name, actor in CAST.items() if conflicts.is_walled(actor, subjects)}


def near(*subjects):
    return {name for name, unit in UNITS.items() if conflicts.is_near(unit, subjects)}


SCHOOL_STAFF = {
    "clerk",
    "dispatcher",
    "teacher",
    "grade_head",
    "office_head",
    "caller",
    "principal",
    "inspector",
    "auditor",
    "other_teacher",
}


@pytest.mark.parametrize(
    ("name", "shut_out"),
    [
        ("teacher", {"teacher"}),
        ("grade_head", {"grade_head", "teacher", "other_teacher"}),
        ("office_head", {"office_head"}),
        ("clerk", {"clerk"}),
        ("principal", SCHOOL_STAFF),
        ("county_supervisor", {"county_supervisor"}),
    ],
)
def test_the_wall_shuts_out_who_is_complained_about_and_whom_they_head(name, shut_out):
    assert walled(about(name)) == shut_out


@pytest.mark.parametrize(
    ("unit", "shut_out"),
    [
        (CLASS, {"teacher"}),
        (GRADE, {"grade_head", "teacher", "other_teacher"}),
        (CENTRE, {"clerk", "dispatcher", "caller"}),
        (SCHOOL, SCHOOL_STAFF),
        (OTHER_SCHOOL, {"other_principal", "other_dispatcher"}),
    ],
    ids=["class", "grade", "centre", "school", "other_school"],
)
def test_a_unit_complained_about_shuts_out_who_works_in_it(unit, shut_out):
    assert walled(about_unit(unit)) == shut_out


def test_nobody_is_shut_out_without_a_subject_or_by_a_dismissed_one():
    typed = SubjectFact(1, SubjectStatus.TYPED)
    assert walled() == walled(typed) == walled(about("principal", SubjectStatus.DISMISSED)) == set()


def test_a_proposal_shuts_out_before_anyone_confirmed_it():
    assert walled(about("teacher", SubjectStatus.PROPOSED)) == {"teacher"}


@pytest.mark.parametrize(
    ("name", "kept_away"),
    [
        ("teacher", {"class", "grade"}),
        ("grade_head", {"grade", "class", "other_class"}),
        ("office_head", {"office"}),
        ("clerk", {"centre"}),
        ("principal", {"school", "grade", "class", "other_class", "office", "centre"}),
    ],
)
def test_units_near_a_person_neither_handle_nor_review(name, kept_away):
    assert near(about(name)) == kept_away


def test_a_unit_complained_about_and_all_below_it_are_near():
    assert near(about_unit(GRADE)) == {"grade", "class", "other_class"}
    assert near(about_unit(GRADE), about("office_head")) == {"grade", "class", "other_class", "office"}


def test_a_typed_or_dismissed_name_keeps_no_unit_away():
    assert near(SubjectFact(1, SubjectStatus.TYPED), about("teacher", SubjectStatus.DISMISSED)) == set()


@pytest.mark.parametrize(
    ("status", "holds"),
    [
        (SubjectStatus.TYPED, True),
        (SubjectStatus.PROPOSED, True),
        (SubjectStatus.CONFIRMED, False),
        (SubjectStatus.DISMISSED, False),
    ],
)
def test_an_unsettled_name_holds_the_appeal_at_the_desk(status, holds):
    assert conflicts.holds_back(case(subjects=(about("teacher", status),))) is holds


def test_a_matter_about_the_head_or_the_school_itself_leaves_the_school():
    def leaves(subject):
        return conflicts.leaves_the_school([subject], SCHOOL)

    assert leaves(about("principal"))
    assert leaves(about_unit(SCHOOL))
    assert leaves(about_unit(COUNTY))
    assert not leaves(about("grade_head"))
    assert not leaves(about_unit(GRADE))
    assert not leaves(about("principal", SubjectStatus.DISMISSED))


ROSTER = [(1, "王芳"), (2, "王建国"), (3, "李强"), (4, "赵明远"), (5, "英")]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("王芳老师上课骂人", {1}),
        ("李强和赵明远都在场", {3, 4}),
        ("三年级的老师", set()),
        ("孩子的英语作业", set()),
    ],
)
def test_whole_names_are_found_in_words(text, meant):
    assert conflicts.mentioned(text, ROSTER) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("王芳", {1}),
        ("王老师", {1, 2}),
        ("班上的李主任", {3}),
        ("赵校长", {4}),
        ("老师", set()),
        ("孙老师", set()),
        ("体育课", set()),
    ],
)
def test_a_typed_name_may_mean_these(typed, meant):
    assert conflicts.named(typed, ROSTER) == meant
