from datetime import datetime

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.models import Appeal, Subject
from huying.appeals.steps import NotPossible, take
from huying.people import queries as people
from huying.people.models import Person, Unit
from huying.rules import conflicts
from huying.rules.actors import Actor
from huying.rules.enums import Action, SubjectStatus


@transaction.atomic
def name_subject(
    appeal: Appeal,
    *,
    subject: int | None = None,
    person: Person | None = None,
    unit: Unit | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Who is complained about is matched to the roster (确认被反映对象); the wall around them stands from now on.

    `subject` is the typed or proposed name that is matched; None adds one. Work in the hands of someone now in
    conflict leaves them at once; a matter about the head of a school is the county's.
    """
    row = _row(appeal, subject)
    row.status, row.person, row.unit = SubjectStatus.CONFIRMED, person, unit
    _require_one(person, unit)
    record = {
        "subject": subject,
        "person": person.pk if person else None,
        "unit": unit.pk if unit else None,
    }
    changes = _moved_away(appeal, row, at=at)
    taken = take(appeal, Action.NAME_SUBJECT, by=by, at=at, record=record, given={"matched": True}, changes=changes)
    row.save()
    notices.to_desk(appeal, "subject_named", of=taken, at=at)


def _require_one(person: Person | None, unit: Unit | None) -> None:
    if (person is None) == (unit is None):
        raise NotPossible("请从名册中选一个人或一个单位")


def _row(appeal: Appeal, subject: int | None) -> Subject:
    if subject is None:
        return Subject(appeal=appeal)
    row = Subject.objects.filter(appeal=appeal, pk=subject).first()
    if row is None:
        raise NotPossible("没有这个被反映对象")
    return row


def _moved_away(appeal: Appeal, row: Subject, *, at: datetime) -> dict[str, object]:
    """What must change hands now that this one is named."""
    fact = facts.subject_fact(row, on=facts.local_day(at))
    changes: dict[str, object] = {}
    if conflicts.leaves_the_school([fact], appeal.place.fact):
        county = people.county()
        if county is not None and county.pk != appeal.desk_id:
            changes["desk"] = county
    if facts.is_in_conflict(appeal, [fact], on=facts.local_day(at)):
        changes["in_charge"] = None
    return changes
