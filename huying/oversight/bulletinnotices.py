"""Who is told when a bulletin moves: whose step it is next, and, once it is out, the heads of the units below."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from huying.channels import post
from huying.oversight.models import Bulletin, BulletinRecord
from huying.people.models import Unit
from huying.rules.enums import BulletinAct, PostKind, UnitLevel
from huying.rules.permissions import HEAD_OF_LEVEL

A, P = BulletinAct, PostKind
NEXT: Final[dict[BulletinAct, tuple[str, bool]]] = {
    # (the notice, whether it is for whoever signs; otherwise it is the makers')
    A.DRAFT: ("bulletin_drafted", False),
    A.CHECK: ("bulletin_to_sign", True),
    A.SIGN: ("bulletin_to_issue", False),
    A.RETURN: ("bulletin_returned", False),
    A.REPLY: ("bulletin_replied", False),
}


def tell(bulletin: Bulletin, record: BulletinRecord, *, at: datetime) -> None:
    """The posts concerned have a letter each; doing the same twice leaves one."""
    for kind, unit, holder in _concerned(bulletin, BulletinAct(record.act)):
        key = f"bulletin.{bulletin.pk}.{record.sequence}:{kind}:{unit}.{holder}"
        about = {"bulletin": bulletin.pk}
        post.tell(kind, key=key, at=at, unit=unit, post=holder, number=bulletin.number, data=about)


def _concerned(bulletin: Bulletin, act: BulletinAct) -> Iterator[tuple[str, int, PostKind]]:
    """(notice, unit, post) of everybody to be told."""
    is_school = bulletin.unit.level == UnitLevel.SCHOOL
    if act in NEXT:
        kind, is_for_signers = NEXT[act]
        signer = P.PRINCIPAL if is_school else P.COUNTY_SUPERVISOR
        maker = P.DISPATCHER if is_school else P.COUNTY_DISPATCHER
        yield kind, bulletin.unit_id, signer if is_for_signers else maker
        if act is A.DRAFT and is_school:
            yield kind, bulletin.unit_id, P.INSPECTOR
    elif act is A.ISSUE:
        for below in _below(bulletin.unit):
            yield "bulletin_issued", below.pk, HEAD_OF_LEVEL[UnitLevel(below.level)]


def _below(unit: Unit) -> list[Unit]:
    """The units that answer to it: a school's own, or a county's schools."""
    rows = Unit.objects.filter(path__startswith=unit.path, is_active=True).exclude(pk=unit.pk)
    levels = (UnitLevel.GRADE, UnitLevel.OFFICE) if unit.level == UnitLevel.SCHOOL else (UnitLevel.SCHOOL,)
    return list(rows.filter(level__in=levels))
