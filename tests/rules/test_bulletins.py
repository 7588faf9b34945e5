"""Whose hands a bulletin goes through: nobody checks or signs what they wrote, and a draft is its makers'."""

import pytest

from huying.rules import bulletins
from huying.rules.actors import TIMER, Actor, PostFact
from huying.rules.bulletins import BulletinFact, NotNow, NotYoursToDo
from huying.rules.case import UnitFact
from huying.rules.enums import ActorKind, BulletinAct, BulletinStage, PostKind, UnitLevel

A, S, P = BulletinAct, BulletinStage, PostKind
COUNTY = UnitFact(1, "/1/", UnitLevel.COUNTY)
SCHOOL = UnitFact(2, "/1/2/", UnitLevel.SCHOOL)
GRADE = UnitFact(3, "/1/2/3/", UnitLevel.GRADE)
OTHER = UnitFact(4, "/1/4/", UnitLevel.SCHOOL)


def holding(person: int, kind: PostKind, unit: UnitFact) -> Actor:
    return Actor(kind=ActorKind.STAFF, person=person, posts=(PostFact(kind, unit),))


DISPATCHER, INSPECTOR = holding(1, P.DISPATCHER, SCHOOL), holding(2, P.INSPECTOR, SCHOOL)
PRINCIPAL, GRADE_HEAD = holding(3, P.PRINCIPAL, SCHOOL), holding(4, P.GRADE_HEAD, GRADE)
SUPERVISOR, SECOND = holding(5, P.COUNTY_SUPERVISOR, COUNTY), holding(6, P.COUNTY_SUPERVISOR, COUNTY)
ELSEWHERE = holding(7, P.DISPATCHER, OTHER)


def at(stage: BulletinStage, unit: UnitFact = SCHOOL, written=(1,), checked=None) -> BulletinFact:
    return BulletinFact(unit, stage, frozenset(written), checked)


@pytest.mark.parametrize(
    ("who", "act", "fact", "target"),
    [
        (DISPATCHER, A.EDIT, at(S.DRAFT), S.DRAFT),
        (INSPECTOR, A.CHECK, at(S.DRAFT), S.CHECKED),
        (DISPATCHER, A.CHECK, at(S.DRAFT, written=()), S.CHECKED),
        (SUPERVISOR, A.CHECK, at(S.DRAFT), S.CHECKED),  # a school too small for a second person
        (PRINCIPAL, A.SIGN, at(S.CHECKED, checked=2), S.SIGNED),
        (PRINCIPAL, A.RETURN, at(S.CHECKED), S.DRAFT),
        (DISPATCHER, A.ISSUE, at(S.SIGNED), S.ISSUED),
        (GRADE_HEAD, A.REPLY, at(S.ISSUED), S.ISSUED),
        (INSPECTOR, A.ARCHIVE, at(S.ISSUED), S.ARCHIVED),
        (SUPERVISOR, A.SIGN, at(S.CHECKED, COUNTY, written=(9,), checked=5), S.SIGNED),
    ],
)
def test_where_a_step_leads(who, act, fact, target):
    assert bulletins.require(who, act, fact) is target
    assert bulletins.may(who, act, fact)


@pytest.mark.parametrize(
    ("who", "act", "fact", "refusal"),
    [
        (DISPATCHER, A.CHECK, at(S.DRAFT), NotYoursToDo),
        (PRINCIPAL, A.SIGN, at(S.CHECKED, written=(3,)), NotYoursToDo),
        (SUPERVISOR, A.SIGN, at(S.CHECKED, checked=5), NotYoursToDo),
        (INSPECTOR, A.SIGN, at(S.CHECKED), NotYoursToDo),
        (ELSEWHERE, A.EDIT, at(S.DRAFT), NotYoursToDo),
        (PRINCIPAL, A.REPLY, at(S.ISSUED), NotYoursToDo),  # the unit that issued it does not answer to itself
        (DISPATCHER, A.EDIT, at(S.ISSUED), NotNow),
        (PRINCIPAL, A.SIGN, at(S.DRAFT), NotNow),
    ],
)
def test_what_is_refused(who, act, fact, refusal):
    with pytest.raises(refusal):
        bulletins.require(who, act, fact)
    assert not bulletins.may(who, act, fact)


def test_who_may_begin_and_who_may_read():
    assert [bulletins.may_make(who, SCHOOL) for who in (DISPATCHER, SUPERVISOR, TIMER)] == [True, True, True]
    assert [bulletins.may_make(who, SCHOOL) for who in (PRINCIPAL, ELSEWHERE, GRADE_HEAD)] == [False, False, False]
    readers = (DISPATCHER, PRINCIPAL, SUPERVISOR, GRADE_HEAD, ELSEWHERE)
    assert [bulletins.may_read(who, at(S.DRAFT)) for who in readers] == [True, True, True, False, False]
    assert [bulletins.may_read(who, at(S.ISSUED)) for who in readers] == [True, True, True, True, False]
