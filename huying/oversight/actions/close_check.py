from datetime import datetime

from django.db import transaction

from huying.oversight import proceedings, trace
from huying.oversight.models import Proceeding, SpotCall
from huying.rules.actors import Actor
from huying.rules.enums import ProceedingAct, ProceedingStage
from huying.rules.interviews import NotYoursToCall, Unfit


@transaction.atomic
def close_check(proceeding: Proceeding, *, found: str, by: Actor, at: datetime) -> None:
    """Every appeal that was drawn has been asked about, and the spot check is closed with its finding.

    Raises NotYoursToCall, Unfit or Overtaken.
    """
    if not proceedings.keeps(by, proceeding):
        raise NotYoursToCall("由发起的岗位了结")
    if SpotCall.objects.filter(check_of=proceeding.pk, result="").exists():
        raise Unfit("还有抽到的件没有回访")
    if not found.strip():
        raise Unfit("请写抽查的结论")
    trace.move(
        proceeding,
        ProceedingAct.CLOSE_CHECK,
        when=[ProceedingStage.UNDER_WAY],
        to=ProceedingStage.CLOSED,
        next_on=None,
        note=found.strip(),
        by=by,
        at=at,
    )
