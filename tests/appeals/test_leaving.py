"""Somebody leaves the house: the sign-in is closed, the posts are over, and nothing open is left without an owner."""

from datetime import date

import pytest
from django.test import Client

from huying.appeals import piles
from huying.appeals.arrangements import leaving
from huying.appeals.models import Appeal
from huying.people import queries as people
from huying.people.actions.invite import invite
from huying.people.changes import Refused
from huying.people.invitations import NoInvitation, of_token
from huying.people.models import Account, Invitation, Person, Post, SetupChange
from huying.rules import lifecycle
from tests import given
from tests.cast import TODAY, at


def gone(stage, name, *, successor=None, by="system_admin"):
    heir = stage.person(successor) if successor else None
    return leaving.let_go(stage.person(name), successor=heir, by=getattr(stage, by), at=at(17))


def test_whoever_leaves_has_no_post_and_no_way_in(stage):
    client = Client()
    client.force_login(stage.accounts["teacher"])
    gone(stage, "teacher")
    person = stage.person("teacher")
    post = Post.objects.get(person=person)
    account = Account.objects.get(person=person)
    assert (person.is_active, account.is_active, post.ends_on) == (False, False, date(2026, 11, 23))
    assert people.actor_of(account, on=TODAY).posts == ()
    assert client.get("/staff/").status_code == 302
    row = SetupChange.objects.first()
    assert (row.area, row.act, row.subject) == ("person", "left", "王芳")


def test_open_work_lies_with_the_successor_at_once(stage):
    appeal = given.handled(stage)
    assert gone(stage, "teacher", successor="other_teacher") == 1
    assert given.fresh(appeal).in_charge == stage.person("other_teacher")


TO_DO = ("triage", "to_sign", "handling", "to_review", "to_call", "to_close")


def in_somebodys_tray() -> set[int]:
    """The appeals that lie on a pile of work of anyone who is still here."""
    actors = [people.actor_of(account, on=TODAY) for account in Account.objects.filter(person__is_active=True)]
    trays = [(pile, actor) for actor in actors for pile in piles.of(actor) if pile.name in TO_DO]
    return {pk for pile, actor in trays for pk in piles.filled(pile, actor, at=at(17)).values_list("pk", flat=True)}


@pytest.mark.parametrize("name", ["teacher", "grade_head", "dispatcher", "caller", "principal", "clerk", "office_head"])
def test_nothing_open_is_left_without_an_owner(stage, name):
    for given_one in (given.registered, given.dispatched, given.handled, given.answered, given.delivered):
        given_one(stage)
    still = list(Appeal.objects.filter(state__in=lifecycle.OPEN))
    # What only the parent can move on (a delivered answer nobody has to call about) waits on no tray.
    in_a_tray = in_somebodys_tray()
    before = [one.pk for one in still if one.pk in in_a_tray]
    gone(stage, name)
    assert len(before) >= 4
    in_a_tray = in_somebodys_tray()
    assert [one.state for one in still if one.pk in before and one.pk not in in_a_tray] == []
    assert not Appeal.objects.filter(state__in=lifecycle.OPEN, in_charge__is_active=False).exists()


def test_an_invitation_of_somebody_who_left_opens_nothing(stage):
    made = invite(Person.objects.create(name="田野", unit=stage.units["class"]), by=None, at=at(12))
    leaving.let_go(made.invitation.person, successor=None, by=stage.system_admin, at=at(13))
    with pytest.raises(NoInvitation):
        of_token(made.token, at=at(14))
    assert Invitation.objects.get().withdrawn_at == at(13)


@pytest.mark.parametrize(
    ("name", "by", "words"),
    [
        ("system_admin", "system_admin", "不能给自己办离职"),
        ("system_admin", "security_admin", "最后一位系统管理员"),
    ],
)
def test_some_cannot_leave(stage, name, by, words):
    with pytest.raises(Refused, match=words):
        gone(stage, name, by=by)
    assert stage.person(name).is_active


def test_nobody_leaves_twice_or_hands_on_to_somebody_who_left(stage):
    gone(stage, "teacher")
    with pytest.raises(Refused, match="已经离开了"):
        gone(stage, "teacher")
    with pytest.raises(Refused, match="接手的人"):
        gone(stage, "grade_head", successor="teacher")
