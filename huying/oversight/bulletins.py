"""Reading bulletins: which ones somebody may know of, one as it is printed, and whether what was issued still holds."""

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from huying.oversight import bulletinbook, bulletinfacts
from huying.oversight.models import Bulletin
from huying.papers.bulletin import kept
from huying.papers.bulletin.facts import BulletinFacts, ChangedFigure, Correction, Standing
from huying.people import keys
from huying.people.models import Unit
from huying.rules import bulletins as rules
from huying.rules.actors import Actor
from huying.rules.enums import BulletinAct, BulletinStage, PostKind
from huying.rules.periods import Period
from huying.rules.workdays import local_day
from huying.vault import signatures
from huying.vault.signatures import SignatureWrong

OUT = (BulletinStage.ISSUED, BulletinStage.ARCHIVED)


class NoSuchBulletin(Exception):
    """There is no such bulletin for this person: the same answer whether it exists or not."""


def visible_to(actor: Actor) -> QuerySet[Bulletin]:
    """Drafts of the units this person makes bulletins for, and what was issued around the units they have a post in."""
    sight = Q(pk__in=[])
    for post in actor.posts:
        if post.kind in rules.WATCHERS:
            sight |= Q(unit__path__startswith=post.unit.path)
        above = [int(part) for part in post.unit.path.split("/") if part]
        sight |= Q(unit__in=above, stage__in=OUT)
    return Bulletin.objects.filter(sight).select_related("unit", "signer", "corrects")


def get_for(actor: Actor, pk: int) -> Bulletin:
    """One bulletin this person may read; `NoSuchBulletin` otherwise."""
    found = visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NoSuchBulletin
    return found


def acts_for(actor: Actor, bulletin: Bulletin) -> list[BulletinAct]:
    """What this person may do to it now."""
    fact = bulletinbook.fact_of(bulletin)
    return [act for act in rules.TABLE if rules.may(actor, act, fact)]


def units_for(actor: Actor, *, posts: tuple[PostKind, ...] = rules.MAKERS) -> list[Unit]:
    """The units whose bulletins this person may draft, or that they hold one of these posts over: counties, schools."""
    under = Q(pk__in=[])
    for post in actor.holding(*posts):
        under |= Q(path__startswith=post.unit.path)
    levels = ("school", "district", "county")
    return list(Unit.objects.filter(under, level__in=levels, is_active=True).order_by("path"))


def of_month(unit: Unit, period: Period) -> Bulletin | None:
    """The bulletin of a period that counts: the newest that was issued, else the draft."""
    rows = Bulletin.objects.filter(unit=unit, since=period.since, until=period.until).order_by("-pk")
    return rows.filter(stage__in=OUT).first() or rows.first()


def facts_of(bulletin: Bulletin) -> BulletinFacts:
    """What is printed: the frozen figures with the words people wrote."""
    words = bulletin.words
    lines = {name: tuple(words.get(name, ())) for name in ("overview", "good", "tasks", "remarks", "copies_to")}
    is_out = bulletin.stage in OUT
    return replace(
        kept.opened(bulletin.facts),
        **lines,
        standing=Standing.ISSUED if is_out else Standing.DRAFT,
        addressee="".join(words.get("addressee", ())),
        number=bulletin.number,
        issued_on=local_day(bulletin.issued_at) if bulletin.issued_at is not None else None,
        signer=bulletin.signer.name if bulletin.signer is not None else "",
        printed_by=bulletin.unit.name if is_out else "",
        seal=_seal(bulletin),
        correction=correction(bulletin),
    )


def unkept(unit: Unit, period: Period, *, on: date, at: datetime) -> BulletinFacts:
    """What a draft would say now. Nothing is written."""
    facts = bulletinfacts.of(unit, period, on=on, at=at)
    return replace(facts, addressee="".join(bulletinfacts.suggested(facts)["addressee"]))


def _seal(bulletin: Bulletin) -> str:
    said = bulletin.statement
    if said is None:
        return ""
    return f"由本系统封存密钥 {said['key_id']} 签名，签名前八位 {said['signature'][:8]}"


def correction(bulletin: Bulletin) -> Correction | None:
    """The older issue that this one replaces, with every figure that reads otherwise."""
    old = bulletin.corrects
    if old is None or old.issued_at is None:
        return None
    was, now = kept.opened(old.facts), kept.opened(bulletin.facts)
    before = {one.code: one.said for one in was.indicators} | {one.code: one.said for one in was.counters}
    changes = tuple(
        ChangedFigure(one.name, before.get(one.code, "—"), one.said, "重新取数")
        for one in (*now.indicators, *now.counters)
        if before.get(one.code) != one.said
    )
    return Correction(old.number, local_day(old.issued_at), old.digest, changes)


def is_whole(bulletin: Bulletin) -> bool:
    """Whether an issued bulletin says what was signed when it was issued."""
    said = bulletin.statement
    if bulletin.stage not in OUT or said is None:
        return bulletin.stage not in OUT
    try:
        statement = signatures.verify(said, keys=signatures.public_keys(keys.ring()))
    except SignatureWrong:
        return False
    return statement == bulletinbook.statement(bulletin, at=statement["at"], seal=statement["seal"])


def broken() -> list[Bulletin]:
    """The issued bulletins that were changed afterwards."""
    rows = Bulletin.objects.filter(stage__in=OUT).select_related("unit", "corrects").order_by("pk")
    return [one for one in rows if not is_whole(one)]
