from datetime import datetime
from typing import Any

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.case import CaseFacts, UnreviewedAct
from huying.rules.enums import Action, Flag

RESTORED = ("kind", "topic_id", "severity", "petition_number")


@transaction.atomic
def overturn(appeal: Appeal, *, reviews: int, reason: str, by: Actor, at: datetime) -> None:
    """A second person found the act wrong (复核推翻): the former state, fields and clocks stand again."""
    case = facts.of(appeal, at=at)
    act = next((one for one in case.history.unreviewed if one.sequence == reviews), None)
    taken = take(
        appeal,
        Action.OVERTURN,
        by=by,
        at=at,
        reason=reason,
        record={"reviews": reviews},
        given=_given(case, act),
        changes=_restored(act),
    )
    notices.to_desk(appeal, "overturned", of=taken, at=at)
    notices.to_appellant(appeal, "overturned", of=taken, at=at)


def _given(case: CaseFacts, act: UnreviewedAct | None) -> dict[str, Any]:
    """Back to the former state where the act left it; a pause that never should have been is lifted."""
    left = act is not None and act.action in (Action.REFUSE, Action.REFER_OUT)
    state = act.former_state if act is not None and left else case.state
    petition = act is not None and act.action is Action.RECLASSIFY
    return {
        "former_state": state,
        "clear_flags": _cleared(act),
        "set_flags": [Flag.IS_PETITION] if petition and act is not None and act.former.get("is_petition") else [],
    }


def _cleared(act: UnreviewedAct | None) -> list[Flag]:
    if act is None:
        return []
    if act.action is Action.PAUSE:
        return [Flag.PAUSED]
    return [Flag.IS_PETITION] if act.action is Action.RECLASSIFY else []


def _restored(act: UnreviewedAct | None) -> dict[str, Any]:
    if act is None or act.action is not Action.RECLASSIFY:
        return {}
    return {name: act.former[name] for name in RESTORED if name in act.former}
