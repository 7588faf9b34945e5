"""Commitments of a talk or a study: who takes on what, and whom they may be given to."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from huying.appeals import queries
from huying.oversight import notices
from huying.oversight.models import Proceeding, ProceedingCase, ProceedingEvent, RectificationItem
from huying.people import queries as people
from huying.people.models import Person, Unit
from huying.rules import interviews
from huying.rules.interviews import ItemFact, Unfit


def put(proceeding: Proceeding, items: Sequence[ItemFact], *, on: date) -> None:
    """The commitments stand. Raises Unfit: for a day that is over, or somebody who may not know of a case."""
    interviews.require_items(items, on=on)
    listed = ProceedingCase.objects.filter(proceeding=proceeding).values("appeal")
    allowed = {person.pk: person for person in candidates(proceeding.parties.all())}
    for one in items:
        owner = allowed.get(one.owner)
        if owner is None:
            raise Unfit("责任人要是参加单位的人")
        if queries.walled_from(people.actor_as(owner, on=on)).filter(pk__in=listed).exists():
            raise Unfit("%(name)s不能知道名单里的件，请换一个责任人", name=owner.name)
    RectificationItem.objects.bulk_create(
        RectificationItem(proceeding=proceeding, what=one.what.strip(), owner_id=one.owner, due_on=one.due_on)
        for one in items
    )


def candidates(units: Iterable[Unit]) -> list[Person]:
    """Who can take something on: everyone of these units and below them."""
    found: dict[int, Person] = {}
    for unit in units:
        found.update({person.pk: person for person in people.roster_of(unit.path)})
    return list(found.values())


def said(items: Iterable[Any]) -> list[str]:
    """The commitments as lines of a record: what, whose by key, until when."""
    return [f"{one.what.strip()}|{owner_key(one)}|{one.due_on.isoformat()}" for one in items]


def owner_key(one: Any) -> int:
    """The person who took it on, by key."""
    return one.owner if isinstance(one, ItemFact) else one.owner_id


def tell_owners(proceeding: Proceeding, *, of: ProceedingEvent, at: datetime) -> None:
    """Whoever has taken something on is told that it waits."""
    for person in Person.objects.filter(pk__in=proceeding.items.values("owner")).select_related("unit"):
        notices.to_person(proceeding, "item_set", person=person, of=of, at=at)
