from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal, Receipt
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def replace_code(appeal: Appeal, *, digest: str, key: str, called_back: bool, by: Actor, at: datetime) -> None:
    """A new 查询码 opens the appeal and the old one no longer does, after the registered number was called back."""
    given = {"called_back": called_back}
    taken = take(appeal, Action.REPLACE_CODE, by=by, at=at, given=given)
    Receipt.objects.filter(pk=appeal.receipt_id).update(digest=digest, key=key, is_spoken=True)
    notices.to_appellant(appeal, "code_replaced", of=taken, at=at)
