"""Who is told of an accountability case: by name, and only who may know of it. A letter says a number, no more."""

from datetime import datetime

from huying.channels import post
from huying.oversight import accountability, dutybook
from huying.oversight.models import AccountabilityCase, DutyEvent
from huying.people import queries as people
from huying.rules import accountability as rules
from huying.rules.enums import DutyAct
from huying.rules.workdays import local_day


def to_the_person(case: AccountabilityCase, kind: str, *, of: DutyEvent, at: datetime) -> None:
    """The person it is about is told."""
    _tell(case, kind, person=case.person_id, of=of, at=at)


def to_who_may(case: AccountabilityCase, kind: str, act: DutyAct, *, of: DutyEvent, at: datetime) -> None:
    """Everybody who may take that act now is told."""
    facts = dutybook.facts_of(case, list(case.events.order_by("sequence")), at=at)
    for person in people.holding_over(case.unit.path, kinds=rules.KEEPERS, on=local_day(at)).select_related("unit"):
        actor = people.actor_as(person, on=local_day(at))
        is_seen = accountability.kept_by(actor).filter(pk=case.pk).exists()
        if is_seen and act in rules.open_acts(actor, facts):
            _tell(case, kind, person=person.pk, of=of, at=at)


def _tell(case: AccountabilityCase, kind: str, *, person: int, of: DutyEvent, at: datetime) -> None:
    key = f"duty.{case.pk}.{of.sequence}:{kind}:p{person}"
    post.tell(kind, key=key, at=at, person=person, number=case.number, data={"duty": case.pk})
