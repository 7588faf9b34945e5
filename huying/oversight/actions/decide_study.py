from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from huying.appeals import parameters
from huying.oversight import commitments, notices, proceedings, trace
from huying.oversight.models import JointStudy, Proceeding
from huying.rules.actors import Actor
from huying.rules.enums import ProceedingAct, ProceedingStage
from huying.rules.interviews import ItemFact, NotYoursToCall, Unfit
from huying.rules.workdays import local_day


@dataclass(frozen=True)
class Decision:
    """What the study found and decided, and who does what."""

    cause: str
    measures: str
    items: Sequence[ItemFact]


@transaction.atomic
def decide_study(proceeding: Proceeding, *, decision: Decision, by: Actor, at: datetime) -> None:
    """The study has decided: cause, measures, and tasks with their owners and days. Its effect will be looked at later.

    Raises NotYoursToCall, Unfit or Overtaken.
    """
    if not proceedings.keeps(by, proceeding):
        raise NotYoursToCall("商研的决定由发起的岗位写")
    if not decision.cause.strip() or not decision.measures.strip():
        raise Unfit("请写明原因和办法")
    on = local_day(at)
    commitments.put(proceeding, decision.items, on=on)
    days = parameters.value("study_effect_days", on=on)
    JointStudy.objects.filter(pk=proceeding.pk).update(
        cause=decision.cause, measures=decision.measures, decided_at=at, effect_days=days
    )
    written = trace.move(
        proceeding,
        ProceedingAct.DECIDE_STUDY,
        when=[ProceedingStage.ANNOUNCED],
        to=ProceedingStage.UNDER_WAY,
        next_on=on + timedelta(days=days),
        note=decision.measures,
        data={"cause": decision.cause, "items": commitments.said(decision.items)},
        by=by,
        at=at,
    )
    commitments.tell_owners(proceeding, of=written, at=at)
    for unit in proceeding.parties.all():
        notices.to_head(proceeding, "study_decided", unit=unit, of=written, at=at)
