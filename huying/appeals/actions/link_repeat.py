from datetime import datetime

from django.db import transaction

from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def link_repeat(appeal: Appeal, *, earlier: Appeal | None, reason: str, by: Actor, at: datetime) -> None:
    """The appeal is linked as a repeat of an earlier one of the same school (重复诉求). Its own way goes on."""
    given = {"is_earlier": earlier is not None and _is_earlier(earlier, appeal)}
    take(appeal, Action.LINK_REPEAT, by=by, at=at, reason=reason, given=given, changes={"repeat_of": earlier})


def _is_earlier(earlier: Appeal, appeal: Appeal) -> bool:
    came_first = (earlier.received_at, earlier.pk) < (appeal.received_at, appeal.pk)
    return came_first and earlier.place_id == appeal.place_id
