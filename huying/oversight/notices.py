"""Who is told of a proceeding: by name, and only who may know of it. A letter says a number and a kind, no more."""

from datetime import datetime

from huying.channels import post
from huying.oversight import proceedings
from huying.oversight.models import Proceeding, ProceedingEvent
from huying.people import queries as people
from huying.people.models import Person, Unit
from huying.rules.enums import PostKind, UnitLevel
from huying.rules.permissions import HEAD_OF_LEVEL
from huying.rules.workdays import local_day


def to_head(proceeding: Proceeding, kind: str, *, unit: Unit, of: ProceedingEvent, at: datetime) -> None:
    """Whoever heads the unit today is told."""
    to_post(proceeding, kind, unit=unit, holder=HEAD_OF_LEVEL[UnitLevel(unit.level)], of=of, at=at)


def to_post(
    proceeding: Proceeding, kind: str, *, unit: Unit, holder: PostKind, of: ProceedingEvent, at: datetime
) -> None:
    """Those who hold this post in this unit today and may know of the proceeding are told."""
    for person in people.holders(unit=unit.pk, kind=holder, on=local_day(at)).select_related("unit"):
        to_person(proceeding, kind, person=person, of=of, at=at)


def to_keepers(proceeding: Proceeding, kind: str, *, of: ProceedingEvent, at: datetime) -> None:
    """Those whose proceeding it is are told."""
    to_post(proceeding, kind, unit=proceeding.opened_in, holder=PostKind(proceeding.opened_as), of=of, at=at)


def to_person(proceeding: Proceeding, kind: str, *, person: Person, of: ProceedingEvent, at: datetime) -> None:
    """One person is told, if they may know of the proceeding."""
    actor = people.actor_as(person, on=local_day(at))
    if proceedings.visible_to(actor).filter(pk=proceeding.pk).exists():
        key = f"proceeding.{proceeding.pk}.{of.sequence}:{kind}:p{person.pk}"
        about = {"proceeding": proceeding.pk}
        post.tell(kind, key=key, at=at, person=person.pk, number=proceeding.number, data=about)
