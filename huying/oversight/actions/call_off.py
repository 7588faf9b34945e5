from datetime import datetime

from django.db import transaction

from huying.oversight import notices, proceedings, trace
from huying.oversight.models import Proceeding
from huying.rules.actors import Actor
from huying.rules.enums import ProceedingAct, ProceedingKind, ProceedingStage
from huying.rules.interviews import NotYoursToCall, Unfit


@transaction.atomic
def call_off(proceeding: Proceeding, *, reason: str, by: Actor, at: datetime) -> None:
    """What was announced does not take place, and the reason stays on record; whoever was called is told.

    Raises NotYoursToCall, Unfit or Overtaken.
    """
    if not proceedings.keeps(by, proceeding):
        raise NotYoursToCall("由发起的岗位取消")
    if not reason.strip():
        raise Unfit("请写为什么取消")
    written = trace.move(
        proceeding,
        ProceedingAct.CALL_OFF,
        when=[ProceedingStage.ANNOUNCED],
        to=ProceedingStage.CALLED_OFF,
        next_on=None,
        note=reason.strip(),
        by=by,
        at=at,
    )
    if proceeding.kind != ProceedingKind.CHECK:
        for unit in proceeding.parties.all():
            notices.to_head(proceeding, "proceeding_called_off", unit=unit, of=written, at=at)
