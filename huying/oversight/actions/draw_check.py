from datetime import datetime

from django.db import transaction

from huying.appeals import parameters
from huying.appeals.models import Appeal, Seal
from huying.oversight import firstcalls, proceedings, trace
from huying.oversight.models import Proceeding, ProceedingCase, SpotCall, SpotCheck
from huying.people import calendars
from huying.rules import sampling, workdays
from huying.rules.actors import Actor
from huying.rules.enums import ProceedingAct, ProceedingStage
from huying.rules.interviews import NotYoursToCall
from huying.rules.sampling import NothingToDraw
from huying.rules.workdays import local_day


@transaction.atomic
def draw_check(proceeding: Proceeding, *, by: Actor, at: datetime) -> None:
    """The sample is drawn from the frozen list, with the seed of the first seal made after it was frozen.

    Raises NotYoursToCall, NothingToDraw (no such seal yet) or Overtaken.
    """
    if not proceedings.keeps(by, proceeding):
        raise NotYoursToCall("由发起的岗位抽取")
    check = proceeding.spot_check
    seal = Seal.objects.filter(organisation=check.sealed_by, sequence=check.seal_after + 1).first()
    if seal is None:
        raise NothingToDraw("种子取自封存名单之后的第一个封存，还没有生成，明天再来")
    seed = sampling.seed_of(seal=seal.digest, entries=check.digest)
    sample = sampling.drawn(check.entries, seed=seed, share=check.share)
    on = local_day(at)
    days = parameters.value("spot_check_days", on=on)
    due_on = workdays.workday_after(calendars.calendar_for(proceeding.unit), on, days)
    trace.move(
        proceeding,
        ProceedingAct.DRAW_CHECK,
        when=[ProceedingStage.ANNOUNCED],
        to=ProceedingStage.UNDER_WAY,
        next_on=due_on,
        data={"seal": seal.digest, "seed": seed, "list": check.digest, "share": check.share, "drawn": list(sample)},
        by=by,
        at=at,
    )
    SpotCheck.objects.filter(pk=check.pk).update(seal=seal, seed=seed)
    listed = ProceedingCase.objects.filter(proceeding=proceeding, entry__in=sample).select_related("appeal")
    of_entry = {one.entry: one.appeal for one in listed}
    calls = [(entry, of_entry[entry]) for entry in sample]
    SpotCall.objects.bulk_create(_call(check, lot, *call, due_on=due_on) for lot, call in enumerate(calls, start=1))


def _call(check: SpotCheck, lot: int, entry: str, appeal: Appeal, *, due_on: object) -> SpotCall:
    first = firstcalls.of(appeal)
    return SpotCall(
        check_of=check,
        appeal=appeal,
        entry=entry,
        lot=lot,
        due_on=due_on,
        first_resolved=first.resolved if first is not None else None,
        first_satisfaction=first.satisfaction or "" if first is not None else "",
    )
