"""The one writer of bulletins: `begin` makes a draft, `move` takes it further; each leaves one line that stays."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from huying.oversight import bulletinnotices
from huying.oversight.models import Bulletin, BulletinRecord
from huying.papers.bulletin import kept
from huying.papers.bulletin.facts import BulletinFacts
from huying.papers.bulletin.figures import canonical
from huying.people.models import Unit
from huying.rules import bulletins as rules
from huying.rules import chain
from huying.rules.actors import Actor
from huying.rules.bulletins import BulletinFact, NotNow
from huying.rules.enums import BulletinAct, BulletinStage

WRITING = (BulletinAct.DRAFT, BulletinAct.EDIT)


def fact_of(bulletin: Bulletin) -> BulletinFact:
    """What the rules know of it, from its record."""
    records = list(bulletin.records.order_by("sequence"))
    written = {one.person_id for one in records if one.act in WRITING and one.person_id is not None}
    checks = [one for one in records if one.act in (BulletinAct.CHECK, BulletinAct.RETURN)]
    checked = checks[-1].person_id if checks and checks[-1].act == BulletinAct.CHECK else None
    return BulletinFact(
        unit=bulletin.unit.fact,
        stage=BulletinStage(bulletin.stage),
        written_by=frozenset(written),
        checked_by=checked,
    )


def begin(
    unit: Unit, facts: BulletinFacts, *, words: Mapping[str, Any], corrects: Bulletin | None, by: Actor, at: datetime
) -> Bulletin:
    """A draft stands with its figures."""
    made = Bulletin.objects.create(
        unit=unit,
        since=facts.since,
        until=facts.until,
        stage=BulletinStage.DRAFT,
        facts=kept.keep(facts),
        digest=facts.digest,
        words=dict(words),
        corrects=corrects,
    )
    write(made, BulletinAct.DRAFT, by=by, at=at)
    return made


def move(
    bulletin: Bulletin,
    act: BulletinAct,
    *,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> BulletinRecord:
    """The bulletin stands where the table says, and one line says so. Raises NotYoursToDo or NotNow."""
    target = rules.require(by, act, fact_of(bulletin))
    columns = {**(changes or {}), "stage": target}
    if not Bulletin.objects.filter(pk=bulletin.pk, stage=bulletin.stage).update(**columns):
        raise NotNow("通报已经不在这一步了，请刷新后再看")
    for name, value in columns.items():
        setattr(bulletin, name, value)
    return write(bulletin, act, note=note, data=data, by=by, at=at)


def write(
    bulletin: Bulletin,
    act: BulletinAct,
    *,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> BulletinRecord:
    """One line more of the record."""
    last = bulletin.records.aggregate(last=Max("sequence"))["last"] or 0
    record = BulletinRecord.objects.create(
        bulletin=bulletin,
        sequence=last + 1,
        act=act,
        at=at,
        account_id=by.account,
        person_id=by.person,
        unit_id=by.posts[0].unit.id if by.posts else None,
        digest=bulletin.digest,
        note=note,
        data=dict(data or {}),
    )
    bulletinnotices.tell(bulletin, record, at=at)
    return record


def statement(bulletin: Bulletin, *, at: str, seal: str) -> dict[str, Any]:
    """What the signature of an issue covers: the figures and the words by their digests, and the ledger's newest seal.

    The figures are digested anew: a changed figure no longer fits the signature.
    """
    figures = hashlib.sha256(canonical(kept.opened(bulletin.facts))).hexdigest()
    return {
        "kind": "bulletin",
        "unit": bulletin.unit.code,
        "number": bulletin.number,
        "since": bulletin.since.isoformat(),
        "until": bulletin.until.isoformat(),
        "at": at,
        "figures": figures,
        "words": hashlib.sha256(chain.canonical(bulletin.words)).hexdigest(),
        "corrects": bulletin.corrects.number if bulletin.corrects is not None else "",
        "seal": seal,
    }
