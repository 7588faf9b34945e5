"""A roster that was looked at becomes true: units, people and posts, all of it or nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huying.appeals.arrangements import leaving, posts, units
from huying.appeals.arrangements.rosterplan import Begin, Changed, NewPerson, NewUnit, Place, Plan
from huying.people import changes
from huying.people.actions import add_person, change_person
from huying.people.changes import Refused
from huying.people.models import Person, Unit
from huying.rules.actors import Actor
from huying.rules.workdays import local_day


@transaction.atomic
def bring_in(plan: Plan, *, end_posts: bool, let_go: bool, by: Actor, at: datetime) -> dict[str, int]:
    """The organisation is as the roster says; how many of each. Raises `Refused` and leaves everything as it was.

    `end_posts` ends the posts that the file no longer names today, `let_go` lets those people leave.
    """
    if plan.faults:
        raise Refused(_("表格里还有 %(n)d 处要改，一行也没有导入") % {"n": len(plan.faults)})
    run = _Run(plan, by=by, at=at)
    run.write()
    done = plan.counts | {"posts_not_in_file": 0, "people_not_in_file": 0}
    today = local_day(at)
    for post in plan.gone_posts if end_posts else ():
        posts.end(post, last_day=today, successor=None, by=by, at=at)
        done["posts_not_in_file"] += 1
    for person in plan.gone_people if let_go else ():
        leaving.let_go(person, successor=None, by=by, at=at)
        done["people_not_in_file"] += 1
    return done


class _Run:
    """One plan being written: what was new in it gets rows as it is needed."""

    def __init__(self, plan: Plan, *, by: Actor, at: datetime) -> None:
        self.plan, self.by, self.at = plan, by, at
        self.units: dict[NewUnit, Unit] = {}
        self.people: dict[str, Person] = dict(plan.known)

    def write(self) -> None:
        for unit in self.plan.units:
            self._said(unit.line, lambda unit=unit: self._unit(unit))
        for person in self.plan.people:
            self._add(person)
        for changed in self.plan.changed:
            self._change(changed)
        # What ends makes room for what begins.
        for end in self.plan.ended:
            fields = {"last_day": end.last_day, "successor": None, "by": self.by, "at": self.at}
            self._said(end.line, lambda end=end, fields=fields: posts.end(end.post, **fields))
        for begin in self.plan.begun:
            self._said(begin.line, lambda begin=begin: self._begin(begin))

    def _said(self, line: int, act: object) -> None:
        """What is refused is told with the line that asked for it."""
        try:
            act()  # type: ignore[operator]
        except Refused as refused:
            raise Refused(_("第 %(line)d 行：%(why)s") % {"line": line, "why": refused}) from refused

    def _unit(self, unit: Place) -> Unit:
        if isinstance(unit, Unit):
            return unit
        if unit not in self.units:
            parent = self._unit(unit.parent)
            code = _free_code(self.plan.place)
            self.units[unit] = units.add(
                parent=parent, code=code, name=unit.name, level=unit.level, by=self.by, at=self.at
            )
        return self.units[unit]

    def _add(self, new: NewPerson) -> None:
        unit = self._unit(new.unit)
        self.people[new.number] = add_person.add_person(
            name=new.name, unit=unit, staff_number=new.number, email=new.email
        )
        lines = [("name", "", new.name), ("unit", "", unit.name), ("number", "", new.number)]
        self._record("added", new.name, lines)

    def _change(self, changed: Changed) -> None:
        lines = changed.lines
        change_person.change_person(
            changed.person,
            name=changed.name,
            unit=self._unit(changed.unit),
            staff_number=changed.number,
            email=changed.email,
        )
        self._record("changed", changed.name, lines)

    def _begin(self, begin: Begin) -> None:
        posts.appoint(
            self.people[begin.number],
            kind=begin.kind,
            unit=self._unit(begin.unit),
            on=begin.on,
            until=begin.until,
            by=self.by,
            at=self.at,
        )

    def _record(self, act: str, subject: str, lines: Iterable[tuple[str, object, object]]) -> None:
        place = self.plan.place
        changes.record(area="person", act=act, subject=subject, place=place, by=self.by, at=self.at, lines=lines)


def _free_code(place: Unit) -> str:
    """A code for a unit that the sheet only names: the school's and a number nobody has."""
    stem = place.code[:24]
    number = Unit.objects.filter(code__startswith=f"{stem}-u").count() + 1
    while Unit.objects.filter(code=f"{stem}-u{number}").exists():
        number += 1
    return f"{stem}-u{number}"
