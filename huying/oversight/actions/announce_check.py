from datetime import date, datetime, timedelta

from django.db import transaction

from huying.appeals import parameters, seals
from huying.oversight import firstcalls, trace
from huying.oversight.models import Proceeding, SpotCheck
from huying.oversight.trace import Opening
from huying.people.models import Unit
from huying.rules import sampling
from huying.rules.actors import Actor, PostFact
from huying.rules.enums import ProceedingAct, ProceedingKind
from huying.rules.interviews import NotYoursToCall, Unfit
from huying.rules.workdays import local_day


@transaction.atomic
def announce_check(unit: Unit, *, title: str, since: date, until: date, by: Actor, at: datetime) -> Proceeding:
    """The list of what was closed in these days is frozen, its digest on record, before the seed of the draw exists.

    Raises NotYoursToCall or Unfit: days that are not over, or nothing closed in them.
    """
    post = _post(by, unit)
    on = local_day(at)
    if not since <= until < on:
        raise Unfit("抽查的时段要已经结束，开始不晚于结束")
    rows = firstcalls.closed_under(unit, since=since, until=until, actor=by).order_by("closing")
    listed = list(rows)
    if not listed:
        raise Unfit("这段时间没有办结的件")
    entries = {one.pk: one.closing for one in listed}
    sealed_by = listed[0].organisation_id
    before = seals.latest(sealed_by)
    digest = sampling.list_digest(entries.values())
    opening = Opening(
        kind=ProceedingKind.CHECK,
        title=title,
        unit=unit,
        post=post,
        next_on=on + timedelta(days=1),
        parties=[unit],
        entries=entries,
        data={"list": digest, "seal_after": before.sequence if before is not None else 0, "sealed_by": sealed_by},
    )
    made = trace.begin(opening, ProceedingAct.ANNOUNCE_CHECK, by=by, at=at)
    SpotCheck.objects.create(
        proceeding=made,
        since=since,
        until=until,
        share=parameters.value("spot_check_share", on=on),
        digest=digest,
        sealed_by_id=sealed_by,
        seal_after=before.sequence if before is not None else 0,
    )
    return made


def _post(by: Actor, unit: Unit) -> PostFact:
    fit = [post for post in by.holding(*sampling.CHECKERS) if post.unit.holds(unit.path)]
    if not fit:
        raise NotYoursToCall("抽查由督导或县中心发起")
    return max(fit, key=lambda post: post.unit.level.tier)
