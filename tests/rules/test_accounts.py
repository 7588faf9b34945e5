"""Who needs a second factor, and which two hands give somebody a way in again."""

import pytest

from huying.rules import accounts
from huying.rules.accounts import GUARDED
from huying.rules.actors import Actor, PostFact
from huying.rules.case import UnitFact
from huying.rules.enums import ActorKind, PostKind, UnitLevel

P = PostKind
COUNTY = UnitFact(id=1, path="/1/", level=UnitLevel.COUNTY)
SCHOOL = UnitFact(id=2, path="/1/2/", level=UnitLevel.SCHOOL)
OTHER = UnitFact(id=3, path="/1/3/", level=UnitLevel.SCHOOL)


def someone(person: int, *kinds: PostKind, unit: UnitFact = COUNTY) -> Actor:
    return Actor(kind=ActorKind.STAFF, person=person, posts=tuple(PostFact(kind, unit) for kind in kinds))


@pytest.mark.parametrize("kind", PostKind)
def test_who_unmasks_administers_exports_or_supervises_needs_one(kind):
    without = {P.CLERK, P.CLASS_TEACHER, P.GRADE_HEAD, P.OFFICE_HEAD}
    assert accounts.needs_second_factor(someone(7, kind)) is (kind not in without)


def test_nobody_needs_one_without_a_post_and_one_guarded_post_is_enough():
    assert not accounts.needs_second_factor(someone(7))
    assert accounts.needs_second_factor(someone(7, P.CLASS_TEACHER, P.CALLER))


def test_every_guarded_post_is_one_of_the_posts_once():
    assert len(set(GUARDED)) == len(GUARDED)


@pytest.mark.parametrize(
    ("actor", "found"),
    [
        (someone(1, P.SYSTEM_ADMIN), P.SYSTEM_ADMIN),
        (someone(1, P.SECURITY_ADMIN), P.SECURITY_ADMIN),
        (someone(1, P.SECURITY_ADMIN, unit=SCHOOL), P.SECURITY_ADMIN),
        (someone(1, P.AUDITOR), None),
        (someone(1, P.PRINCIPAL), None),
        (someone(1, P.SYSTEM_ADMIN, unit=OTHER), None),
        (someone(9, P.SECURITY_ADMIN), None),  # it is the owner
    ],
)
def test_who_may_ask_for_somebody_of_the_school(actor, found):
    assert accounts.asks_as(actor, owner=9, path="/1/2/") is found


@pytest.mark.parametrize(
    ("actor", "asked_as", "found"),
    [
        (someone(2, P.SYSTEM_ADMIN), P.SECURITY_ADMIN, P.SYSTEM_ADMIN),
        (someone(2, P.SECURITY_ADMIN), P.SYSTEM_ADMIN, P.SECURITY_ADMIN),
        (someone(2, P.AUDITOR), P.SYSTEM_ADMIN, P.AUDITOR),
        (someone(2, P.SYSTEM_ADMIN), P.SYSTEM_ADMIN, None),  # no two of a kind
        (someone(2, P.SECURITY_ADMIN), P.SECURITY_ADMIN, None),
        (someone(1, P.AUDITOR), P.SYSTEM_ADMIN, None),  # who asked
        (someone(9, P.AUDITOR), P.SYSTEM_ADMIN, None),  # whose it is
        (someone(2, P.AUDITOR, unit=OTHER), P.SYSTEM_ADMIN, None),
        (someone(2, P.PRINCIPAL), P.SYSTEM_ADMIN, None),
    ],
)
def test_who_may_put_the_second_signature(actor, asked_as, found):
    assert accounts.signs_as(actor, owner=9, asker=1, asked_as=asked_as, path="/1/2/") is found


def test_other_posts_have_another_mark_in_whatever_order_they_stand():
    both, turned = someone(1, P.CLERK, P.CALLER), someone(2, P.CALLER, P.CLERK)
    marks = [accounts.posts_mark(one) for one in (both, turned, someone(1, P.CLERK), someone(1))]
    assert (marks[0] == marks[1], len(set(marks))) == (True, 3)
    assert accounts.posts_mark(someone(1, P.CLERK, unit=SCHOOL)) != accounts.posts_mark(someone(1, P.CLERK))
