from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices, parameters
from huying.appeals.models import Appeal
from huying.appeals.steps import Words, take
from huying.rules import callbacks
from huying.rules.actors import Actor
from huying.rules.enums import Action, AppealKind, PostKind, Resolved, TextKind


@transaction.atomic
def answer_at_once(appeal: Appeal, *, reply: str, minutes: int, by: Actor, at: datetime) -> None:
    """The appellant was answered on the spot (当场答复), with the words written down while they were there."""
    asked = callbacks.is_asked(
        kind=AppealKind(appeal.kind),
        has_subject=False,
        is_safety=False,
        seed=f"{appeal.receipt_id}:{appeal.receipt.digest}",
        share=parameters.value("callback_sample", on=facts.local_day(at)),
    )
    taken = take(
        appeal,
        Action.ANSWER_AT_ONCE,
        by=by,
        at=at,
        record={"minutes": minutes, "callback_required": asked},
        given={"reply": reply},
        changes={"resolved_by_unit": Resolved.YES},
        words=[Words(TextKind.REPLY, reply)],
    )
    notices.to_appellant(appeal, "answered", of=taken, at=at)
    notices.to_post(appeal, "to_call_back", unit=appeal.place, holder=PostKind.CALLER, of=taken, at=at)
