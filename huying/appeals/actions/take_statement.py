from datetime import datetime

from django.db import transaction

from huying.appeals.models import Appeal
from huying.appeals.steps import Words, take
from huying.rules.actors import Actor
from huying.rules.enums import Action, TextKind


@transaction.atomic
def take_statement(appeal: Appeal, *, question: str, statement: str, by: Actor, at: datetime) -> None:
    """The Subject's own words stand in the file, taken on the handler's questions: they never see who filed or what."""
    words = [Words(TextKind.QUESTION, question), Words(TextKind.STATEMENT, statement)]
    take(appeal, Action.TAKE_STATEMENT, by=by, at=at, given={"statement": statement}, words=words)
