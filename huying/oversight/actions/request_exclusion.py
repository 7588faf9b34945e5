from datetime import datetime

from django.db import transaction

from huying.appeals import facts
from huying.appeals.models import Appeal
from huying.oversight import appraisal, appraisalbook, appraisalnotices
from huying.oversight.models import ExclusionRequest
from huying.rules import appraisal as rules
from huying.rules.actors import Actor
from huying.rules.enums import ExclusionGround, RequestStage


@transaction.atomic
def request_exclusion(
    appeal: Appeal, *, ground: ExclusionGround, reason: str, by: Actor, at: datetime
) -> ExclusionRequest:
    """The lead unit asks to leave the order out of appraisal (申请剔除); it counts until both levels have agreed."""
    case = facts.of(appeal, at=at)
    rules.refuse_asking(by, case, reason=reason, is_pending=appraisal.pending_of(appeal) is not None)
    request = ExclusionRequest.objects.create(
        appeal=appeal,
        unit=appeal.lead_unit or appeal.place,
        ground=ExclusionGround(ground),
        reason=reason.strip(),
        stage=RequestStage.ASKED,
        asked_by_id=by.person,
        asked_at=at,
    )
    appraisalbook.noted(request, stage=RequestStage.ASKED, reason=reason, by=by, at=at)
    appraisalnotices.to_deciders(request, "exclusion_asked", at=at)
    return request
