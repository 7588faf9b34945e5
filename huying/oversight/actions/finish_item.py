from datetime import datetime

from django.db import transaction

from huying.oversight import notices, proceedings, trace
from huying.oversight.models import RectificationItem
from huying.oversight.trace import Overtaken
from huying.rules.actors import Actor
from huying.rules.enums import ProceedingAct, ProceedingStage
from huying.rules.interviews import NotYoursToCall, Unfit


@transaction.atomic
def finish_item(item: RectificationItem, *, note: str, by: Actor, at: datetime) -> None:
    """What was taken on is done, in the words of whoever did it; whose proceeding it is are told.

    Raises NotYoursToCall, Unfit or Overtaken.
    """
    proceeding = item.proceeding
    if by.person != item.owner_id and not proceedings.keeps(by, proceeding):
        raise NotYoursToCall("这一项由责任人填")
    if not note.strip():
        raise Unfit("请写做了什么")
    open_rows = RectificationItem.objects.filter(pk=item.pk, done_at=None)
    if not open_rows.update(done_at=at, done_by=by.person, done_note=note.strip()):
        raise Overtaken("这一项已经填过了")
    written = trace.move(
        proceeding,
        ProceedingAct.FINISH_ITEM,
        when=[ProceedingStage.UNDER_WAY],
        to=ProceedingStage.UNDER_WAY,
        next_on=proceeding.next_on,
        note=note.strip(),
        data={"item": item.pk, "what": item.what},
        by=by,
        at=at,
    )
    notices.to_keepers(proceeding, "item_done", of=written, at=at)
