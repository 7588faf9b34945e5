"""Seals made: once a day of each organisation, and whenever somebody asks for one. Nobody changes them afterwards."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from huying.appeals import facts, gaps
from huying.appeals.models import Appeal, Event, ReadRecord, Seal, SealEntry
from huying.channels import post
from huying.people.keys import ring
from huying.people.models import Unit
from huying.rules import chain
from huying.rules import seals as rules
from huying.rules.seals import Head
from huying.vault import signatures
from huying.vault.signatures import SignedStatement

LETTER = "seal"
FILE_KIND = "huying seals"


def make_due(*, at: datetime) -> int:
    """Every organisation has a seal of today; how many were missing. Two loops at once make one."""
    on = facts.local_day(at)
    sealed = set(Seal.objects.filter(on=on).values_list("organisation_id", flat=True))
    return sum(_make(one, at=at) is not None for one in organisations() if one.pk not in sealed)


def make_now(*, at: datetime, unit: str = "") -> list[Seal]:
    """A seal of each organisation (or of that one) as it stands at this moment; one that still holds is taken."""
    wanted = [one for one in organisations() if unit in ("", one.code)]
    return [seal for one in wanted if (seal := _make(one, at=at) or latest(one.pk)) is not None]


def as_file(made: Sequence[Seal], *, at: datetime) -> dict[str, Any]:
    """What is kept outside: the signed statements, the public keys, and every head under each root."""
    return {
        "kind": FILE_KIND,
        "at": chain.moment(at),
        "keys": signatures.public_keys(ring()),
        "seals": [
            {**signed(seal), "digest": seal.digest, "heads": [[one.number, one.sequence, one.digest] for one in heads]}
            for seal in made
            for heads in [rules.ordered(heads_of(seal))]
        ],
    }


def signed(seal: Seal) -> SignedStatement:
    """The statement as it was signed."""
    return SignedStatement(statement=seal.statement, key_id=seal.key, signature=seal.signature)


def organisations() -> list[Unit]:
    """Whoever gives out numbers, or was sealed before."""
    numbered = Appeal.objects.order_by().values("organisation_id")
    sealed = Seal.objects.order_by().values("organisation_id")
    return list(Unit.objects.filter(pk__in=numbered.union(sealed).values_list("organisation_id", flat=True)))


def latest(organisation: int) -> Seal | None:
    """The last seal of an organisation."""
    return Seal.objects.filter(organisation_id=organisation).order_by("-sequence").first()


def newest() -> Seal | None:
    """The seal made last of all."""
    return Seal.objects.order_by("-made_at", "-pk").first()


def published(*, most: int) -> list[Seal]:
    """The seals of the last days, newest first, with their organisations: what everyone may read."""
    return list(Seal.objects.select_related("organisation").order_by("-on", "organisation__path", "-sequence")[:most])


def heads_of(seal: Seal) -> list[Head]:
    """Every head under the root of a seal, from its entries and those of the seals before it."""
    entries = SealEntry.objects.filter(
        seal__organisation_id=seal.organisation_id, seal__sequence__lte=seal.sequence
    ).order_by("seal__sequence", "pk")
    last = {
        appeal: Head(number, sequence, head)
        for appeal, number, sequence, head in entries.values_list("appeal_id", "number", "sequence", "head")
    }
    return list(last.values())


def first_with(appeal: Appeal) -> Seal | None:
    """The last seal that knows this appeal's organisation, when the appeal is in it."""
    if not SealEntry.objects.filter(appeal=appeal).exists():
        return None
    return latest(appeal.organisation_id)


def _make(organisation: Unit, *, at: datetime) -> Seal | None:
    """The next seal, told to the outside addresses; None when another loop was faster or nothing has moved today."""
    try:
        with transaction.atomic():
            return _write(organisation, at=at)
    except IntegrityError:
        return None


def _write(organisation: Unit, *, at: datetime) -> Seal | None:
    before, on = latest(organisation.pk), facts.local_day(at)
    known = {head.number: head for head in heads_of(before)} if before is not None else {}
    now = list(_heads(organisation))
    moved = [(pk, head) for pk, head in now if known.get(head.number) != head]
    if before is not None and before.on == on and not moved:
        return None
    said = rules.statement(
        organisation=organisation.code,
        sequence=before.sequence + 1 if before is not None else 1,
        on=on.isoformat(),
        at=chain.moment(at),
        heads=[head for _, head in now],
        reads=_reads(organisation, since=before.made_at if before is not None else None, until=at),
        prev=before.digest if before is not None else rules.first_seal(organisation.code),
        skipped=gaps.of(organisation.pk),
    )
    sealed = signatures.sign(ring(), said)
    seal = Seal.objects.create(
        organisation=organisation,
        sequence=said["sequence"],
        on=on,
        made_at=at,
        statement=said,
        key=sealed["key_id"],
        signature=sealed["signature"],
        digest=rules.digest(said),
    )
    SealEntry.objects.bulk_create(_entries(seal, moved), batch_size=2000)
    _tell(seal, at=at)
    return seal


def _entries(seal: Seal, moved: Iterable[tuple[int, Head]]) -> list[SealEntry]:
    return [
        SealEntry(seal=seal, appeal_id=pk, number=head.number, sequence=head.sequence, head=head.digest)
        for pk, head in moved
    ]


def _heads(organisation: Unit) -> Iterable[tuple[int, Head]]:
    last = Event.objects.filter(appeal=OuterRef("pk")).order_by("-sequence")
    rows = (
        Appeal.objects.filter(organisation=organisation)
        .order_by("pk")
        .annotate(last=Subquery(last.values("sequence")[:1]), head=Subquery(last.values("digest")[:1]))
    )
    for pk, number, sequence, head in rows.values_list("pk", "number", "last", "head").iterator(chunk_size=5000):
        # A record that was emptied has no head; it is no reason to seal nothing.
        if sequence is not None:
            yield pk, Head(number, sequence, head)


def _reads(organisation: Unit, *, since: datetime | None, until: datetime) -> str:
    """The digest of who looked at this organisation's appeals between two seals."""
    rows = ReadRecord.objects.filter(appeal__organisation=organisation, at__lte=until)
    if since is not None:
        rows = rows.filter(at__gt=since)
    told = hashlib.sha256()
    for appeal, account, page, at in (
        rows.order_by("pk").values_list("appeal_id", "account_id", "page", "at").iterator()
    ):
        told.update(chain.canonical([appeal, account, page, chain.moment(at)]))
    return told.hexdigest()


def _tell(seal: Seal, *, at: datetime) -> None:
    """One letter for each outside address; none when the installation names none."""
    text = signatures.to_text(signed(seal))
    for place, address in enumerate(settings.SEAL_ADDRESSES, start=1):
        key = f"{LETTER}:{seal.organisation_id}:{seal.sequence}:{place}"
        post.tell(LETTER, key=key, at=at, data={"to": address, "text": text})
