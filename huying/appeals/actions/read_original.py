from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.actions.name_reader import name_reader
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.people import queries as people
from huying.rules import permissions
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def read_original(appeal: Appeal, *, by: Actor, at: datetime) -> None:
    """For half an hour this reader finds the family's own words on the page; that stands on record before a word is
    shown, and auditor and family learn it. The desk takes a free seat of the two by opening."""
    case = facts.of(appeal, at=at)
    if by.person not in case.history.readers and permissions.has_the_right(by, Action.READ_ORIGINAL, case):
        name_reader(appeal, person=people.person(by.person), by=by, at=at)
    taken = take(appeal, Action.READ_ORIGINAL, by=by, at=at)
    notices.to_auditor(appeal, "original_read", of=taken, at=at)
