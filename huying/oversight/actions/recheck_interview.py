from datetime import date, datetime

from django.db import transaction

from huying.oversight import notices, proceedings, trace
from huying.oversight.models import Interview, Proceeding
from huying.rules.actors import Actor
from huying.rules.enums import ProceedingAct, ProceedingStage, RecheckResult
from huying.rules.interviews import NotYoursToCall, Unfit
from huying.rules.workdays import local_day


@transaction.atomic
def recheck_interview(
    proceeding: Proceeding, *, result: RecheckResult, found: str, again_on: date | None = None, by: Actor, at: datetime
) -> None:
    """What came of the talk is on record. With a day it will be looked at once more, without one it is closed.

    Raises NotYoursToCall, Unfit or Overtaken.
    """
    if not proceedings.keeps(by, proceeding):
        raise NotYoursToCall("复查由发出约谈的岗位做")
    if not found.strip():
        raise Unfit("请写看到了什么")
    if again_on is not None and again_on <= local_day(at):
        raise Unfit("再看的日期要在今天以后")
    if again_on is not None and result is RecheckResult.FULFILLED:
        raise Unfit("已经落实的，不用再看")
    written = trace.move(
        proceeding,
        ProceedingAct.RECHECK_INTERVIEW,
        when=[ProceedingStage.UNDER_WAY],
        to=ProceedingStage.CLOSED if again_on is None else ProceedingStage.UNDER_WAY,
        next_on=again_on,
        note=found.strip(),
        data={"result": result},
        by=by,
        at=at,
    )
    Interview.objects.filter(pk=proceeding.pk).update(result=result, found=found.strip())
    notices.to_head(proceeding, "interview_rechecked", unit=proceeding.unit, of=written, at=at)
