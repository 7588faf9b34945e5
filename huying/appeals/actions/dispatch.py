from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.models import Appeal, AssistingUnit
from huying.appeals.steps import NotPossible, Words, take
from huying.people.models import Unit
from huying.rules import conflicts, permissions
from huying.rules.actors import Actor
from huying.rules.case import CaseFacts
from huying.rules.enums import Action, Flag, TextKind, UnitLevel


@transaction.atomic
def dispatch(
    appeal: Appeal,
    *,
    lead: Unit,
    assisting: Sequence[Unit] = (),
    summary: str = "",
    reason: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """The appeal lies with one lead unit (主办) and any assisting units (协办), to be signed for.

    A dispatch by the tier above after two approved returns is a ruling: the unit may not decline. Sent again, the
    clock goes on.
    """
    case = facts.of(appeal, at=at)
    near = any(conflicts.is_near(unit.fact, case.subjects) for unit in (lead, *assisting))
    is_ruling = permissions.is_ruling(by, case)
    if not permissions.at_the_desk(by, case) and not by.is_machine:
        _require_own_unit(case, lead)
    taken = take(
        appeal,
        Action.DISPATCH,
        by=by,
        at=at,
        reason=reason,
        record={"assisting": [unit.pk for unit in assisting], "is_ruling": is_ruling, "level": lead.level},
        given={
            "conflict": near,
            "summary": summary or _has_summary(appeal),
            "by_a_reader": not summary or by.is_machine or permissions.is_reader(by, case),
            "set_flags": [Flag.DESIGNATED] if is_ruling else [],
        },
        changes={"lead_unit": lead, "in_charge": None, "desk": _desk(appeal, lead, is_ruling=is_ruling)},
        words=[Words(TextKind.SUMMARY, summary)] if summary else [],
    )
    _set_assisting(appeal, assisting)
    notices.to_lead(appeal, "dispatched", of=taken, at=at)
    for unit in assisting:
        notices.to_head(appeal, "asked_to_assist", unit=unit, of=taken, at=at)
    notices.to_appellant(appeal, "dispatched", of=taken, at=at)


def _require_own_unit(case: CaseFacts, lead: Unit) -> None:
    """A head passes work down inside the own unit, nowhere else."""
    if case.lead is None or not case.lead.holds(lead.path) or case.lead.id == lead.pk:
        raise NotPossible("只能派给本单位下面的班级")


def _desk(appeal: Appeal, lead: Unit, *, is_ruling: bool) -> Unit:
    """What the county sends to a school is the school's to pass on, unless the county ruled who handles it."""
    sent_down = lead.level == UnitLevel.SCHOOL and UnitLevel(appeal.desk.level).tier > UnitLevel.SCHOOL.tier
    return lead if sent_down and not is_ruling else appeal.desk


def _has_summary(appeal: Appeal) -> bool:
    return appeal.texts.filter(kind=TextKind.SUMMARY).exists()


def _set_assisting(appeal: Appeal, units: Sequence[Unit]) -> None:
    ids = [unit.pk for unit in units]
    AssistingUnit.objects.filter(appeal=appeal).exclude(unit__in=ids).update(is_current=False)
    for unit in units:
        AssistingUnit.objects.update_or_create(appeal=appeal, unit=unit, defaults={"is_current": True})
