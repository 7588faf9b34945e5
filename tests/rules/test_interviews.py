"""Talks: who may call whom, what must stand in them, who signs, and the day of the look afterwards."""

from datetime import UTC, date, datetime, timedelta

import pytest

from huying.rules import interviews
from huying.rules.actors import Actor, PostFact
from huying.rules.case import UnitFact
from huying.rules.enums import ActorKind, InterviewWeight, PostKind, RecheckResult, SigningSide, UnitLevel
from huying.rules.interviews import ItemFact, NotYoursToCall, Unfit
from huying.rules.workdays import Calendar
from tests.rules.scene import CAST, CENTRE, CLASS, COUNTY, GRADE, OFFICE, OTHER_SCHOOL, SCHOOL

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
ITEM = ItemFact("每天公示菜单", owner=15, due_on=date(2026, 12, 4))


def callers_of(unit):
    return {name for name, actor in CAST.items() if interviews.calling_post(actor, unit) is not None}


@pytest.mark.parametrize(
    ("unit", "callers"),
    [
        (CLASS, {"principal", "inspector", "county_supervisor"}),
        (OFFICE, {"principal", "inspector", "county_supervisor"}),
        (SCHOOL, {"county_supervisor"}),
        (OTHER_SCHOOL, {"county_supervisor"}),
        (COUNTY, set()),
    ],
)
def test_a_unit_is_called_from_a_tier_above_it_and_never_from_within(unit, callers):
    assert callers_of(unit) == callers


def test_an_inspector_who_works_in_an_office_calls_every_office_but_that_one():
    inspector = Actor(
        ActorKind.STAFF, person=50, posts=(PostFact(PostKind.INSPECTOR, SCHOOL),), home=CENTRE
    )  # fmt: skip
    assert interviews.calling_post(inspector, CENTRE) is None
    assert interviews.calling_post(inspector, OFFICE) == PostFact(PostKind.INSPECTOR, SCHOOL)


def test_somebody_with_two_posts_calls_from_the_higher_and_nobody_calls_without_a_home_either():
    both = (PostFact(PostKind.PRINCIPAL, SCHOOL), PostFact(PostKind.COUNTY_SUPERVISOR, COUNTY))
    assert interviews.calling_post(Actor(ActorKind.STAFF, person=51, posts=both), GRADE) == both[1]


def test_who_may_not_call_is_told_why():
    with pytest.raises(NotYoursToCall, match="上一级"):
        interviews.require_caller(CAST["grade_head"], CLASS)
    assert interviews.require_caller(CAST["principal"], CLASS) == PostFact(PostKind.PRINCIPAL, SCHOOL)


DISTRICT = UnitFact(9, "/1/9/", UnitLevel.DISTRICT)
FAR = UnitFact(10, "/1/9/10/", UnitLevel.SCHOOL)


@pytest.mark.parametrize(
    ("former", "who", "unit", "may"),
    [
        (PostFact(PostKind.PRINCIPAL, SCHOOL), "county_supervisor", CLASS, True),
        (PostFact(PostKind.PRINCIPAL, SCHOOL), "principal", CLASS, False),
        (PostFact(PostKind.INSPECTOR, SCHOOL), "principal", CLASS, False),
        (PostFact(PostKind.COUNTY_SUPERVISOR, DISTRICT), "county_supervisor", FAR, True),
        # Nobody stands above the county: it stays theirs.
        (PostFact(PostKind.COUNTY_SUPERVISOR, COUNTY), "county_supervisor", SCHOOL, True),
    ],
)
def test_a_heavier_talk_comes_from_one_tier_higher(former, who, unit, may):
    try:
        interviews.require_caller(CAST[who], unit, raised_from=former)
    except NotYoursToCall as refusal:
        assert (may, str(refusal)) == (False, "重点约谈要由更高一级发出")
    else:
        assert may


def test_a_study_is_opened_by_a_tier_that_holds_every_unit():
    assert interviews.require_studier(CAST["principal"], [GRADE, OFFICE]) == PostFact(PostKind.PRINCIPAL, SCHOOL)
    assert interviews.require_studier(CAST["county_dispatcher"], [SCHOOL, OTHER_SCHOOL]).unit == COUNTY
    for who, units in (("principal", [GRADE, OTHER_SCHOOL]), ("teacher", [CLASS]), ("principal", [])):
        with pytest.raises(NotYoursToCall):
            interviews.require_studier(CAST[who], units)


def test_a_case_that_the_head_may_not_know_of_is_named_to_the_caller():
    interviews.require_known([])
    with pytest.raises(Unfit, match="2026-0007、2026-0009"):
        interviews.require_known(["2026-0007", "2026-0009"])


@pytest.mark.parametrize(
    ("items", "says"),
    [
        ([], "至少写一项"),
        ([ITEM] * 21, "最多 20 项"),
        ([ITEM, ItemFact("  ", 15, date(2026, 12, 4))], "第 2 项没有写"),
        ([ItemFact("公示菜单", 15, date(2026, 11, 23))], "第 1 项的日期"),
    ],
)
def test_commitments_that_say_nothing_or_are_late_already_are_refused(items, says):
    with pytest.raises(Unfit, match=says):
        interviews.require_items(items, on=TODAY)


def test_commitments_that_say_what_and_by_when_pass():
    interviews.require_items([ITEM, ItemFact("今天就改", 15, TODAY)], on=TODAY)


@pytest.mark.parametrize(
    ("who", "side"),
    [
        ("office_head", SigningSide.UNIT),
        ("principal", SigningSide.CALLER),
        ("county_supervisor", SigningSide.CALLER),
        ("teacher", None),
        ("other_principal", None),
    ],
)
def test_the_head_signs_for_the_unit_and_a_tier_above_for_the_caller(who, side):
    assert interviews.side_of(CAST[who], OFFICE) is side


def test_another_word_in_the_record_makes_another_digest():
    record = {"number": "YT-2026-0A1B2C", "shown": "三件超时", "items": ["公示菜单|15|2026-12-04"], "recheck_days": 10}
    once = interviews.record_digest(record)
    assert (len(once), once) == (64, interviews.record_digest(dict(record)))
    assert once != interviews.record_digest({**record, "shown": "四件超时"})


def test_the_look_afterwards_comes_ten_working_days_after_the_last_day_taken_on():
    # 4 December 2026 is a Friday: ten working days on is Friday the 18th.
    days = [date(2026, 12, 1), date(2026, 12, 4)]
    assert interviews.recheck_day(days, signed_on=TODAY, days=10, calendar=Calendar()) == date(2026, 12, 18)
    # Signed after everything was due: from the signature on. 24 November is a Tuesday.
    assert interviews.recheck_day([TODAY], signed_on=TODAY, days=3, calendar=Calendar()) == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("weight", "result", "may"),
    [
        (InterviewWeight.TALK, RecheckResult.NOT_FULFILLED, True),
        (InterviewWeight.TALK, RecheckResult.PARTLY, True),
        (InterviewWeight.TALK, RecheckResult.FULFILLED, False),
        (InterviewWeight.KEY_TALK, RecheckResult.NOT_FULFILLED, False),
    ],
)
def test_what_was_not_made_good_may_be_raised_once(weight, result, may):
    assert interviews.may_be_raised(weight, result) is may


def test_a_talk_lies_ahead():
    interviews.require_meeting(NOW + timedelta(minutes=1), at=NOW)
    with pytest.raises(Unfit, match="现在以后"):
        interviews.require_meeting(NOW, at=NOW)
