"""To whom the routing rules would send an appeal, and why; a person decides."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from huying.appeals import facts
from huying.appeals.casefile import CaseFile
from huying.appeals.models import RoutingRule, Topic
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules import routing
from huying.rules.case import UnitFact
from huying.rules.enums import AppealKind, Flag, UnitLevel
from huying.rules.routing import Matter, RoutingRuleFact


@dataclass(frozen=True)
class Owner:
    """The unit the rules suggest, its name, the reason in words, and (key, name) of the units that help."""

    unit: UnitFact | None
    name: str
    reason: str
    assisting: tuple[tuple[int, str], ...] = ()


def owner(file: CaseFile) -> Owner:
    """To whom the rules would send it: the lowest fitting unit that walls and red line allow."""
    appeal, case = file.appeal, file.case
    on = facts.local_day(file.at)
    rules, names = lines(topic=appeal.topic_id, kind=appeal.kind, school=appeal.place)
    matter = Matter(
        topic=appeal.topic.code,
        kind=AppealKind(appeal.kind),
        is_safety=Flag.SAFETY in case.flags,
        subjects=tuple(one for one in case.subjects if one.is_live),
        school=case.place,
        grade=_fact(appeal.grade, names),
        klass=_fact(appeal.klass, names),
    )
    names[case.place.id] = appeal.place.name
    found = routing.suggest(matter, rules, county=top(case.place), on=on)
    helping = tuple((one.id, names[one.id]) for one in found.assisting)
    return Owner(found.unit, _name(found.unit, names), found.reason, helping)


def topics() -> QuerySet[Topic]:
    """The topics in use, in their order."""
    return Topic.objects.filter(is_active=True)


def lines(*, topic: int, kind: str, school: Unit) -> tuple[list[RoutingRuleFact], dict[int, str]]:
    """The lines of the routing table for this topic, and the names of the offices they name in this school."""
    offices = Unit.objects.filter(path__startswith=school.path, level=UnitLevel.OFFICE, is_active=True)
    office = offices.filter(name=OuterRef("office_name"))
    rows = (
        RoutingRule.objects.filter(
            Q(topic=None) | Q(topic=topic), Q(school=None) | Q(school=school), kind__in=("", kind)
        )
        .select_related("topic")
        .annotate(office=Subquery(office.values("pk")[:1]), office_path=Subquery(office.values("path")[:1]))
    )
    wanted = {name for row in rows for name in row.assisting_names}
    helping = {one.name: one for one in offices.filter(name__in=wanted)} if wanted else {}
    found = [_rule(row, helping) for row in rows]
    named = {row.office: row.office_name for row in rows if row.office}
    return found, named | {one.pk: one.name for one in helping.values()}


def _rule(row: RoutingRule, helping: dict[str, Unit]) -> RoutingRuleFact:
    return RoutingRuleFact(
        id=row.pk,
        topic=row.topic.code if row.topic is not None else None,
        kind=AppealKind(row.kind) if row.kind else None,
        starts_at=UnitLevel(row.starts_at),
        office=UnitFact(row.office, row.office_path, UnitLevel.OFFICE) if row.office else None,
        school=row.school_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        # An office that this school does not have helps nobody here.
        assisting=tuple(helping[name].fact for name in row.assisting_names if name in helping),
    )


def _fact(unit: Unit | None, names: dict[int, str]) -> UnitFact | None:
    if unit is None:
        return None
    names[unit.pk] = unit.name
    return unit.fact


def top(place: UnitFact) -> UnitFact:
    """The county above a place: the first unit of its path."""
    top = people.ids_of(place.path)[0]
    return UnitFact(id=top, path=f"/{top}/", level=UnitLevel.COUNTY)


def _name(unit: UnitFact | None, names: dict[int, str]) -> str:
    if unit is None:
        return ""
    return names.get(unit.id) or people.unit(unit.id).name
