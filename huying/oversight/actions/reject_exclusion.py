from datetime import datetime

from django.db import transaction

from huying.appeals import queries
from huying.oversight import appraisal, appraisalbook, appraisalnotices
from huying.oversight.models import ExclusionRequest
from huying.rules import appraisal as rules
from huying.rules.actors import Actor
from huying.rules.enums import RequestStage


@transaction.atomic
def reject_exclusion(request: ExclusionRequest, *, reason: str, by: Actor, at: datetime) -> None:
    """Either level says no: the appeal counts as before, and the refusal stands on record."""
    _appeal, case = queries.case_for(by, request.appeal_id, at=at)
    rules.refuse_deciding(by, case, appraisal.facts_of(request), reason=reason)
    appraisalbook.move(request, to=RequestStage.REJECTED, reason=reason, by=by, at=at)
    appraisalnotices.to_asker(request, "exclusion_rejected", at=at)
