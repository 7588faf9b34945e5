"""Invitations are sent out and recorded; of a reset the person and the security administrator are told."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huying.channels import post
from huying.people import changes, second_factors
from huying.people import queries as people
from huying.people.actions.invite import Invited, invite
from huying.people.changes import Refused
from huying.people.models import Account, Person, Post
from huying.rules.actors import Actor
from huying.rules.enums import PostKind
from huying.rules.workdays import local_day

MOST_AT_ONCE = 400


@transaction.atomic
def invite_people(persons: Iterable[Person], *, by: Actor, at: datetime) -> list[Invited]:
    """Each of them has a link that opens once. Raises `Refused` for oneself, for nobody, for too many at once, and
    where a sign-in stands that takes two signatures to reset."""
    chosen = list(persons)
    if not chosen:
        raise Refused(_("没有选人"))
    if len(chosen) > MOST_AT_ONCE:
        raise Refused(_("一次最多发 %(most)d 张") % {"most": MOST_AT_ONCE})
    if any(one.pk == by.person for one in chosen):
        raise Refused(_("自己的密码在“我的”里改，不用邀请"))
    _require_one_hand_is_enough(chosen, at=at)
    try:
        with transaction.atomic():
            made = [invite(one, by=by.account, at=at) for one in chosen]
    except IntegrityError as error:
        raise Refused(_("另一位管理员正在给同一个人发邀请，请再看一遍名单")) from error
    for one in made:
        _recorded(one, by=by, at=at)
    return made


@transaction.atomic
def invite_signed(person: Person, *, by: Actor, at: datetime) -> Invited:
    """The same for one person whose reset two administrators have signed."""
    made = invite(person, by=by.account, at=at)
    _recorded(made, by=by, at=at)
    return made


def _require_one_hand_is_enough(chosen: list[Person], *, at: datetime) -> None:
    """Whoever could void the password of somebody who unmasks or administers could take their place."""
    have = set(Account.objects.filter(person__in=chosen).values_list("person", flat=True))
    guarded = second_factors.guarded_among(have, on=local_day(at))
    named = "、".join(one.name for one in chosen if one.pk in guarded)
    if named:
        words = _("%(names)s的岗位能看身份或者管系统，重发要两个人签字：请到“登录安全”申请")
        raise Refused(words % {"names": named})


def _recorded(one: Invited, *, by: Actor, at: datetime) -> None:
    person = one.invitation.person
    act = "reset" if one.invitation.is_reset else "invited"
    place = people.school_of(person.unit) or person.unit
    lines = [("login", "", one.invitation.login), ("until", "", local_day(one.invitation.ends_at))]
    changes.record(area="account", act=act, subject=person.name, place=place, by=by, at=at, lines=lines)
    if one.invitation.is_reset:
        _told(one, at=at)


def _told(one: Invited, *, at: datetime) -> None:
    """A reset that nobody asked for is noticed: by its owner, and by the one who watches over the administrators."""
    key = one.invitation.digest[:24]
    person = one.invitation.person
    post.tell("password_reset", key=f"{key}:p{person.pk}", at=at, person=person.pk)
    watching = Post.objects.filter(people.in_force(local_day(at)), kind=PostKind.SECURITY_ADMIN)
    for unit in (
        watching.filter(unit__in=people.units_above(person.unit.path)).values_list("unit", flat=True).distinct()
    ):
        kind, holder = "password_reset_of_another", PostKind.SECURITY_ADMIN
        post.tell(kind, key=f"{key}:{unit}", at=at, unit=unit, post=holder, data={"person": person.pk})
