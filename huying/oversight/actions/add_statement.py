from datetime import datetime

from django.db import transaction

from huying.oversight import dutybook
from huying.oversight.models import AccountabilityCase
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct


@transaction.atomic
def add_statement(case: AccountabilityCase, *, statement: str, by: Actor, at: datetime) -> None:
    """The person has said more, before anything is decided."""
    dutybook.move(case, DutyAct.ADD_STATEMENT, note=statement, by=by, at=at)
