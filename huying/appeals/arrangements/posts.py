"""People are appointed to posts and leave them, with dates; open work is handed on, and the watchers stay apart."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from huying.appeals.actions import hand_over
from huying.people import changes
from huying.people import queries as people
from huying.people.actions import add_person, end_post
from huying.people.actions import appoint as appointing
from huying.people.changes import Refused
from huying.people.models import Person, Post, Unit
from huying.rules.accounts import ADMINISTRATORS
from huying.rules.actors import Actor
from huying.rules.enums import PostKind, UnitLevel
from huying.rules.workdays import local_day

P, L = PostKind, UnitLevel
_DESK = (P.CLERK, P.DISPATCHER, P.CALLER, P.INSPECTOR)
KINDS: dict[UnitLevel, tuple[PostKind, ...]] = {
    L.CLASS: (P.CLASS_TEACHER,),
    L.GRADE: (P.GRADE_HEAD,),
    L.OFFICE: (P.OFFICE_HEAD,),
    L.SCHOOL: (P.PRINCIPAL, *_DESK, *ADMINISTRATORS),
    L.DISTRICT: (P.COUNTY_SUPERVISOR,),
    L.COUNTY: (P.COUNTY_DISPATCHER, P.COUNTY_SUPERVISOR, P.CLERK, P.CALLER, *ADMINISTRATORS),
    L.CITY: (),
}
# One cannot plan who holds a post much further ahead than a school year.
FARTHEST = timedelta(days=400)


@transaction.atomic
def appoint(
    person: Person, *, kind: PostKind, unit: Unit, on: date, by: Actor, at: datetime, until: date | None = None
) -> Post:
    """The person holds the post from that day on. Raises `Refused` where dates, level or separation forbid it."""
    _sound(person, kind=kind, unit=unit, on=on, until=until, by=by, at=at)
    post = appointing.appoint(person, kind=kind, unit=unit, on=on, until=until)
    lines = [("post", "", kind), ("unit", "", unit.name), ("from", "", on), ("until", "", until)]
    changes.record(area="post", act="appointed", subject=person.name, place=_home(unit), by=by, at=at, lines=lines)
    return post


@transaction.atomic
def appoint_someone(
    person: Person | None,
    *,
    new_name: str,
    kind: PostKind,
    unit: Unit,
    on: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
) -> Post:
    """The same for somebody who may not stand on the roster yet: then they work in that unit from now on."""
    if person is None:
        person = add_person.add_person(name=new_name, unit=unit)
        lines = [("name", "", new_name), ("unit", "", unit.name)]
        changes.record(area="person", act="added", subject=new_name, place=_home(unit), by=by, at=at, lines=lines)
    return appoint(person, kind=kind, unit=unit, on=on, until=until, by=by, at=at)


def _sound(
    person: Person, *, kind: PostKind, unit: Unit, on: date, until: date | None, by: Actor, at: datetime
) -> None:
    if person.pk == by.person:
        raise Refused(_("不能给自己任岗，请另一位管理员来办"), field="person")
    if kind not in KINDS[UnitLevel(unit.level)]:
        raise Refused(_("这个岗位不设在“%(unit)s”") % {"unit": unit.name}, field="kind")
    if until is not None and until < on:
        raise Refused(_("到哪天不能早于从哪天"), field="until")
    if on > local_day(at) + FARTHEST:
        raise Refused(_("离现在太远，最多提前 %(days)d 天") % {"days": FARTHEST.days}, field="on")
    # Two administrators at once must not give one person two posts: the second waits here for the first.
    Person.objects.select_for_update().get(pk=person.pk)
    held = Post.objects.filter(_overlapping(on, until), person=person)
    if held.filter(kind=kind, unit=unit).exists():
        raise Refused(_("这段时间已经在这个岗位上"), field="on")
    others = held.exclude(kind=kind)
    clash = others if kind in ADMINISTRATORS else others.filter(kind__in=ADMINISTRATORS)
    if clash.exists():
        raise Refused(_("系统管理员、安全管理员、审计员不能兼别的岗位，也不能互相兼"), field="kind")


def _overlapping(on: date, until: date | None) -> Q:
    later = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return later if until is None else later & Q(starts_on__lte=until)


@transaction.atomic
def end(post: Post, *, last_day: date, successor: Person | None, by: Actor, at: datetime) -> int:
    """That day is the last in the post, and open work is in other hands; how many appeals moved at once."""
    if last_day < post.starts_on:
        raise Refused(_("到哪天不能早于从哪天"), field="last_day")
    if successor is not None and successor.pk == post.person_id:
        raise Refused(_("接手的人不能是同一个人"), field="successor")
    if _is_last(post, last_day):
        raise Refused(_("这是最后一位系统管理员。先任命下一位"), field="last_day")
    before = post.ends_on
    moved = 0
    if last_day <= local_day(at):
        moved = hand_over.leave_post(post, on=last_day, successor=successor, by=by, at=at)
    else:
        end_post.end_post(post, on=last_day)
    lines = [("post", post.kind, post.kind), ("unit", "", post.unit.name), ("until", before, last_day)]
    place = _home(post.unit)
    subject = post.person.name
    changes.record(area="post", act="ended", subject=subject, place=place, by=by, at=at, lines=lines)
    return moved


def _is_last(post: Post, last_day: date) -> bool:
    if post.kind != P.SYSTEM_ADMIN or post.unit.parent_id is not None:
        return False
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)
    others = Post.objects.filter(lasting, kind=P.SYSTEM_ADMIN, unit=post.unit, person__is_active=True)
    return not others.exclude(pk=post.pk).exists()


def _home(unit: Unit) -> Unit:
    return people.school_of(unit) or unit
