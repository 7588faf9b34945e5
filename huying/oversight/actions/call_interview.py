from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.appeals import queries
from huying.appeals.models import Appeal
from huying.oversight import notices, trace
from huying.oversight.actions.take_up import take_up
from huying.oversight.models import Alarm, Interview, Proceeding
from huying.oversight.trace import Opening, Overtaken
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules import interviews
from huying.rules.actors import Actor, PostFact
from huying.rules.enums import (
    AlarmStep,
    InterviewGround,
    InterviewWeight,
    PostKind,
    ProceedingAct,
    ProceedingKind,
    ProceedingStage,
    UnitLevel,
)
from huying.rules.interviews import Unfit
from huying.rules.permissions import HEAD_OF_LEVEL
from huying.rules.workdays import local_day


@dataclass(frozen=True)
class Call:
    """What the unit is called for, and where to. `alarm` is the warning it takes up; `follows` the talk that was
    raised: then this is a 重点约谈."""

    title: str
    ground: InterviewGround
    reason: str
    meets_at: datetime
    place: str
    attendants: str = ""
    alarm: Alarm | None = None
    follows: Proceeding | None = None


@transaction.atomic
def call_interview(unit: Unit, *, call: Call, cases: Sequence[Appeal], by: Actor, at: datetime) -> Proceeding:
    """The unit is called to a talk (约谈) on a day, about these cases, by a tier above it; its head is told.

    Raises NotYoursToCall, Unfit (a past day, no head, a case the head may not know of) or Overtaken.
    """
    post = interviews.require_caller(by, unit.fact, raised_from=_former_post(call.follows, unit))
    interviews.require_meeting(call.meets_at, at=at)
    interviews.require_known(_unknown_to_head(unit, cases, by=by, at=at))
    opening = Opening(
        kind=ProceedingKind.INTERVIEW,
        title=call.title,
        unit=unit,
        post=post,
        next_on=local_day(call.meets_at),
        parties=[unit],
        cases=cases,
        data={"cases": [one.pk for one in cases], "meets_at": call.meets_at.isoformat()},
    )
    made = trace.begin(opening, ProceedingAct.CALL_INTERVIEW, note=call.reason, by=by, at=at)
    Interview.objects.create(
        proceeding=made,
        weight=InterviewWeight.KEY_TALK if call.follows is not None else InterviewWeight.TALK,
        ground=call.ground,
        reason=call.reason,
        alarm=call.alarm.pk if call.alarm is not None else None,
        follows=call.follows,
        meets_at=call.meets_at,
        place=call.place,
        attendants=call.attendants,
    )
    if call.alarm is not None:
        about = {"kind": ProceedingKind.INTERVIEW, "proceeding": made.pk}
        take_up(call.alarm, step=AlarmStep.TALK, reason=call.reason[:500], **about, by=by, at=at)
    notices.to_head(made, "interview_called", unit=unit, of=made.events.get(), at=at)
    return made


def _former_post(former: Proceeding | None, unit: Unit) -> PostFact | None:
    """The post of the talk that was raised. Raises Overtaken when it was not, or was followed already."""
    if former is None:
        return None
    is_raised = former.stage == ProceedingStage.RAISED and former.unit_id == unit.pk
    if not is_raised or Interview.objects.filter(follows=former).exists():
        raise Overtaken("这次约谈没有升级，或者已经安排过重点约谈")
    return PostFact(PostKind(former.opened_as), former.opened_in.fact)


def _unknown_to_head(unit: Unit, cases: Sequence[Appeal], *, by: Actor, at: datetime) -> list[str]:
    """Numbers of the cases that not every head of the unit may see. Raises Unfit for what the caller may not see."""
    asked = {one.pk for one in cases}
    if queries.visible_to(by).filter(pk__in=asked).count() != len(asked):
        raise Unfit("名单里有您看不到的件")
    on = local_day(at)
    heads = list(people.holders(unit=unit.pk, kind=HEAD_OF_LEVEL[UnitLevel(unit.level)], on=on).select_related("unit"))
    if not heads:
        raise Unfit("这个单位现在没有负责人，先请它的上一级")
    known = asked
    for head in heads:
        seen = queries.visible_to(people.actor_as(head, on=on)).filter(pk__in=asked)
        known = known & set(seen.values_list("pk", flat=True))
    return [one.number for one in cases if one.pk not in known]
