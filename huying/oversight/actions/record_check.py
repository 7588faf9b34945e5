from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.appeals import facts
from huying.appeals.actions.reopen import reopen
from huying.oversight import firstcalls, trace
from huying.oversight.models import SpotCall
from huying.oversight.trace import Overtaken
from huying.rules import sampling
from huying.rules.actors import Actor
from huying.rules.enums import CheckResult, ProceedingAct, ProceedingStage, Satisfaction
from huying.rules.interviews import Unfit


@dataclass(frozen=True)
class Said:
    """What the family said the second time, and what follows from it for the closing."""

    result: CheckResult
    resolved: bool | None
    satisfaction: Satisfaction | None
    note: str = ""


@transaction.atomic
def record_check(call: SpotCall, *, said: Said, by: Actor, at: datetime) -> None:
    """The second callback is on record beside the first. A false closure (虚假办结) is taken up again at once.

    Raises NotYoursToCheck, Unfit, Overtaken, and what `reopen` raises; then nothing is written.
    """
    sampling.require_checker(by, facts.of(call.appeal, at=at), firstcalls.of(call.appeal))
    _require_whole(said)
    open_rows = SpotCall.objects.filter(pk=call.pk, result="")
    written = open_rows.update(
        result=said.result,
        resolved=said.resolved,
        satisfaction=said.satisfaction or "",
        note=said.note.strip(),
        called_at=at,
        called_by=by.person,
    )
    if not written:
        raise Overtaken("这一件已经记过了")
    proceeding = call.check_of.proceeding
    trace.move(
        proceeding,
        ProceedingAct.RECORD_CHECK,
        when=[ProceedingStage.UNDER_WAY],
        to=ProceedingStage.UNDER_WAY,
        next_on=proceeding.next_on,
        # The appeal by its lot alone: whoever reads the record may not know of every appeal in it.
        data={"lot": call.lot, "result": said.result},
        by=by,
        at=at,
    )
    if said.result is CheckResult.FALSE_CLOSURE:
        reopen(call.appeal, reason=said.note.strip(), false_closure=True, by=by, at=at)


def _require_whole(said: Said) -> None:
    reached = said.result is not CheckResult.NOT_REACHED
    if reached and (said.resolved is None or said.satisfaction is None):
        raise Unfit("联系上了，就要问解决没有、满意不满意")
    if not reached and (said.resolved is not None or said.satisfaction is not None):
        raise Unfit("没联系上，就没有回答可记")
    if said.result in (CheckResult.DEFECT, CheckResult.FALSE_CLOSURE) and not said.note.strip():
        raise Unfit("有瑕疵或虚假办结，要写明哪里不对")
    if said.result is CheckResult.FALSE_CLOSURE and said.resolved:
        raise Unfit("家长说已解决，就不是虚假办结")
