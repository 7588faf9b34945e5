from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from huying.appeals import attachments, notices
from huying.appeals.models import Appeal
from huying.appeals.steps import Words, take
from huying.rules.actors import Actor
from huying.rules.enums import Action, Finding, Resolved, TextKind


@dataclass(frozen=True)
class Draft:
    """What the unit writes: the reply the appellant will read, and what stays inside. `items` maps a request item to
    its own reply; `evidence` says why there is none where no file is attached."""

    reply: str
    items: Mapping[int, str] = field(default_factory=dict)
    finding: Finding = Finding.NOT_APPLICABLE
    resolved: Resolved = Resolved.NOT_ASKED
    unresolved_reason: str = ""
    note: str = ""
    policy: str = ""
    evidence: str = ""
    tokens: Sequence[str] = ()


@transaction.atomic
def answer(appeal: Appeal, *, draft: Draft, by: Actor, at: datetime) -> None:
    """The answer of the unit is written and waits for review; its internal note is never shown outside."""
    taken = take(
        appeal,
        Action.ANSWER,
        by=by,
        at=at,
        record={"items": sorted(draft.items), "policy": draft.policy, "files": len(draft.tokens)},
        given={
            "reply": draft.reply,
            "note": draft.note,
            "evidence": draft.evidence or bool(draft.tokens),
            "unresolved_reason": draft.unresolved_reason,
        },
        changes={"finding": draft.finding, "resolved_by_unit": draft.resolved},
        words=_words(draft),
    )
    attachments.attach(appeal, draft.tokens, event=taken.event, is_for_appellant=False)
    notices.to_desk(appeal, "answered", of=taken, at=at)
    notices.to_reviewer(appeal, "to_review", of=taken, at=at)


def _words(draft: Draft) -> list[Words]:
    inside = [part for part in (draft.note, draft.unresolved_reason, draft.evidence) if part]
    return [
        Words(TextKind.REPLY, draft.reply),
        *(Words(TextKind.ITEM_REPLY, body, refers_to=item) for item, body in draft.items.items()),
        *(Words(TextKind.NOTE, part) for part in inside),
    ]
