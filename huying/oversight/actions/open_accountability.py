from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huying.appeals.models import Appeal
from huying.oversight import accountability, dutybook, dutynotices
from huying.oversight.models import AccountabilityCase
from huying.people.models import Person
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct, DutyFinding


@transaction.atomic
def open_accountability(
    person: Person, *, appeal: Appeal, finding: DutyFinding, found: str, events: Sequence[int], by: Actor, at: datetime
) -> AccountabilityCase:
    """A case stands on a finding and on events of one appeal, by their numbers; the person learns of it when served."""
    known = set(appeal.events.filter(sequence__in=events).values_list("sequence", flat=True))
    chosen = [(appeal, number) for number in dict.fromkeys(events) if number in known]
    quotes = accountability.gives_away(found, [appeal])
    case = dutybook.begin(person, finding=finding, found=found, events=chosen, quotes=quotes, by=by, at=at)
    first = case.events.get(sequence=1)
    dutynotices.to_who_may(case, "duty_opened", DutyAct.SERVE, of=first, at=at)
    return case
