from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.actions.unjoin import inherit
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import TIMER, Actor
from huying.rules.enums import Action, State


@transaction.atomic
def withdraw(appeal: Appeal, *, reason: str, by: Actor, at: datetime) -> None:
    """The wish to take it back (撤回) stands for 72 hours and can be undone; clocks run on. A red line goes on."""
    taken = take(appeal, Action.WITHDRAW, by=by, at=at, reason=reason)
    notices.to_desk(appeal, "withdraw_pending", of=taken, at=at)
    notices.to_appellant(appeal, "withdraw_pending", of=taken, at=at)


@transaction.atomic
def take_effect(appeal: Appeal, *, at: datetime) -> None:
    """The 72 hours have passed: the appeal is withdrawn. The oldest appeal joined to it takes its place and state."""
    former = {
        "state": appeal.state,
        "lead_unit": appeal.lead_unit,
        "in_charge": appeal.in_charge,
    }
    taken = take(appeal, Action.WITHDRAW, by=TIMER, at=at, given={"passed": True})
    notices.to_appellant(appeal, "withdrawn", of=taken, at=at)
    notices.to_lead(appeal, "withdrawn", of=taken, at=at)
    heirs = appeal.voices.filter(state=State.JOINED).order_by("received_at", "pk").select_related(*facts.NEEDED)
    for place, voice in enumerate(heirs):
        if place == 0:
            heir = inherit(voice, former=former, at=at)
        else:
            Appeal.objects.filter(pk=voice.pk).update(joined_into=heir)
