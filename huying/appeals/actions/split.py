from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huying.appeals import facts, identities, notices
from huying.appeals.models import Appeal, RequestItem, Subject
from huying.appeals.steps import Taken, Words, begin, take
from huying.rules import permissions
from huying.rules.actors import Actor
from huying.rules.enums import Action, Flag, TextKind


@transaction.atomic
def split(appeal: Appeal, *, items: Sequence[int], title: str, reason: str, by: Actor, at: datetime) -> Appeal:
    """Some request items stand in an appeal of their own (拆分): the same receipt, received time and outer date.

    Each item ends in exactly one appeal. Who is complained about stays so in both.
    """
    all_items = list(appeal.items.select_related("text"))
    moving = [item for item in all_items if item.pk in set(items)]
    well = 0 < len(moving) < len(all_items)
    by_a_reader = permissions.is_reader(by, facts.of(appeal, at=at))
    given = {"split_well": well, "by_a_reader": by_a_reader}
    taken = take(appeal, Action.SPLIT, by=by, at=at, reason=reason, given=given)
    part = _part(appeal, title=title)
    begun = begin(
        part,
        by=by,
        at=at,
        record=_record(appeal),
        words=[
            Words(TextKind.VERBATIM, appeal.texts.get(kind=TextKind.VERBATIM).body),
            *(Words(TextKind.REQUEST_ITEM, item.text.body) for item in moving),
        ],
        flags=[flag for flag in (Flag.LATE_ENTRY, Flag.SAFETY, Flag.IS_PETITION) if flag in appeal.flag_set],
    )
    _move_items(moving, part, begun)
    _copy_subjects(appeal, part)
    _copy_identity(appeal, part)
    notices.to_appellant(appeal, "split", of=taken, at=at, part=part.number)
    notices.to_desk(part, "registered", of=begun, at=at)
    return part


def _record(appeal: Appeal) -> dict[str, object]:
    """What the part is born with: the classes, the received time and, where a sender set one, the outer date."""
    sent = facts.senders_limit(appeal.clocks.all())
    return {
        "split_from": appeal.pk,
        "received_at": appeal.received_at.isoformat(),
        "kind": appeal.kind,
        "topic": appeal.topic.code,
        "severity": appeal.severity,
        "channel": appeal.channel.code,
        "outer_due_at": sent.isoformat() if sent else None,
    }


def _part(appeal: Appeal, *, title: str) -> Appeal:
    same = (
        "organisation", "desk", "place", "grade", "klass", "receipt", "channel", "source_message", "occurred_at",
        "received_at", "kind", "topic", "severity", "sensitivity", "red_line", "privacy", "pupil_involved",
        "outer_due_at", "petition_number", "entered_at",
    )  # fmt: skip
    return Appeal(title=title, split_from=appeal, **{name: getattr(appeal, name) for name in same})


def _move_items(moving: Sequence[RequestItem], part: Appeal, begun: Taken) -> None:
    texts = [text for text in begun.texts if text.kind == TextKind.REQUEST_ITEM]
    for place, (item, text) in enumerate(zip(moving, texts, strict=True), start=1):
        RequestItem.objects.filter(pk=item.pk).update(appeal=part, position=place, text=text)


def _copy_subjects(appeal: Appeal, part: Appeal) -> None:
    Subject.objects.bulk_create(
        [
            Subject(appeal=part, status=one.status, text=one.text, person=one.person, unit=one.unit)
            for one in appeal.subjects.all()
        ]
    )


def _copy_identity(appeal: Appeal, part: Appeal) -> None:
    contact = identities.opened(appeal)
    if contact is not None:
        identities.seal(part, contact)
