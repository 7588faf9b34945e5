"""What is under supervision (督办), with demand and date; and what is late, by school, to be reminded of at once."""

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from huying.appeals import queries, sealedwords
from huying.appeals.models import Appeal, Event, Text
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules import lifecycle
from huying.rules.actors import Actor
from huying.rules.enums import Action, TextKind

MOST = 500


@dataclass(frozen=True)
class Supervised:
    """One appeal under supervision: what is demanded, by which day, by whom."""

    appeal: Appeal
    demand: str
    at: datetime
    due_at: datetime | None
    by: str
    organ: str = ""

    def is_late(self, *, at: datetime) -> bool:
        return self.due_at is not None and self.due_at < at


@dataclass(frozen=True)
class LateSchool:
    """What is late in one school, as far as the reader may see it."""

    unit: Unit
    appeals: tuple[Appeal, ...]


def supervised(actor: Actor) -> list[Supervised]:
    """What this person may see of what is under supervision, the nearest date first."""
    rows = sealedwords.marked(queries.visible_to(actor).filter(supervised=True))
    appeals = {one.pk: one for one in rows.select_related("place", "lead_unit", "topic", "organisation")[:MOST]}
    events = Event.objects.filter(appeal__in=appeals, action=Action.SUPERVISE).select_related("person", "unit")
    last = {event.appeal_id: event for event in events.order_by("appeal_id", "sequence")}
    texts = Text.objects.filter(event__in=[event.pk for event in last.values()], kind=TextKind.DEMAND)
    demands = dict(texts.values_list("event_id", "body"))
    found = [_supervised(appeals[pk], event, demands.get(event.pk, "")) for pk, event in last.items()]
    return sorted(found, key=lambda one: (one.due_at is None, one.due_at, one.appeal.pk))


def supervision_of(actor: Actor, pk: int) -> Supervised | None:
    """The supervision an appeal stands under, for whoever may see it; None where there is none."""
    return next((one for one in supervised(actor) if one.appeal.pk == pk), None)


def _supervised(appeal: Appeal, event: Event, demand: str) -> Supervised:
    said = event.data.get("due_at")
    due_at = datetime.fromisoformat(said) if isinstance(said, str) else None
    by = event.person.name if event.person is not None else ""
    return Supervised(appeal, demand, event.at, due_at, by, event.unit.name if event.unit is not None else "")


def late(actor: Actor, *, at: datetime) -> list[LateSchool]:
    """The schools in which something is late, those with most of it first."""
    rows = _late(actor, at=at).select_related("place", "lead_unit").order_by("next_due_at", "pk")[:MOST]
    by_school: dict[int, list[Appeal]] = defaultdict(list)
    appeals = list(rows)
    schools = {one.pk: one for one in people.schools()}
    for appeal in appeals:
        by_school[_school_key(appeal.place, schools)].append(appeal)
    units = {**Unit.objects.in_bulk([pk for pk in by_school if pk not in schools]), **schools}
    found = [LateSchool(units[pk], tuple(some)) for pk, some in by_school.items()]
    return sorted(found, key=lambda one: (-len(one.appeals), one.unit.path))


def _late(actor: Actor, *, at: datetime) -> QuerySet[Appeal]:
    rows = queries.visible_to(actor).filter(state__in=lifecycle.OPEN, paused=False, next_due_at__lt=at)
    return sealedwords.marked(rows)


def _school_key(place: Unit, schools: Container[int]) -> int:
    """The school a place belongs to; what lies above the schools stands by itself."""
    return next((pk for pk in people.ids_of(place.path) if pk in schools), place.pk)
