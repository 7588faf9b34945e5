from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def undo_withdraw(appeal: Appeal, *, by: Actor, at: datetime) -> None:
    """The wish to withdraw is taken back (撤销撤回); nothing was lost, and it is counted."""
    taken = take(appeal, Action.UNDO_WITHDRAW, by=by, at=at)
    notices.to_desk(appeal, "withdraw_undone", of=taken, at=at)
