"""Where a topic starts, which office of a school takes it, which help: dated lines, followed and never rewritten."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huying.appeals import suggestions
from huying.appeals.models import RoutingRule, Topic
from huying.people import changes
from huying.people import queries as people
from huying.people.changes import Refused
from huying.people.models import Unit
from huying.rules import routing
from huying.rules.actors import Actor
from huying.rules.case import SubjectFact
from huying.rules.enums import AppealKind, SubjectStatus, UnitLevel
from huying.rules.routing import Matter
from huying.rules.workdays import local_day

STARTS = (UnitLevel.CLASS, UnitLevel.GRADE, UnitLevel.OFFICE, UnitLevel.SCHOOL)


@dataclass(frozen=True)
class Line:
    """What a new line of the table says. `topic`, `kind` and `school` left empty: every one."""

    topic: Topic | None
    kind: AppealKind | None
    school: Unit | None
    starts_at: UnitLevel
    office_name: str = ""
    assisting: tuple[str, ...] = ()
    source: str = ""


def table(*, schools: list[Unit], on: date) -> list[RoutingRule]:
    """The lines in force on that day or later, for everyone and for these schools."""
    lasting = Q(valid_to=None) | Q(valid_to__gte=on)
    mine = Q(school=None) | Q(school__in=schools)
    rows = RoutingRule.objects.filter(lasting, mine).select_related("topic", "school")
    return list(rows.order_by("topic__position", "school_id", "kind", "valid_from", "id"))


@transaction.atomic
def follow(line: Line, *, on: date, by: Actor, at: datetime) -> RoutingRule:
    """From that day the line is in force in the place of the one for the same matter and school.

    Raises `Refused` for a day that has passed or an office that no school has.
    """
    if on < local_day(at):
        raise Refused(_("不能从过去的日子起"), field="on")
    if line.starts_at is UnitLevel.OFFICE and not line.office_name:
        raise Refused(_("从处室办起，请写处室名称"), field="office_name")
    if line.office_name and not _offices(line, line.office_name).exists():
        raise Refused(_("没有叫这个名称的处室"), field="office_name")
    _require_helpers(line)
    same = RoutingRule.objects.filter(topic=line.topic, kind=line.kind or "", school=line.school)
    before = same.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on).order_by("-valid_from").first()
    same.filter(valid_from__gte=on).delete()
    same.filter(Q(valid_to=None) | Q(valid_to__gte=on)).update(valid_to=on - timedelta(days=1))
    row = RoutingRule.objects.create(
        topic=line.topic,
        kind=line.kind or "",
        school=line.school,
        starts_at=line.starts_at,
        office_name=line.office_name,
        assisting_names=list(line.assisting),
        source=line.source,
        valid_from=on,
    )
    lines = [
        ("kind", "", row.kind),
        ("starts_at", before.starts_at if before else "", row.starts_at),
        ("office_name", before.office_name if before else "", row.office_name),
        ("assisting", helpers_in(before) if before else "", helpers_in(row)),
        ("source", before.source if before else "", row.source),
        ("from", "", on),
    ]
    subject = line.topic.name if line.topic is not None else ""
    changes.record(area="route", act="followed", subject=subject, place=line.school, by=by, at=at, lines=lines)
    return row


def helpers_in(row: RoutingRule) -> str:
    """The offices that help by this line, as they are written."""
    return "、".join(row.assisting_names)


def _require_helpers(line: Line) -> None:
    """Who helps is an office, named once, and another one than the lead."""
    if line.office_name in line.assisting:
        raise Refused(_("主办处室不用再写成协办"), field="assisting")
    for name in line.assisting:
        if not _offices(line, name).exists():
            raise Refused(_("没有叫这个名称的处室：%(name)s") % {"name": name}, field="assisting")


@transaction.atomic
def end(row: RoutingRule, *, by: Actor, at: datetime) -> None:
    """Yesterday was the line's last day. Raises `Refused` for the line that speaks for all that has none."""
    if row.topic_id is None and row.school_id is None and not row.kind:
        raise Refused(_("这一条管所有没有另外规定的事，不能停，只能换"))
    eve = local_day(at) - timedelta(days=1)
    before = row.valid_to
    row.valid_to = eve
    row.save(update_fields=["valid_to"])
    subject = row.topic.name if row.topic is not None else ""
    lines = [("until", before, eve)]
    changes.record(area="route", act="ended", subject=subject, place=row.school, by=by, at=at, lines=lines)


@dataclass(frozen=True)
class Tried:
    """Where an appeal would go, and why."""

    unit: str
    reason: str
    assisting: str = ""


def try_it(
    *, topic: Topic, kind: AppealKind, school: Unit, klass: Unit | None, is_safety: bool, about: str, on: date
) -> Tried:
    """To whom an appeal of this kind would be sent on that day, by the same rules that the dispatcher is shown.

    `about` is "" (nobody is complained about), "teacher" (who heads the class) or "principal".
    """
    rules, names = suggestions.lines(topic=topic.pk, kind=kind, school=school)
    place, grade = people.class_ladder(klass)
    matter = Matter(
        topic=topic.code,
        kind=kind,
        is_safety=is_safety,
        subjects=_subjects(about, school=school, klass=place),
        school=school.fact,
        grade=grade.fact if grade is not None else None,
        klass=place.fact if place is not None else None,
    )
    found = routing.suggest(matter, rules, county=suggestions.top(school.fact), on=on)
    name = people.unit(found.unit.id).name if found.unit is not None else ""
    return Tried(unit=name, reason=found.reason, assisting="、".join(names[one.id] for one in found.assisting))


def _subjects(about: str, *, school: Unit, klass: Unit | None) -> tuple[SubjectFact, ...]:
    if not about:
        return ()
    where = school if about == "principal" or klass is None else klass
    headed = () if about == "teacher" and klass is None else (where.path,)
    return (SubjectFact(id=0, status=SubjectStatus.CONFIRMED, home=where.path, headed=headed),)


def _offices(line: Line, name: str) -> QuerySet[Unit]:
    within = Unit.objects.filter(level=UnitLevel.OFFICE, name=name, is_active=True)
    return within.filter(path__startswith=line.school.path) if line.school is not None else within
