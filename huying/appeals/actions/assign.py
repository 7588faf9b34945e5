from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.models import Appeal
from huying.appeals.steps import NotPossible, take
from huying.people.models import Person
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def assign(appeal: Appeal, *, person: Person, by: Actor, at: datetime) -> None:
    """A person of the lead unit is in charge (指定经办人); the clocks run on. Never somebody complained about."""
    case = facts.of(appeal, at=at)
    if case.lead is None or not case.lead.holds(person.unit.path):
        raise NotPossible("只能指定本单位的人")
    in_conflict = person.pk in {one.person for one in case.subjects if one.is_live}
    record = {"former_in_charge": appeal.in_charge_id}
    taken = take(
        appeal,
        Action.ASSIGN,
        by=by,
        at=at,
        record=record,
        given={"conflict": in_conflict, "in_charge": person.pk},
        changes={"in_charge_id": person.pk},
    )
    notices.to_person(appeal, "assigned", person=person.pk, of=taken, at=at)
