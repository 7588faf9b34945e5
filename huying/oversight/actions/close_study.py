from datetime import datetime

from django.db import transaction

from huying.oversight import notices, proceedings, trace
from huying.oversight.models import JointStudy, Proceeding
from huying.rules.actors import Actor
from huying.rules.enums import ProceedingAct, ProceedingStage
from huying.rules.interviews import NotYoursToCall, Unfit


@transaction.atomic
def close_study(proceeding: Proceeding, *, found: str, by: Actor, at: datetime) -> None:
    """The study is closed with what came of it; its units are told. Raises NotYoursToCall, Unfit or Overtaken."""
    if not proceedings.keeps(by, proceeding):
        raise NotYoursToCall("商研由发起的岗位了结")
    if not found.strip():
        raise Unfit("请写效果怎么样")
    written = trace.move(
        proceeding,
        ProceedingAct.CLOSE_STUDY,
        when=[ProceedingStage.UNDER_WAY],
        to=ProceedingStage.CLOSED,
        next_on=None,
        note=found.strip(),
        by=by,
        at=at,
    )
    JointStudy.objects.filter(pk=proceeding.pk).update(found=found.strip())
    for unit in proceeding.parties.all():
        notices.to_head(proceeding, "study_closed", unit=unit, of=written, at=at)
