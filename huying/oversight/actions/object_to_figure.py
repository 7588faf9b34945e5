from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from huying.appeals import queries
from huying.appeals.models import Appeal
from huying.oversight import appraisalbook, appraisalnotices
from huying.oversight.models import AppraisalObjection
from huying.people.models import Unit
from huying.rules import appraisal as rules
from huying.rules.actors import Actor
from huying.rules.enums import RequestStage


@transaction.atomic
def object_to_figure(
    unit: Unit,
    *,
    indicator: str,
    since: date,
    until: date,
    cases: Iterable[Appeal],
    reason: str,
    by: Actor,
    at: datetime,
) -> AppraisalObjection:
    """A unit contests a figure of a period (考核申诉): which, over which appeals, and why. It stands until then."""
    named = [one.pk for one in cases]
    if not rules.objects(by, unit.fact):
        raise rules.NotYours("考核申诉由单位负责人提")
    if not (indicator.strip() and reason.strip()) or since > until:
        raise rules.NotNow("请写明哪一项、哪段时间和为什么不对")
    if queries.visible_to(by).filter(pk__in=named).count() != len(set(named)):
        raise rules.NotNow("有的编号您看不到，请核对")
    objection = AppraisalObjection.objects.create(
        unit=unit,
        indicator=indicator.strip(),
        since=since,
        until=until,
        reason=reason.strip(),
        stage=RequestStage.ASKED,
        asked_by_id=by.person,
        asked_at=at,
    )
    objection.cases.set(named)
    appraisalbook.noted(objection, stage=RequestStage.ASKED, reason=reason, by=by, at=at)
    appraisalnotices.of_objection(objection, "objection_asked", at=at)
    return objection
