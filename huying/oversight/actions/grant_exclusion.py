from datetime import datetime

from django.db import transaction

from huying.appeals import queries
from huying.appeals.actions.exclude import exclude
from huying.oversight import appraisal, appraisalbook, appraisalnotices
from huying.oversight.models import ExclusionRequest
from huying.rules import appraisal as rules
from huying.rules.actors import Actor
from huying.rules.enums import ExclusionGround, RequestStage


@transaction.atomic
def grant_exclusion(request: ExclusionRequest, *, reason: str, by: Actor, at: datetime) -> None:
    """One of the two levels agrees: after the first it waits for the county, after the second it is left out."""
    appeal, case = queries.case_for(by, request.appeal_id, at=at)
    told = appraisal.facts_of(request)
    rules.refuse_deciding(by, case, told, reason=reason)
    if told.stage is RequestStage.ASKED:
        appraisalbook.move(request, to=RequestStage.FIRST_GRANTED, reason=reason, first_by_id=by.person, by=by, at=at)
        appraisalnotices.to_deciders(request, "exclusion_to_decide", at=at)
        return
    appraisalbook.move(request, to=RequestStage.GRANTED, reason=reason, by=by, at=at)
    exclude(appeal, ground=ExclusionGround(request.ground), first=request.first_by, reason=reason, by=by, at=at)
    appraisalnotices.to_asker(request, "exclusion_granted", at=at)
