"""The one writer of public texts: `begin` and `move` take one further, and leave a line that is never edited."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from huying.appeals import queries
from huying.appeals.models import Appeal
from huying.channels import post
from huying.oversight.models import PublicationEvent, PublishedCase
from huying.people import queries as people
from huying.rules import publication as rules
from huying.rules.actors import Actor
from huying.rules.enums import PostKind, PublicationAct, PublicationStanding
from huying.rules.publication import NotPublishable
from huying.rules.workdays import local_day

# Who is asked to be the second person.
ASKED = (PostKind.PRINCIPAL, PostKind.INSPECTOR)


def token() -> str:
    """An address by chance: nobody can count or guess public texts by it."""
    return secrets.token_hex(6)


def write(case: PublishedCase, act: PublicationAct, *, reason: str = "", by: Actor, at: datetime) -> PublicationEvent:
    """One more line of the record, with the digest of the words as they stand."""
    last = PublicationEvent.objects.filter(case=case).aggregate(last=Max("sequence"))["last"] or 0
    return PublicationEvent.objects.create(
        case=case,
        sequence=last + 1,
        act=act,
        at=at,
        account_id=by.account,
        person_id=by.person,
        reason=reason,
        data={"version": case.version, "digest": digest(case), "kept": len(case.kept)},
    )


def move(case: PublishedCase, *, version: int, when: PublicationStanding, changes: Mapping[str, Any]) -> None:
    """The text stands as the changes say. NotPublishable when somebody was faster, or it was another version."""
    rules.require_standing(PublicationStanding(case.standing), when)
    following = {**changes, "version": version + 1}
    moved = PublishedCase.objects.filter(pk=case.pk, standing=when, version=version).update(**following)
    if not moved:
        raise NotPublishable("这一篇刚被改过，请看了新的再决定")
    for name, value in following.items():
        setattr(case, name, value)


def digest(case: PublishedCase) -> str:
    """The SHA-256 of the words that are public, or would be."""
    words = "\n\n".join([case.title, case.question, case.answer])
    return hashlib.sha256(words.encode()).hexdigest()


def ask_for_a_second(appeal: Appeal, of: PublicationEvent, *, at: datetime) -> None:
    """Those of the school who may decide, and know of the matter, are told by name."""
    for kind in ASKED:
        for person in people.holders(unit=appeal.organisation_id, kind=kind, on=local_day(at)).select_related("unit"):
            actor = people.actor_as(person, on=local_day(at))
            if person.pk != of.person_id and queries.visible_to(actor).filter(pk=appeal.pk).exists():
                tell(appeal, "publication_drafted", person=person.pk, of=of, at=at)


def tell(appeal: Appeal, kind: str, *, person: int, of: PublicationEvent, at: datetime) -> None:
    """One person is told, by number and kind."""
    key = f"publication.{of.case_id}.{of.sequence}:{kind}:p{person}"
    post.tell(kind, key=key, at=at, person=person, appeal=appeal.pk, number=appeal.number)
