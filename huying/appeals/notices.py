"""Who is told of a step, and by which post. Letters carry a number and a kind, never a word of the case."""

from datetime import datetime
from typing import Any

from huying.appeals import facts
from huying.appeals.models import Appeal
from huying.appeals.steps import Taken
from huying.channels import post
from huying.people.models import Unit
from huying.rules.enums import AppealKind, PostKind, UnitLevel
from huying.rules.permissions import HEAD_OF_LEVEL


def to_desk(appeal: Appeal, kind: str, *, of: Taken, at: datetime) -> None:
    """The dispatcher who has it is told."""
    level = UnitLevel(appeal.desk.level)
    holder = PostKind.DISPATCHER if level.tier < UnitLevel.DISTRICT.tier else PostKind.COUNTY_DISPATCHER
    to_post(appeal, kind, unit=appeal.desk, holder=holder, of=of, at=at)


def to_lead(appeal: Appeal, kind: str, *, of: Taken, at: datetime) -> None:
    """The head of the lead unit is told; nobody, when there is no lead unit."""
    if appeal.lead_unit is not None:
        to_head(appeal, kind, unit=appeal.lead_unit, of=of, at=at)


def to_head(appeal: Appeal, kind: str, *, unit: Unit, of: Taken, at: datetime) -> None:
    """The head of a unit is told."""
    to_post(appeal, kind, unit=unit, holder=HEAD_OF_LEVEL[UnitLevel(unit.level)], of=of, at=at)


def to_post(appeal: Appeal, kind: str, *, unit: Unit, holder: PostKind, of: Taken, at: datetime) -> None:
    """Whoever holds this post in this unit when they look is told. Imported history tells nobody."""
    if not appeal.imported:
        post.tell(kind, key=_key(of, kind, f"{unit.pk}.{holder}"), at=at, unit=unit.pk, post=holder, **_about(appeal))


def to_person(appeal: Appeal, kind: str, *, person: int | None, of: Taken, at: datetime) -> None:
    """One person is told; nobody, when there is none."""
    if person is not None and not appeal.imported:
        post.tell(kind, key=_key(of, kind, f"p{person}"), at=at, person=person, **_about(appeal))


def to_worker(appeal: Appeal, kind: str, *, of: Taken, at: datetime) -> None:
    """The person in charge is told; while nobody is, the head of the lead unit."""
    if appeal.in_charge_id is not None:
        to_person(appeal, kind, person=appeal.in_charge_id, of=of, at=at)
    else:
        to_lead(appeal, kind, of=of, at=at)


def to_reviewer(appeal: Appeal, kind: str, *, of: Taken, at: datetime) -> None:
    """The head who reviews the answer is told."""
    reviewing = None if appeal.imported else facts.of(appeal, at=at).reviewing
    if reviewing is not None:
        unit, holder = reviewing, HEAD_OF_LEVEL[reviewing.level]
        post.tell(kind, key=_key(of, kind, f"{unit.id}.{holder}"), at=at, unit=unit.id, post=holder, **_about(appeal))


def to_readers(appeal: Appeal, kind: str, *, of: Taken, at: datetime) -> None:
    """Those who alone may read the words of a 举报 are told; nobody, where words are for all who see the matter."""
    if appeal.imported or (appeal.kind != AppealKind.REPORT and not appeal.unreviewed):
        return
    case = facts.of(appeal, at=at)
    for person in case.history.readers if case.is_sealed else ():
        if person != appeal.in_charge_id:
            to_person(appeal, kind, person=person, of=of, at=at)


def to_appellant(appeal: Appeal, kind: str, *, of: Taken, at: datetime, **data: Any) -> None:
    """The appellant finds the notice at the receipt."""
    if not appeal.imported:
        post.tell(kind, key=_key(of, kind, post.APPELLANT), at=at, post=post.APPELLANT, data=data, **_about(appeal))


def to_auditor(appeal: Appeal, kind: str, *, of: Taken, at: datetime) -> None:
    """The auditor of the desk's organisation is told, by number alone: auditors do not open cases."""
    if not appeal.imported:
        key = _key(of, kind, f"{appeal.desk_id}.{PostKind.AUDITOR}")
        post.tell(kind, key=key, at=at, unit=appeal.desk_id, post=PostKind.AUDITOR, number=appeal.number)


def _about(appeal: Appeal) -> dict[str, Any]:
    return {"appeal": appeal.pk, "number": appeal.number}


def _key(of: Taken, kind: str, to: str) -> str:
    return f"{of.event.digest[:24]}:{kind}:{to}"
