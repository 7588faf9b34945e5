from datetime import datetime

from django.db import transaction

from huying.oversight import notices, proceedings, trace
from huying.oversight.models import Interview, Proceeding
from huying.people import queries as people
from huying.rules import interviews
from huying.rules.actors import Actor
from huying.rules.enums import InterviewWeight, PostKind, ProceedingAct, ProceedingStage, RecheckResult
from huying.rules.interviews import NotYoursToCall, Unfit


@transaction.atomic
def raise_interview(proceeding: Proceeding, *, result: RecheckResult, found: str, by: Actor, at: datetime) -> None:
    """The talk was not made good: a 重点约谈 from one tier higher may follow, and those who would call it are told.

    Raises NotYoursToCall, Unfit or Overtaken.
    """
    if not proceedings.keeps(by, proceeding):
        raise NotYoursToCall("复查由发出约谈的岗位做")
    if not found.strip():
        raise Unfit("请写看到了什么")
    if not interviews.may_be_raised(InterviewWeight(proceeding.interview.weight), result):
        raise Unfit("已落实的约谈和重点约谈不再升级")
    written = trace.move(
        proceeding,
        ProceedingAct.RAISE_INTERVIEW,
        when=[ProceedingStage.UNDER_WAY],
        to=ProceedingStage.RAISED,
        next_on=None,
        note=found.strip(),
        data={"result": result},
        by=by,
        at=at,
    )
    Interview.objects.filter(pk=proceeding.pk).update(result=result, found=found.strip())
    for unit in people.units_above(proceeding.opened_in.path):
        notices.to_post(proceeding, "interview_raised", unit=unit, holder=PostKind.COUNTY_SUPERVISOR, of=written, at=at)
    notices.to_head(proceeding, "interview_raised", unit=proceeding.unit, of=written, at=at)
