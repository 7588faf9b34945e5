"""The organisation of the demo: a centre, a district, six schools of different size, about three hundred people."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from huying.ops.demo import matters
from huying.people import queries as people
from huying.people.actions.add_person import add_person
from huying.people.actions.add_unit import add_unit
from huying.people.actions.appoint import appoint
from huying.people.actions.open_account import open_account
from huying.rules.actors import Actor
from huying.rules.enums import PostKind, UnitLevel
from huying.rules.labels import label

if TYPE_CHECKING:
    from huying.people.models import Person, Unit

PASSWORD = "chengchuan-demo"  # noqa: S105 - printed, and refused outside a demo database
SINCE = date(2026, 1, 1)
GRADES = "一二三四五六"
OFFICES = ("校惠民中心", "教务处", "德育处", "总务处")
# name, code, classes in each grade, pupils, whether it belongs to the district
SCHOOLS = (
    ("澄川县实验小学", "sy", 4, 1080, True),
    ("澄川县第二小学", "er", 3, 790, True),
    ("城关小学", "cg", 2, 510, True),
    ("清河镇中心小学", "qh", 2, 460, False),
    ("柳湾小学", "lw", 1, 190, False),
    ("石桥小学", "sq", 1, 150, False),
)


@dataclass
class School:
    """A school and where its work is done."""

    unit: "Unit"
    grades: list["Unit"] = field(default_factory=list)
    classes: list["Unit"] = field(default_factory=list)
    offices: dict[str, "Unit"] = field(default_factory=dict)
    weight: int = 1


@dataclass
class County:
    """Everything the stories need to find: units, and who acts in which post where."""

    unit: "Unit"
    schools: list[School]
    actors: dict[tuple[str, int], list[Actor]]

    def acting(self, kind: PostKind, unit: "Unit", *, but: Actor | None = None) -> Actor:
        """Somebody who holds the post there, other than the one named."""
        return next(actor for actor in self.actors[kind, unit.pk] if but is None or actor.person != but.person)


class Builder:
    """Lays out the county with names drawn from a seed."""

    def __init__(self, seed: int, *, at: datetime) -> None:
        self.draw = random.Random(seed)  # noqa: S311 - the demo is the same on every machine
        self.at = at
        self.held: list[tuple[PostKind, Unit, Person]] = []
        self.names = self._names()
        self.code = 0

    def build(self) -> County:
        """The whole county stands."""
        county = add_unit(
            code="county", name="澄川县教育惠民服务中心", level=UnitLevel.COUNTY, parent=None, phone="0500-622 0100"
        )
        district = add_unit(code="district", name="城区教育学区", level=UnitLevel.DISTRICT, parent=county)
        schools = [self._school(row, district if row[4] else county, place) for place, row in enumerate(SCHOOLS)]
        for kind, many in (
            (PostKind.COUNTY_DISPATCHER, 2),
            (PostKind.COUNTY_SUPERVISOR, 3),
            (PostKind.CALLER, 1),
            (PostKind.AUDITOR, 1),
            (PostKind.SECURITY_ADMIN, 1),
            (PostKind.SYSTEM_ADMIN, 1),
        ):
            for _ in range(many):
                self._hold(kind, county, works_in=county)
        self._accounts(schools[0], county)
        return County(county, schools, self._actors())

    def _school(self, row: tuple[str, str, int, int, bool], parent: "Unit", place: int) -> School:
        name, code, per_grade, pupils, _ = row
        unit = add_unit(
            code=code, name=name, level=UnitLevel.SCHOOL, parent=parent, pupils=pupils, position=place,
            phone=f"0500-622 01{place + 1}0", address=f"澄川县文昌路{place * 12 + 8}号",
        )  # fmt: skip
        school = School(unit, weight=per_grade)
        for number, word in enumerate(GRADES, start=1):
            grade = add_unit(code=f"{code}-g{number}", name=f"{word}年级部", level=UnitLevel.GRADE, parent=unit,
                             position=number)  # fmt: skip
            school.grades.append(grade)
            self._hold(PostKind.GRADE_HEAD, grade, works_in=grade)
            school.classes.extend(self._classes(grade, word, per_grade))
        for number, word in enumerate(OFFICES, start=1):
            office = add_unit(code=f"{code}-o{number}", name=word, level=UnitLevel.OFFICE, parent=unit,
                              position=10 + number)  # fmt: skip
            school.offices[word] = office
            self._hold(PostKind.OFFICE_HEAD, office, works_in=office)
        centre = school.offices["校惠民中心"]
        for kind in (PostKind.CLERK, PostKind.DISPATCHER, PostKind.CALLER):
            self._hold(kind, unit, works_in=centre)
        self._hold(PostKind.PRINCIPAL, unit, works_in=unit)
        self._hold(PostKind.INSPECTOR, unit, works_in=unit)
        return school

    def _classes(self, grade: "Unit", word: str, many: int) -> Iterator["Unit"]:
        for number in range(1, many + 1):
            klass = add_unit(code=f"{grade.code}c{number}", name=f"{word}年级{number}班", level=UnitLevel.CLASS,
                             parent=grade, position=number, pupils=44)  # fmt: skip
            self._hold(PostKind.CLASS_TEACHER, klass, works_in=klass)
            for _ in range(2 if many > 2 else 1):
                add_person(name=next(self.names), unit=klass, title="任课教师")
            yield klass

    def _hold(self, kind: PostKind, unit: "Unit", *, works_in: "Unit") -> None:
        person = add_person(name=next(self.names), unit=works_in, title=label(kind))
        appoint(person, kind=kind, unit=unit, on=SINCE)
        self.held.append((kind, unit, person))

    def _names(self) -> Iterator[str]:
        pairs = [first + last for first in matters.SURNAMES.split() for last in matters.FIRST_NAMES.split()]
        self.draw.shuffle(pairs)
        return iter(pairs)

    def _accounts(self, school: School, county: "Unit") -> None:
        """One sign-in for each post: those of the first school and its first class, and of the centre."""
        inside = {school.unit.pk, school.grades[2].pk, school.classes[8].pk, school.offices["总务处"].pk, county.pk}
        opened: set[PostKind] = set()
        for kind, unit, person in self.held:
            if unit.pk in inside and kind not in opened:
                opened.add(kind)
                open_account(person, login=kind.value, at=self.at, password=PASSWORD, is_demo=True)

    def _actors(self) -> dict[tuple[str, int], list[Actor]]:
        found: dict[tuple[str, int], list[Actor]] = {}
        for kind, unit, person in self.held:
            found.setdefault((kind, unit.pk), []).append(people.actor_as(person, on=SINCE))
        return found
