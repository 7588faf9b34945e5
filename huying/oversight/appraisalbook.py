"""The one writer of requests and objections of appraisal: a step moves the row if it still stands, with a line."""

from datetime import datetime
from typing import Any

from huying.oversight.models import AppraisalAct, AppraisalObjection, ExclusionRequest
from huying.rules.actors import Actor
from huying.rules.appraisal import NotNow
from huying.rules.enums import RequestStage


def noted(
    one: ExclusionRequest | AppraisalObjection, *, stage: RequestStage, reason: str, by: Actor, at: datetime
) -> None:
    """A line says who did what to it, and why."""
    place = {"request": one} if isinstance(one, ExclusionRequest) else {"objection": one}
    AppraisalAct.objects.create(
        **place, stage=stage, at=at, account_id=by.account, person_id=by.person, reason=reason.strip()
    )


def move(
    one: ExclusionRequest | AppraisalObjection,
    *,
    to: RequestStage,
    reason: str,
    by: Actor,
    at: datetime,
    **changes: Any,
) -> None:
    """It stands at `to`, unless somebody else was faster: then NotNow, and nothing is written."""
    columns = {**changes, "stage": to}
    if not type(one).objects.filter(pk=one.pk, stage=one.stage).update(**columns):
        raise NotNow("已被别人更新，请刷新后再看")
    for name, value in columns.items():
        setattr(one, name, value)
    noted(one, stage=to, reason=reason, by=by, at=at)
