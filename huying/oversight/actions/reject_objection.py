from datetime import datetime

from django.db import transaction

from huying.oversight import appraisal, appraisalbook, appraisalnotices
from huying.oversight.models import AppraisalObjection
from huying.rules import appraisal as rules
from huying.rules.actors import Actor
from huying.rules.enums import RequestStage


@transaction.atomic
def reject_objection(objection: AppraisalObjection, *, reason: str, by: Actor, at: datetime) -> None:
    """The figure stands, and the unit reads why."""
    rules.refuse_objection(by, appraisal.objection_facts(objection), reason=reason)
    appraisalbook.move(objection, to=RequestStage.REJECTED, reason=reason, decided_at=at, by=by, at=at)
    appraisalnotices.of_objection(objection, "objection_rejected", at=at)
