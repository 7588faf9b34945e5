from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.models import Appeal
from huying.appeals.steps import NotPossible, take
from huying.rules import lifecycle
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def join(appeal: Appeal, *, main: Appeal, reason: str, by: Actor, at: datetime) -> None:
    """The appeal is handled inside a main one (并单); its own receipt, clock, answer, callback and rating live on."""
    if main.pk == appeal.pk:
        raise NotPossible("不能并到自己")
    main = _held(main, appeal)
    given = {"main_open": main.state in lifecycle.OPEN, "walls_agree": _walls(appeal, at=at) == _walls(main, at=at)}
    record = {"main": main.pk}
    changes = {"joined_into": main}
    taken = take(appeal, Action.JOIN, by=by, at=at, reason=reason, record=record, given=given, changes=changes)
    notices.to_appellant(appeal, "joined", of=taken, at=at)


def _held(main: Appeal, appeal: Appeal) -> Appeal:
    """The main appeal as it stands now, and so until the joining is done: it can neither end nor be joined meanwhile.

    Both are locked in one order, so that two joinings towards each other wait and do not block one another.
    """
    both = Appeal.objects.select_for_update().filter(pk__in=(main.pk, appeal.pk)).order_by("pk")
    return next(one for one in both if one.pk == main.pk)


def _walls(appeal: Appeal, *, at: datetime) -> frozenset[tuple[int | None, int | None]]:
    """Whom an appeal walls off: nobody walled off from one may gain sight through the other."""
    subjects = facts.subjects_of(appeal, on=facts.local_day(at))
    return frozenset((one.person, one.unit.id if one.unit else None) for one in subjects if one.is_live)
