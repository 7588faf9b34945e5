from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from huying.people import changes
from huying.people import queries as people
from huying.people.actions.add_person import add_person
from huying.people.actions.add_unit import add_unit
from huying.people.actions.appoint import appoint
from huying.people.changes import Refused
from huying.people.models import Account, Person, Unit
from huying.rules.enums import PostKind, UnitLevel


@dataclass(frozen=True)
class Administrator:
    """Who sets the system up; the password comes hashed."""

    name: str
    login: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Plan:
    """What is founded: a county centre, its first school, the school's grades with their classes, its offices."""

    centre: str
    centre_phone: str
    school: str
    code: str
    school_phone: str
    grades: tuple[tuple[str, tuple[str, ...]], ...]
    offices: tuple[str, ...]


def check_password(password: str, *, login: str, name: str, centre: str) -> None:
    """Raises `ValidationError` for a password that is too weak for this administrator."""
    works_in = Unit(code="county", name=centre, level=UnitLevel.COUNTY)
    validate_password(password, Account(login=login, person=Person(name=name, unit=works_in)))


@transaction.atomic
def found_organisation(plan: Plan, *, administrator: Administrator, on: date, at: datetime) -> Account:
    """The organisation stands, with one administrator who sets up the rest. Raises `Refused` where one stands."""
    if people.county() is not None:
        raise Refused(_("已经建好了，不能再建一次"))
    county = add_unit(
        code="county", name=plan.centre, level=UnitLevel.COUNTY, parent=None, phone=plan.centre_phone, position=1
    )
    school = add_unit(
        code=plan.code, name=plan.school, level=UnitLevel.SCHOOL, parent=county, phone=plan.school_phone, position=1
    )
    for code, name, level, parent in _units(plan, school):
        add_unit(code=code, name=name, level=level, parent=parent, position=school.children.count() + 1)
    person = add_person(name=administrator.name, unit=county)
    appoint(person, kind=PostKind.SYSTEM_ADMIN, unit=county, on=on)
    account = Account.objects.create(
        login=administrator.login,
        password=administrator.password,
        person=person,
        must_change_password=False,
        password_set_at=at,
        created_at=at,
    )
    by = people.actor_of(account, on=on)
    lines = [("name", "", plan.school), ("parent", "", plan.centre)]
    changes.record(area="founding", act="founded", subject=plan.school, place=None, by=by, at=at, lines=lines)
    return account


def _units(plan: Plan, school: Unit) -> Iterator[tuple[str, str, UnitLevel, Unit]]:
    """(code, name, level, parent) of each unit, a grade before its classes."""
    for place, (name, classes) in enumerate(plan.grades, start=1):
        code = f"{plan.code}-g{place}"
        yield code, name, UnitLevel.GRADE, school
        grade = Unit.objects.get(code=code)
        for number, klass in enumerate(classes, start=1):
            yield f"{code}c{number}", klass, UnitLevel.CLASS, grade
    for place, name in enumerate(plan.offices, start=1):
        yield f"{plan.code}-o{place}", name, UnitLevel.OFFICE, school
