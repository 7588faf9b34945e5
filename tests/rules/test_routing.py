"""From the lowest fitting unit upwards; the conflict and the red line beat the ladder."""

from datetime import date

import pytest

from huying.rules import routing
from huying.rules.enums import AppealKind, UnitLevel
from huying.rules.routing import Matter, RoutingRuleFact
from tests.rules.scene import CENTRE, CLASS, COUNTY, GRADE, OFFICE, SCHOOL, about, about_unit

ON = date(2026, 11, 24)


def matter(**fields):
    usual = {
        "topic": "classing",
        "kind": AppealKind.HELP,
        "is_safety": False,
        "subjects": (),
        "school": SCHOOL,
        "grade": GRADE,
        "klass": CLASS,
    }
    return Matter(**{**usual, **fields})


def rule(
    number,
    *,
    topic=None,
    kind=None,
    starts_at=UnitLevel.CLASS,
    office=None,
    school=None,
    since=1,
    until=None,
    assisting=(),
):
    return RoutingRuleFact(
        id=number,
        topic=topic,
        kind=kind,
        starts_at=starts_at,
        office=office,
        school=school,
        valid_from=date(2026, since, 1),
        valid_to=until,
        assisting=assisting,
    )


CANTEEN = rule(7, topic="canteen", starts_at=UnitLevel.OFFICE, office=OFFICE)


def suggest(one, *rules):
    found = routing.suggest(one, rules, county=COUNTY, on=ON)
    return found.unit, found.reason, found.rule


def test_a_small_matter_starts_in_the_class():
    assert suggest(matter()) == (CLASS, "按分办规则，从最近的一级办起；没有提到教职工，回避检查通过", None)


def test_what_belongs_to_an_office_goes_there():
    assert suggest(matter(topic="canteen"), CANTEEN)[::2] == (OFFICE, 7)


def test_without_a_class_it_starts_in_the_grade_and_without_both_in_the_school():
    assert suggest(matter(klass=None))[0] == GRADE
    assert suggest(matter(klass=None, grade=None))[0] == SCHOOL


def test_a_complaint_about_a_teacher_goes_past_class_and_grade():
    assert suggest(matter(subjects=(about("teacher"),))) == (
        SCHOOL,
        "原来的单位要回避，已改到合适的单位；回避检查通过",
        None,
    )


def test_a_complaint_about_someone_else_never_starts_in_a_class():
    assert suggest(matter(subjects=(about("office_head"),))) == (
        GRADE,
        "提到了教职工，不由本班级部办理；回避检查通过",
        None,
    )


def test_a_matter_about_the_principal_is_the_county_s():
    assert suggest(matter(subjects=(about("principal"),))) == (
        COUNTY,
        "涉及学校或校长，由县教育惠民服务中心办理",
        None,
    )
    assert suggest(matter(subjects=(about_unit(SCHOOL),)))[0] == COUNTY


def test_a_red_line_starts_at_the_school():
    assert suggest(matter(is_safety=True)) == (SCHOOL, "红线事项，班级和级部以上办理", None)


def test_where_every_unit_is_in_conflict_the_tier_above_takes_it():
    # The school is no start of the ladder here: a rule sends the topic to the county's tier.
    high = rule(9, starts_at=UnitLevel.COUNTY)
    assert suggest(matter(), high) == (COUNTY, "学校里合适的单位都要回避，由上一级办理", 9)
    assert suggest(matter(subjects=(about("office_head"),), grade=None, klass=None))[0] == SCHOOL


@pytest.mark.parametrize(
    ("rules", "wins"),
    [
        ((rule(1), rule(2, topic="classing")), 2),
        ((rule(1, topic="classing"), rule(2, kind=AppealKind.HELP)), 1),
        ((rule(1, topic="classing"), rule(2, topic="classing", kind=AppealKind.HELP)), 2),
        ((rule(1, topic="classing", kind=AppealKind.HELP), rule(2, school=2)), 2),
        ((rule(1, since=1), rule(2, since=9)), 2),
        ((rule(1), rule(2)), 2),
        ((rule(1), rule(2, topic="canteen")), 1),
        ((rule(1), rule(2, kind=AppealKind.COMPLAINT)), 1),
        ((rule(1), rule(2, school=8)), 1),
        ((rule(1), rule(2, since=12)), 1),
        ((rule(1), rule(2, until=date(2026, 11, 23))), 1),
        ((rule(1), rule(2, until=date(2026, 11, 24))), 2),
    ],
)
def test_the_most_special_rule_in_force_decides(rules, wins):
    assert routing.rule_for(matter(), rules, on=ON).id == wins


def test_no_rule_in_force_is_no_rule():
    assert routing.rule_for(matter(), [CANTEEN], on=ON) is None


def helping(one, *rules):
    return routing.suggest(one, rules, county=COUNTY, on=ON).assisting


def test_the_offices_that_a_rule_names_help():
    assert helping(matter(), rule(1, assisting=(OFFICE,))) == (OFFICE,)
    assert helping(matter(), rule(1)) == ()


def test_only_the_rule_that_speaks_says_who_helps():
    assert helping(matter(topic="canteen"), rule(1, assisting=(GRADE,)), CANTEEN) == ()


def test_the_lead_does_not_help_itself():
    assert helping(matter(), rule(1, starts_at=UnitLevel.OFFICE, office=OFFICE, assisting=(OFFICE, GRADE))) == (GRADE,)


def test_nobody_near_a_person_complained_about_helps_and_nobody_where_the_county_takes_it():
    both = rule(1, assisting=(OFFICE, CENTRE))
    assert helping(matter(subjects=(about_unit(OFFICE),)), both) == (CENTRE,)
    assert helping(matter(subjects=(about_unit(SCHOOL),)), both) == ()
