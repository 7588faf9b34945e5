"""Units are added, renamed, moved and closed; what stands in the way is said, never pushed aside."""

import re
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from huying.appeals.models import Appeal
from huying.people import changes
from huying.people import queries as people
from huying.people.actions import add_unit, change_unit, close_unit, move_unit
from huying.people.changes import Refused
from huying.people.models import Person, Post, Unit
from huying.rules import lifecycle
from huying.rules.actors import Actor
from huying.rules.enums import UnitLevel
from huying.rules.workdays import local_day

L = UnitLevel
BELOW: dict[UnitLevel, tuple[UnitLevel, ...]] = {
    L.CITY: (L.COUNTY,),
    L.COUNTY: (L.SCHOOL, L.DISTRICT, L.OFFICE),
    L.DISTRICT: (L.SCHOOL,),
    L.SCHOOL: (L.GRADE, L.OFFICE, L.CLASS),
    L.GRADE: (L.CLASS,),
    L.OFFICE: (),
    L.CLASS: (),
}
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,30}")
MOVABLE = (L.GRADE, L.OFFICE, L.CLASS, L.SCHOOL)


@transaction.atomic
def add(
    *, parent: Unit, code: str, name: str, level: UnitLevel, by: Actor, at: datetime, phone: str = "", pupils: int = 0
) -> Unit:
    """A unit stands under its parent. Raises `Refused` for a code that is taken or a level that does not fit there."""
    if not CODE.fullmatch(code):
        raise Refused(_("代码只能用字母、数字和短横"), field="code")
    if Unit.objects.filter(code=code).exists():
        raise Refused(_("这个代码已经有单位用了，换一个"), field="code")
    if level not in BELOW[UnitLevel(parent.level)]:
        raise Refused(_("“%(parent)s”下面不能放这一级的单位") % {"parent": parent.name}, field="level")
    _only_name(parent, name, but=None)
    place = Unit.objects.filter(parent=parent).count() + 1
    unit = add_unit.add_unit(
        code=code, name=name, level=level, parent=parent, pupils=pupils, phone=phone, position=place
    )
    lines = [("code", "", code), ("name", "", name), ("level", "", level), ("parent", "", parent.name)]
    changes.record(area="unit", act="added", subject=name, place=_home(unit), by=by, at=at, lines=lines)
    return unit


@transaction.atomic
def change(
    unit: Unit, *, name: str, phone: str, address: str, pupils: int, position: int, by: Actor, at: datetime
) -> None:
    """The unit is called and reached so. Raises `Refused` when a sister has that name."""
    if unit.parent is not None:
        _only_name(unit.parent, name, but=unit)
    before = {field: getattr(unit, field) for field in change_unit.FIELDS}
    change_unit.change_unit(unit, name=name, phone=phone, address=address, pupils=pupils, position=position)
    lines = [(field, before[field], getattr(unit, field)) for field in change_unit.FIELDS]
    subject = before["name"]
    changes.record(area="unit", act="changed", subject=subject, place=_home(unit), by=by, at=at, lines=lines)


@transaction.atomic
def move(unit: Unit, *, parent: Unit, by: Actor, at: datetime) -> None:
    """The unit stands elsewhere in the tree. Raises `Refused` while open appeals would change hands by it."""
    if parent.pk not in {one.pk for one in new_homes(unit)}:
        raise Refused(_("不能放到“%(parent)s”下面") % {"parent": parent.name}, field="parent")
    held = open_appeals(unit)
    if held:
        raise Refused(_("还有 %(n)d 件没办完，办完再移") % {"n": held}, field="parent")
    _only_name(parent, unit.name, but=unit)
    before = unit.parent.name if unit.parent is not None else ""
    move_unit.move_unit(unit, parent=parent)
    lines = [("parent", before, parent.name)]
    changes.record(area="unit", act="moved", subject=unit.name, place=_home(unit), by=by, at=at, lines=lines)


def new_homes(unit: Unit) -> list[Unit]:
    """Where a unit may be moved to: within its own school, a school within its county."""
    if UnitLevel(unit.level) not in MOVABLE or unit.parent is None:
        return []
    top = people.school_of(unit.parent) or people.county()
    if top is None:
        return []
    under = Unit.objects.filter(path__startswith=top.path, is_active=True).exclude(path__startswith=unit.path)
    level = UnitLevel(unit.level)
    return [one for one in under if level in BELOW[UnitLevel(one.level)] and one.pk != unit.parent_id]


@transaction.atomic
def close(unit: Unit, *, last_day: date, by: Actor, at: datetime) -> None:
    """That day is the unit's last. Raises `Refused` with all that stands in the way."""
    if last_day < local_day(at):
        raise Refused(_("最后一天不能早于今天"), field="last_day")
    found = in_the_way(unit, last_day=last_day)
    if found:
        raise Refused(_("还不能撤：%(what)s") % {"what": "；".join(found)}, field="last_day")
    before = unit.closes_on
    close_unit.close_unit(unit, last_day=last_day)
    lines = [("last_day", before, last_day)]
    changes.record(area="unit", act="closed", subject=unit.name, place=_home(unit), by=by, at=at, lines=lines)


@transaction.atomic
def reopen(unit: Unit, *, by: Actor, at: datetime) -> None:
    """The unit is open, with no last day. Raises `Refused` under a closed one."""
    if unit.parent is not None and not unit.parent.is_active:
        raise Refused(_("上级单位已撤，先恢复上级"))
    before = unit.closes_on
    close_unit.open_unit(unit)
    lines = [("last_day", before, None)]
    changes.record(area="unit", act="reopened", subject=unit.name, place=_home(unit), by=by, at=at, lines=lines)


def in_the_way(unit: Unit, *, last_day: date) -> list[str]:
    """What would be left without a home after that day, in words."""
    if UnitLevel(unit.level).tier >= L.COUNTY.tier:
        return [_("县中心不能撤")]
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)
    below = Unit.objects.filter(path__startswith=unit.path, is_active=True).exclude(pk=unit.pk)
    posts = Post.objects.filter(lasting, unit=unit)
    counts = (
        (_("%(n)d 件没办完"), open_appeals(unit)),
        (_("%(n)d 个岗位还没到期"), posts.count()),
        (_("%(n)d 个人还在这里工作"), Person.objects.filter(unit=unit, is_active=True).count()),
        (_("下面还有 %(n)d 个单位"), below.filter(Q(closes_on=None) | Q(closes_on__gt=last_day)).count()),
    )
    return [words % {"n": count} for words, count in counts if count]


def open_appeals(unit: Unit) -> int:
    """How many open appeals lie with this unit or those below it, or are about their pupils."""
    path = unit.path
    here = (
        Q(place__path__startswith=path)
        | Q(lead_unit__path__startswith=path)
        | Q(grade__path__startswith=path)
        | Q(klass__path__startswith=path)
    )
    return Appeal.objects.filter(here, state__in=lifecycle.OPEN).count()


def close_due(*, at: datetime) -> int:
    """Units whose last day is over are closed, unless an appeal came in meanwhile; how many."""
    due = Unit.objects.filter(is_active=True, closes_on__lt=local_day(at))
    over = [unit for unit in due if not open_appeals(unit)]
    for unit in over:
        close_unit.shut(unit)
    return len(over)


def _only_name(parent: Unit, name: str, *, but: Unit | None) -> None:
    sisters = Unit.objects.filter(parent=parent, name=name, is_active=True)
    if (sisters.exclude(pk=but.pk) if but is not None else sisters).exists():
        raise Refused(_("“%(parent)s”下面已经有这个名称") % {"parent": parent.name}, field="name")


def _home(unit: Unit) -> Unit:
    return people.school_of(unit) or unit
