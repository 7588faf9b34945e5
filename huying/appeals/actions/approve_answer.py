from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices, parameters
from huying.appeals.models import Appeal
from huying.appeals.steps import Words, take
from huying.people.prepared import Prepared
from huying.rules import callbacks
from huying.rules.actors import TIMER, Actor
from huying.rules.enums import Action, AppealKind, Flag, PostKind, State, SubjectStatus, TextKind


@transaction.atomic
def approve_answer(appeal: Appeal, *, checked: bool, by: Actor, at: datetime) -> None:
    """The answer went out to the appellant, and to everyone whose appeal was joined to this one, each for themselves.

    Whether it is called back is drawn here by the system, never by hand.
    """
    record = {"callback_required": _is_asked(appeal, at=at), "checked": checked}
    taken = take(appeal, Action.APPROVE_ANSWER, by=by, at=at, record=record)
    notices.to_appellant(appeal, "answered", of=taken, at=at)
    notices.to_post(appeal, "to_call_back", unit=appeal.place, holder=PostKind.CALLER, of=taken, at=at)
    for voice in _VOICES.rows(appeal.pk):
        _answer_voice(Appeal.objects.select_related(*facts.NEEDED).get(pk=voice[0]), main=appeal, at=at)


_VOICES = Prepared(
    lambda main: Appeal.objects.filter(joined_into=main, state=State.JOINED).order_by("pk").values_list("pk")
)


def _is_asked(appeal: Appeal, *, at: datetime) -> bool:
    has_subject = appeal.subjects.exclude(status=SubjectStatus.DISMISSED).exists()
    return callbacks.is_asked(
        kind=AppealKind(appeal.kind),
        has_subject=has_subject,
        is_safety=Flag.SAFETY in appeal.flag_set,
        seed=f"{appeal.receipt_id}:{appeal.round}:{appeal.receipt.digest}",
        share=parameters.value("callback_sample", on=facts.local_day(at)),
    )


def _answer_voice(voice: Appeal, *, main: Appeal, at: datetime) -> None:
    """The same finding, a reply of one's own: clock, callback and rating of a joined appeal are its own."""
    reply = main.texts.filter(kind=TextKind.REPLY).order_by("-id").first()
    words = [Words(TextKind.REPLY, reply.body)] if reply is not None else []
    record = {"callback_required": True, "main": main.pk}
    taken = take(voice, Action.APPROVE_ANSWER, by=TIMER, at=at, record=record, words=words)
    notices.to_appellant(voice, "answered", of=taken, at=at)
