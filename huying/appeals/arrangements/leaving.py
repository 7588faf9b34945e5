"""Somebody leaves the house for good: nothing that is open stays with them, and their sign-in opens nothing more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huying.appeals.actions.hand_over import hand_over
from huying.appeals.models import Appeal
from huying.people import changes
from huying.people import queries as people
from huying.people.actions import leave
from huying.people.changes import Refused
from huying.people.models import Person, Post
from huying.rules import lifecycle
from huying.rules.accounts import ADMINISTRATORS
from huying.rules.actors import Actor
from huying.rules.enums import PostKind
from huying.rules.workdays import local_day


@transaction.atomic
def let_go(person: Person, *, successor: Person | None, by: Actor, at: datetime) -> int:
    """The person works here no more: posts over, sign-in closed, open work with the successor, else with the head of
    each unit; how many appeals. Raises `Refused` for oneself, for somebody gone, for the last system administrator."""
    if person.pk == by.person:
        raise Refused(_("不能给自己办离职，请另一位管理员来办"))
    if not person.is_active:
        raise Refused(_("这个人已经离开了"))
    if successor is not None and (successor.pk == person.pk or not successor.is_active):
        raise Refused(_("接手的人不能是同一个人"), field="successor")
    if _is_last_administrator(person, at=at):
        raise Refused(_("这是最后一位系统管理员。先任命下一位"))
    ended = list(leave.posts_left(person, on=local_day(at)).select_related("unit"))
    leave.leave(person, at=at, on=local_day(at))
    moved = hand_over(person, successor=successor, by=by, at=at)
    lines = [("post", PostKind(post.kind), "") for post in ended] + [("unit", person.unit.name, "")]
    place = people.school_of(person.unit) or person.unit
    changes.record(area="person", act="left", subject=person.name, place=place, by=by, at=at, lines=lines)
    return moved


def in_hand(person: Person) -> int:
    """How many open appeals lie with this person."""
    return Appeal.objects.filter(in_charge=person, state__in=lifecycle.OPEN).count()


def administers(person: Person, *, at: datetime) -> bool:
    """Whether the person watches over or sets up the system."""
    return leave.posts_left(person, on=local_day(at)).filter(kind__in=ADMINISTRATORS).exists()


def _is_last_administrator(person: Person, *, at: datetime) -> bool:
    on = local_day(at)
    top = Post.objects.filter(people.in_force(on), kind=PostKind.SYSTEM_ADMIN, unit__parent=None)
    mine = top.filter(person=person).exists()
    return mine and not top.filter(person__is_active=True).exclude(person=person).exists()
