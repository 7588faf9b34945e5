from datetime import datetime

from django.db import transaction

from huying.appeals import facts, queries
from huying.appeals.actions.include import include
from huying.appeals.models import Appeal
from huying.oversight import appraisal, appraisalbook, appraisalnotices
from huying.oversight.models import AppraisalObjection, ExclusionRequest
from huying.rules import appraisal as rules
from huying.rules.actors import Actor
from huying.rules.enums import Correction, ExclusionGround, RequestStage


@transaction.atomic
def grant_objection(
    objection: AppraisalObjection,
    *,
    correction: Correction,
    reason: str,
    note: str = "",
    ground: ExclusionGround = ExclusionGround.COUNTED_TWICE,
    by: Actor,
    at: datetime,
) -> None:
    """The figure was wrong, and what is corrected is said: orders go to the second level of exclusion with this as the
    first, or count again, or a note stands beside the figure. Figures are counted anew from the ledger."""
    rules.refuse_objection(by, appraisal.objection_facts(objection), reason=reason)
    cases = list(objection.cases.select_related(*facts.NEEDED).order_by("pk"))
    if correction is Correction.NOTE and not note.strip():
        raise rules.NotNow("请写明更正成什么")
    if correction is not Correction.NOTE and not cases:
        raise rules.NotNow("这份申诉没有写是哪几件")
    changes = {"correction": correction, "note": note.strip(), "decided_at": at}
    appraisalbook.move(objection, to=RequestStage.GRANTED, reason=reason, by=by, at=at, **changes)
    for appeal in cases:
        if correction is Correction.INCLUDE:
            include(appeal, reason=reason, by=by, at=at)
        elif correction is Correction.EXCLUDE:
            _first_level(objection, appeal, ground=ground, reason=reason, by=by, at=at)
    appraisalnotices.of_objection(objection, "objection_granted", at=at)


def _first_level(
    objection: AppraisalObjection, appeal: Appeal, *, ground: ExclusionGround, reason: str, by: Actor, at: datetime
) -> None:
    """The order waits for the county's second decision; whoever granted the objection has taken the first."""
    case = queries.case_for(by, appeal.pk, at=at)[1]
    if case.state not in rules.STATES or not case.history.counted or appraisal.pending_of(appeal) is not None:
        raise rules.NotNow("有一件不能剔除：还没有答复、已经剔除或正在申请")
    asked = rules.RequestFacts(RequestStage.ASKED, objection.asked_by_id)
    rules.refuse_deciding(by, case, asked, reason=reason)
    request = ExclusionRequest.objects.create(
        appeal=appeal,
        unit=objection.unit,
        ground=ground,
        reason=objection.reason,
        stage=RequestStage.FIRST_GRANTED,
        asked_by=objection.asked_by,
        asked_at=at,
        first_by_id=by.person,
    )
    appraisalbook.noted(request, stage=RequestStage.FIRST_GRANTED, reason=reason, by=by, at=at)
    appraisalnotices.to_deciders(request, "exclusion_to_decide", at=at)
