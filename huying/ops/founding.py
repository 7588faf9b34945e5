"""From an empty folder to an organisation that can take its first appeal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from huying.appeals import defaults as rule_defaults
from huying.channels import defaults as door_defaults
from huying.people import calendars, founding_pass
from huying.people import queries as people
from huying.people.actions.add_person import add_person
from huying.people.actions.add_unit import add_unit
from huying.people.actions.appoint import appoint
from huying.people.actions.open_account import OpenedAccount, open_account
from huying.rules.enums import PostKind, UnitLevel
from huying.rules.labels import label
from huying.vault import keys

if TYPE_CHECKING:
    from huying.people.models import Unit

GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级")
OFFICES = ("校惠民中心", "教务处", "德育处", "总务处")
# Limits and routes hold for appeals of the past too, as far back as the calendars reach.
SINCE = date(2004, 1, 1)


@dataclass(frozen=True)
class Opened:
    """One account of a post, as it is printed once."""

    login: str
    post: str
    unit: str
    password: str


def prepare(*, at: datetime) -> None:
    """Folder, keys, tables, calendars and the rules that ship stand; asked twice, nothing changes."""
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    keys.create(Path(settings.KEYS_DIR))
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    with transaction.atomic():
        calendars.seed_national(at=at)
        door_defaults.seed()
        rule_defaults.seed(since=SINCE)


def is_bare() -> bool:
    """Whether the database has no tables yet."""
    return "people_unit" not in connection.introspection.table_names()


def invitation(*, site: str, at: datetime) -> str:
    """The one-time address on which the first organisation is set up; empty when one stands already."""
    if is_bare():
        prepare(at=at)
    if people.has_organisation():
        return ""
    return f"{site}/setup/begin/with/{founding_pass.fresh(at=at)}/"


def found(*, school: str, code: str, at: datetime, on: date) -> list[Opened]:
    """A county centre, the school with its grades, classes and offices, and one account a post.

    Nothing, when an organisation stands already.
    """
    if people.county() is not None:
        return []
    with transaction.atomic():
        county = add_unit(code="county", name="县教育惠民服务中心", level=UnitLevel.COUNTY, parent=None)
        top = add_unit(code=code, name=school, level=UnitLevel.SCHOOL, parent=county)
        units = dict(_lay_out(top))
        return [_open(kind, works_in, held_in, on=on, at=at) for kind, works_in, held_in in _posts(county, top, units)]


def _lay_out(school: Unit) -> Iterator[tuple[str, Unit]]:
    for place, name in enumerate(GRADES, start=1):
        grade = add_unit(
            code=f"{school.code}-g{place}", name=f"{name}级部", level=UnitLevel.GRADE, parent=school, position=place
        )
        yield f"g{place}", grade
        for number in (1, 2):
            code = f"{school.code}-g{place}c{number}"
            klass = add_unit(code=code, name=f"{name}{number}班", level=UnitLevel.CLASS, parent=grade, position=number)
            yield f"g{place}c{number}", klass
    for place, name in enumerate(OFFICES, start=1):
        code = f"{school.code}-o{place}"
        yield (
            f"o{place}",
            add_unit(code=code, name=name, level=UnitLevel.OFFICE, parent=school, position=10 + place),
        )


def _posts(county: Unit, school: Unit, units: dict[str, Unit]) -> list[tuple[PostKind, Unit, Unit]]:
    """(post, where its holder works, where it is held), one of each kind."""
    centre = units["o1"]
    return [
        (PostKind.CLERK, centre, school),
        (PostKind.DISPATCHER, centre, school),
        (PostKind.CALLER, centre, school),
        (PostKind.CLASS_TEACHER, units["g1c1"], units["g1c1"]),
        (PostKind.GRADE_HEAD, units["g1"], units["g1"]),
        (PostKind.OFFICE_HEAD, units["o4"], units["o4"]),
        (PostKind.PRINCIPAL, school, school),
        (PostKind.INSPECTOR, school, school),
        (PostKind.COUNTY_DISPATCHER, county, county),
        (PostKind.COUNTY_SUPERVISOR, county, county),
        (PostKind.AUDITOR, county, county),
        (PostKind.SECURITY_ADMIN, county, county),
        (PostKind.SYSTEM_ADMIN, county, county),
    ]


def _open(kind: PostKind, works_in: Unit, held_in: Unit, *, on: date, at: datetime) -> Opened:
    person = add_person(name=label(kind), unit=works_in)
    appoint(person, kind=kind, unit=held_in, on=on)
    opened: OpenedAccount = open_account(person, login=kind.value, at=at)
    return Opened(login=kind.value, post=label(kind), unit=held_in.name, password=opened.password)
