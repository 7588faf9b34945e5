from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.appeals import notices
from huying.appeals.models import Appeal, Topic
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action, AppealKind, Flag, Severity


@dataclass(frozen=True)
class Classes:
    """Kind, topic and severity; a 信访转办件 only with the number of the document that forwarded it."""

    kind: AppealKind
    topic: Topic
    severity: Severity = Severity.NORMAL
    is_petition: bool = False
    document_number: str = ""


@transaction.atomic
def reclassify(appeal: Appeal, *, classes: Classes, reason: str, by: Actor, at: datetime) -> None:
    """The appeal has another kind, topic or severity (改分类), 未复核; no clock moves back."""
    former = _classes_of(appeal)
    new = {
        "kind": classes.kind,
        "topic_id": classes.topic.pk,
        "severity": classes.severity,
        "petition_number": classes.document_number,
    }
    is_change = any(former[name] != value for name, value in new.items()) or classes.is_petition != appeal.is_petition
    taken = take(
        appeal,
        Action.RECLASSIFY,
        by=by,
        at=at,
        reason=reason,
        record={"former": former},
        given={
            "is_change": is_change,
            "is_petition": classes.is_petition,
            "document_number": classes.document_number,
            ("set_flags" if classes.is_petition else "clear_flags"): [Flag.IS_PETITION],
        },
        changes=new,
    )
    notices.to_appellant(appeal, "reclassified", of=taken, at=at)
    notices.to_desk(appeal, "unreviewed", of=taken, at=at)


def _classes_of(appeal: Appeal) -> dict[str, object]:
    return {
        "kind": str(appeal.kind),
        "topic_id": appeal.topic_id,
        "severity": str(appeal.severity),
        "petition_number": appeal.petition_number,
        "is_petition": appeal.is_petition,
    }
