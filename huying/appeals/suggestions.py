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
    """The unit the rules suggest, its name, and the reason in words."""

    unit: UnitFact | None
    name: str
    reason: str


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
    return Owner(found.unit, _name(found.unit, names), found.reason)


def topics() -> QuerySet[Topic]:
    """The topics in use, in their order."""
    return Topic.objects.filter(is_active=True)


def lines(*, topic: int, kind: str, school: Unit) -> tuple[list[RoutingRuleFact], dict[int, str]]:
    """The lines of the routing table for this topic, and the names of the offices they name in this school."""
    office = Unit.objects.filter(
        path__startswith=school.path, level=UnitLevel.OFFICE, name=OuterRef("office_name"), is_active=True
    )
    rows = (
        RoutingRule.objects.filter(
            Q(topic=None) | Q(topic=topic), Q(school=None) | Q(school=school), kind__in=("", kind)
        )
        .select_related("topic")
        .annotate(office=Subquery(office.values("pk")[:1]), office_path=Subquery(office.values("path")[:1]))
    )
    found = [_rule(row) for row in rows]
    return found, {row.office: row.office_name for row in rows if row.office}


def _rule(row: RoutingRule) -> RoutingRuleFact:
    return RoutingRuleFact(
        id=row.pk,
        topic=row.topic.code if row.topic is not None else None,
        kind=AppealKind(row.kind) if row.kind else None,
        starts_at=UnitLevel(row.starts_at),
        office=UnitFact(row.office, row.office_path, UnitLevel.OFFICE) if row.office else None,
        school=row.school_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
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
