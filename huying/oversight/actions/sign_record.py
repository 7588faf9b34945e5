from datetime import date, datetime

from django.db import transaction

from huying.oversight import commitments, notices, proceedings, records, trace
from huying.oversight.models import Proceeding, ProceedingEvent, Signature
from huying.oversight.trace import Overtaken
from huying.people import calendars
from huying.rules import interviews
from huying.rules.actors import Actor
from huying.rules.enums import ProceedingAct, ProceedingStage, SigningSide
from huying.rules.interviews import NotYoursToCall
from huying.rules.workdays import local_day


@transaction.atomic
def sign_record(proceeding: Proceeding, *, by: Actor, at: datetime) -> None:
    """One side has signed the record of the talk, on the digest of its words; with both the commitments begin to run.

    Raises NotYoursToCall, or Overtaken when the side has signed, or the words are no longer those that were written.
    """
    side = proceedings.side_of(by, proceeding)
    if side is None or by.account is None:
        raise NotYoursToCall("记录由约谈方和被约谈单位的负责人各签一次")
    signed = _sign(proceeding, side, by=by, at=at)
    if Signature.objects.filter(proceeding=proceeding).count() == len(SigningSide):
        _begin_rectification(proceeding, of=signed, at=at)


def _sign(proceeding: Proceeding, side: SigningSide, *, by: Actor, at: datetime) -> ProceedingEvent:
    digest = records.digest(proceeding)
    if digest != proceeding.interview.digest:
        raise Overtaken("记录和写下时不一样了，不能签")
    others = Signature.objects.filter(proceeding=proceeding).exclude(side=side)
    is_last = others.exists()
    written = trace.move(
        proceeding,
        ProceedingAct.SIGN_RECORD,
        when=[ProceedingStage.HELD],
        to=ProceedingStage.UNDER_WAY if is_last else ProceedingStage.HELD,
        next_on=_recheck_on(proceeding, at=at) if is_last else proceeding.next_on,
        data={"side": side, "digest": digest},
        by=by,
        at=at,
    )
    Signature.objects.create(
        proceeding=proceeding, side=side, person_id=by.person, account_id=by.account, at=at, digest=digest
    )
    return written


def _recheck_on(proceeding: Proceeding, *, at: datetime) -> date:
    return interviews.recheck_day(
        list(proceeding.items.values_list("due_on", flat=True)),
        signed_on=local_day(at),
        days=proceeding.interview.recheck_days,
        calendar=calendars.calendar_for(proceeding.unit),
    )


def _begin_rectification(proceeding: Proceeding, *, of: ProceedingEvent, at: datetime) -> None:
    commitments.tell_owners(proceeding, of=of, at=at)
    notices.to_keepers(proceeding, "interview_signed", of=of, at=at)
