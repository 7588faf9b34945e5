"""Past appeals from a sheet, walked through the real actions at their true times by the actor 历史导入."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.answer import Draft, answer
from huying.appeals.actions.approve_answer import approve_answer
from huying.appeals.actions.close import Closing, close
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.register import Code, Intake, register
from huying.appeals.identities import Contact
from huying.appeals.models import Appeal, Topic
from huying.channels import inbox
from huying.channels.models import Channel
from huying.people.keys import ring
from huying.people.models import Unit
from huying.rules import numbers
from huying.rules.actors import IMPORT
from huying.rules.enums import AppealKind, Finding, PrivacyMode, Resolved, Satisfaction
from huying.vault import codes

NOT_ASKED = Closing(
    resolved_by_unit=Resolved.NOT_ASKED,
    resolved_by_callback=Resolved.NOT_ASKED,
    satisfaction=Satisfaction.NOT_ASKED,
    finding=Finding.NOT_RECORDED,
    counted=True,
)


@dataclass(frozen=True)
class Source:
    """Where a sheet comes from: the door it came through, and what all its rows share."""

    channel: Channel
    topic: Topic
    kind: AppealKind
    place: Unit


@dataclass(frozen=True)
class Past:
    """One past appeal, and its answer if it had one. `raw` is the row word for word."""

    external_ref: str
    title: str
    body: str
    received_at: datetime
    appellant: str
    answer: str
    answered_at: datetime | None
    raw: dict[str, str]


def is_known(source: Source, external_ref: str) -> bool:
    """Whether this outer number came through this door before."""
    return Appeal.objects.filter(channel=source.channel, external_ref=external_ref).exists()


@transaction.atomic
def bring_in(past: Past, *, source: Source) -> Appeal:
    """The past appeal stands with its true times: CLOSED and not asked when it was answered, else RECEIVED."""
    message = inbox.keep(source.channel, external_ref=past.external_ref, at=past.received_at, raw=past.raw)
    intake = Intake(
        place=source.place,
        channel=source.channel,
        topic=source.topic,
        kind=source.kind,
        title=past.title[:80],
        body=past.body,
        received_at=past.received_at,
        privacy=PrivacyMode.CONFIDENTIAL if past.appellant else PrivacyMode.ANONYMOUS,
        contact=Contact(name=past.appellant),
        external_ref=past.external_ref,
        source=message,
        is_late=True,
        is_imported=True,
    )
    appeal = register(intake, code=_unknown_code(), by=IMPORT, at=past.received_at)
    if past.answered_at is not None:
        _answer(appeal, past, at=past.answered_at)
    return appeal


def _answer(appeal: Appeal, past: Past, *, at: datetime) -> None:
    dispatch(appeal, lead=appeal.place, by=IMPORT, at=past.received_at)
    acknowledge(appeal, by=IMPORT, at=past.received_at)
    draft = Draft(reply=past.answer, finding=Finding.NOT_RECORDED)
    answer(appeal, draft=draft, by=IMPORT, at=at)
    approve_answer(appeal, checked=False, by=IMPORT, at=at)
    close(appeal, closing=NOT_ASKED, by=IMPORT, at=at)


def _unknown_code() -> Code:
    """A receipt nobody holds: whoever filed in another system has that system's number."""
    digest = codes.code_digest(ring(), numbers.receipt_code(secrets.randbelow))
    return Code(digest=digest.digest, key=digest.key_id)
