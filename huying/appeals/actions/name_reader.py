from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.people import queries as people
from huying.people.models import Person
from huying.rules import permissions
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def name_reader(
    appeal: Appeal, *, person: Person, instead_of: int | None = None, reason: str = "", by: Actor, at: datetime
) -> None:
    """This person is one of the two at most who may read the words of a 举报 (原话阅看人). A third is refused; who
    takes another's place is told to the auditor, with the reason on record (信访工作条例 30; 潍坊条例 11)."""
    case = facts.of(appeal, at=at)
    is_fit = permissions.may_be_reader(people.actor_as(person, on=facts.local_day(at)), case)
    record = {"reader": person.pk, "instead_of": instead_of}
    taken = take(appeal, Action.NAME_READER, by=by, at=at, reason=reason, record=record, given={"is_fit": is_fit})
    if person.pk != by.person:
        notices.to_person(appeal, "reader_named", person=person.pk, of=taken, at=at)
    if instead_of is not None:
        notices.to_auditor(appeal, "reader_replaced", of=taken, at=at)
