from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.models import Appeal, AssistingUnit
from huying.appeals.steps import NotAllowed, NotPossible, Words, take
from huying.people.models import Unit
from huying.rules import permissions
from huying.rules.actors import Actor
from huying.rules.enums import Action, TextKind


@transaction.atomic
def assist(appeal: Appeal, *, unit: Unit, note: str, by: Actor, at: datetime) -> None:
    """The part of an assisting unit (协办) is in; the lead unit answers for the whole."""
    if unit.fact not in facts.of(appeal, at=at).assisting:
        raise NotPossible("没有请这个单位协办")
    if not permissions.heads(by, unit.fact):
        raise NotAllowed("这件事不由您办理")
    words = [Words(TextKind.NOTE, note)]
    record = {"for_unit": unit.pk}
    taken = take(appeal, Action.ASSIST, by=by, at=at, record=record, given={"note": note}, words=words)
    AssistingUnit.objects.filter(appeal=appeal, unit=unit).update(is_done=True)
    notices.to_worker(appeal, "assisted", of=taken, at=at)
