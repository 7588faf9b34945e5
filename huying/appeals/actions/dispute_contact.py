from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal, Event
from huying.appeals.steps import NotPossible, take
from huying.rules.actors import Actor
from huying.rules.enums import Action, PostKind


@transaction.atomic
def dispute_contact(appeal: Appeal, *, contact: int, is_true: bool, by: Actor, at: datetime) -> None:
    """The appellant's answer to "did they really contact you?" stands beside the recorded contact; a no is counted."""
    if not Event.objects.filter(appeal=appeal, sequence=contact, action=Action.CONTACT).exists():
        raise NotPossible("没有这条联系记录")
    taken = take(appeal, Action.DISPUTE_CONTACT, by=by, at=at, record={"contact": contact, "is_true": is_true})
    if not is_true:
        notices.to_desk(appeal, "contact_denied", of=taken, at=at)
        notices.to_post(appeal, "contact_denied", unit=appeal.place, holder=PostKind.INSPECTOR, of=taken, at=at)
