from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.appeals import parameters
from huying.oversight import commitments, notices, proceedings, records, trace
from huying.oversight.models import Interview, Proceeding
from huying.people import calendars
from huying.rules import workdays
from huying.rules.actors import Actor
from huying.rules.enums import ProceedingAct, ProceedingStage
from huying.rules.interviews import ItemFact, NotYoursToCall, Unfit
from huying.rules.workdays import local_day


@dataclass(frozen=True)
class Record:
    """What was said: the facts shown, the unit's view, who was there, and what the unit takes on."""

    shown: str
    view: str
    attendants: str
    items: Sequence[ItemFact]


@transaction.atomic
def hold_interview(proceeding: Proceeding, *, record: Record, by: Actor, at: datetime) -> None:
    """The talk was held, and its record waits for both signatures; from now on its words stand.

    Raises NotYoursToCall, Unfit or Overtaken.
    """
    if not proceedings.keeps(by, proceeding):
        raise NotYoursToCall("约谈记录由发出约谈的岗位写")
    if not record.shown.strip() or not record.view.strip():
        raise Unfit("记录要写明出示的事实和对方的说法")
    on = local_day(at)
    commitments.put(proceeding, record.items, on=on)
    days = parameters.value("recheck_days", on=on)
    Interview.objects.filter(pk=proceeding.pk).update(
        shown=record.shown, view=record.view, attendants=record.attendants, held_at=at, recheck_days=days
    )
    digest = records.digest(proceeding)
    Interview.objects.filter(pk=proceeding.pk).update(digest=digest)
    sign_by = workdays.workday_after(calendars.calendar_for(proceeding.unit), on, 2)
    written = trace.move(
        proceeding,
        ProceedingAct.HOLD_INTERVIEW,
        when=[ProceedingStage.ANNOUNCED],
        to=ProceedingStage.HELD,
        next_on=sign_by,
        data={"digest": digest},
        by=by,
        at=at,
    )
    notices.to_head(proceeding, "interview_to_sign", unit=proceeding.unit, of=written, at=at)
    notices.to_keepers(proceeding, "interview_to_sign", of=written, at=at)
