"""A post ends, a person leaves: what lay with them moves by itself, and once."""

from datetime import date, datetime

from huying.appeals.actions.hand_over import leave_post
from huying.appeals.due import leavers
from huying.people.actions.appoint import appoint
from huying.people.actions.end_post import end_post
from huying.people.models import Person, Post
from huying.rules.enums import PostKind
from tests import given
from tests.cast import TODAY, Stage, at


def the_post(stage: Stage, name: str) -> Post:
    return Post.objects.get(person=stage.accounts[name].person_id)


def next_day(hour: int) -> datetime:
    return at(hour, day=25)


def test_the_day_after_a_post_ended_its_open_work_lies_with_the_head(stage):
    appeal = given.handled(stage)
    end_post(the_post(stage, "teacher"), on=TODAY)
    assert leavers.hand_on(at=at(17)) == 0
    assert leavers.hand_on(at=next_day(8)) == 1
    assert given.fresh(appeal).in_charge is None
    assert leavers.hand_on(at=next_day(9)) == 0


def test_whoever_holds_the_post_again_keeps_the_work(stage):
    given.handled(stage)
    post = the_post(stage, "teacher")
    end_post(post, on=TODAY)
    appoint(post.person, kind=PostKind.CLASS_TEACHER, unit=post.unit, on=date(2026, 11, 25))
    assert leavers.hand_on(at=next_day(8)) == 0


def test_a_post_elsewhere_does_not_keep_the_work(stage):
    given.handled(stage)
    post = the_post(stage, "teacher")
    end_post(post, on=TODAY)
    appoint(post.person, kind=PostKind.CLASS_TEACHER, unit=stage.units["other_class"], on=TODAY)
    assert leavers.hand_on(at=next_day(8)) == 1


def test_who_never_held_a_post_keeps_what_they_were_given(stage):
    appeal = given.handled(stage)
    Post.objects.filter(pk=the_post(stage, "teacher").pk).delete()
    assert leavers.hand_on(at=next_day(8)) == 0
    assert given.fresh(appeal).in_charge is not None


def test_who_left_the_house_hands_on_at_once(stage):
    given.handled(stage)
    Person.objects.filter(pk=stage.accounts["teacher"].person_id).update(is_active=False)
    assert leavers.hand_on(at=at(17)) == 1


def test_ending_a_post_by_hand_moves_the_work_of_that_unit_only(stage):
    appeal = given.handled(stage)
    teacher, heir = stage.person("teacher"), stage.person("other_teacher")
    other = appoint(teacher, kind=PostKind.OFFICE_HEAD, unit=stage.units["office"], on=TODAY)
    assert leave_post(other, on=TODAY, successor=None, by=stage.system_admin, at=at(17)) == 0
    assert leave_post(the_post(stage, "principal"), on=TODAY, successor=None, by=stage.system_admin, at=at(17)) == 0
    assert given.fresh(appeal).in_charge == teacher
    post = Post.objects.get(person=teacher, kind=PostKind.CLASS_TEACHER)
    assert leave_post(post, on=TODAY, successor=heir, by=stage.system_admin, at=at(17)) == 1
    assert given.fresh(appeal).in_charge == heir
