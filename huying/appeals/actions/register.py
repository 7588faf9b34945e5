from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.appeals import attachments, facts, notices, repeats, subjects
from huying.appeals.identities import Contact, seal
from huying.appeals.models import Appeal, Receipt, RequestItem, Topic
from huying.appeals.steps import Taken, Words, begin
from huying.channels.models import Channel, IncomingMessage
from huying.people import queries as people
from huying.people.inserts import PreparedInsert
from huying.people.models import Unit
from huying.rules import conflicts
from huying.rules.actors import Actor
from huying.rules.enums import AppealKind, Flag, PrivacyMode, Severity, TextKind, UnitLevel

TITLE_LENGTH = 40
_NEW_RECEIPT = PreparedInsert(Receipt)


@dataclass(frozen=True)
class Code:
    """A 查询码 as it is stored: its keyed digest and the key's id. `is_spoken`: a clerk read it out (代发)."""

    digest: str
    key: str
    is_spoken: bool = False


@dataclass(frozen=True)
class Intake:
    """What was brought, by whichever door; `twin` is the number of an appeal it is proposed to be joined to."""

    place: Unit
    channel: Channel
    topic: Topic
    kind: AppealKind
    body: str
    received_at: datetime
    title: str = ""
    wish: str = ""
    items: Sequence[str] = ()
    subjects: Sequence[str] = ()
    privacy: PrivacyMode = PrivacyMode.ANONYMOUS
    contact: Contact | None = None
    klass: Unit | None = None
    pupil_involved: bool = False
    severity: Severity = Severity.NORMAL
    external_ref: str = ""
    occurred_at: datetime | None = None
    outer_due_at: datetime | None = None
    tokens: Sequence[str] = ()
    source: IncomingMessage | None = None
    form_token: str | None = None
    twin: str = ""
    is_late: bool = False
    is_imported: bool = False


@transaction.atomic
def register(intake: Intake, *, code: Code, by: Actor, at: datetime) -> Appeal:
    """An appeal stands, RECEIVED, with number, receipt, words and sealed identity; nothing it lacks stops it.

    A matter about the head of a school, or taken in at the county, is the county's: its number and its desk.
    """
    klass, grade = people.class_ladder(intake.klass)
    found = subjects.found_in(intake, on=facts.local_day(at))
    organisation = _organisation(intake, found, by=by, at=at)
    earlier = _earlier(intake)
    appeal = Appeal(
        organisation=organisation,
        desk=organisation,
        place=intake.place,
        grade=grade,
        klass=klass,
        receipt=_NEW_RECEIPT.one(Receipt(digest=code.digest, key=code.key, is_spoken=code.is_spoken)),
        form_token=intake.form_token,
        channel=intake.channel,
        external_ref=intake.external_ref,
        source_message=intake.source,
        occurred_at=intake.occurred_at,
        received_at=intake.received_at,
        entered_at=at,
        kind=intake.kind,
        topic=intake.topic,
        severity=intake.severity,
        privacy=intake.privacy,
        pupil_involved=intake.pupil_involved,
        outer_due_at=intake.outer_due_at,
        title=intake.title or title_of(intake.body),
        repeat_of_id=earlier,
    )
    record = _record(intake) | ({"repeat_of": earlier} if earlier is not None else {})
    taken = begin(appeal, by=by, at=at, record=record, words=_words(intake), flags=_flags(intake))
    _keep_items(appeal, taken)
    subjects.keep(appeal, found, texts=taken.texts)
    if intake.contact is not None:
        seal(appeal, intake.contact)
    attachments.attach(appeal, intake.tokens, event=taken.event, is_for_appellant=True)
    notices.to_desk(appeal, "registered", of=taken, at=at)
    return appeal


def destination(intake: Intake, *, by: Actor, at: datetime) -> Unit:
    """Whose number and desk this would come to; nothing is kept."""
    return _organisation(intake, subjects.found_in(intake, on=facts.local_day(at)), by=by, at=at)


def title_of(body: str) -> str:
    """A list title from the first words, until somebody writes a better one."""
    first = body.strip().splitlines()[0] if body.strip() else "没有文字"
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


def _organisation(intake: Intake, found: Sequence[subjects.Found], *, by: Actor, at: datetime) -> Unit:
    county = people.county()
    if county is None:
        return intake.place
    named = [facts.subject_fact(one.row(), on=facts.local_day(at)) for one in found]
    taken_above = any(post.unit.level.tier > UnitLevel.SCHOOL.tier for post in by.posts)
    if taken_above or conflicts.leaves_the_school(named, intake.place.fact):
        return county
    return intake.place


def _record(intake: Intake) -> dict[str, object]:
    return {
        "channel": intake.channel.code,
        "kind": intake.kind,
        "topic": intake.topic.code,
        "privacy": intake.privacy,
        "place": intake.place.pk,
        "received_at": intake.received_at.isoformat(),
        "external_ref": intake.external_ref,
        "outer_due_at": intake.outer_due_at.isoformat() if intake.outer_due_at else None,
        "severity": intake.severity,
        "files": len(intake.tokens),
        **({"twin": intake.twin} if intake.twin else {}),
    }


def _earlier(intake: Intake) -> int | None:
    """The latest appeal that the same phone left about the same topic of the same school, inside the window."""
    if intake.contact is None or not intake.contact.phone or intake.kind is AppealKind.PRAISE:
        return None
    return repeats.before(
        intake.contact.phone, place=intake.place.pk, topic=intake.topic.pk, received_at=intake.received_at
    )


def _words(intake: Intake) -> list[Words]:
    return [
        Words(TextKind.VERBATIM, intake.body),
        *([Words(TextKind.WISH, intake.wish)] if intake.wish else []),
        *(Words(TextKind.REQUEST_ITEM, item) for item in intake.items),
        *(Words(TextKind.SUBJECT, name) for name in intake.subjects),
    ]


def _flags(intake: Intake) -> list[Flag]:
    late, imported = ([Flag.LATE_ENTRY] if intake.is_late else []), ([Flag.IMPORTED] if intake.is_imported else [])
    return [*late, *imported]


def _keep_items(appeal: Appeal, taken: Taken) -> None:
    items = [text for text in taken.texts if text.kind == TextKind.REQUEST_ITEM]
    RequestItem.objects.bulk_create(
        [RequestItem(appeal=appeal, position=place, text=text) for place, text in enumerate(items, start=1)]
    )
