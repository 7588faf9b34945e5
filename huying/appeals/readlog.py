"""The read log as its auditor reads it: who opened what, when and what for.

An appeal is a number there, nothing more.
"""

from datetime import datetime

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from huying.appeals.models import Event, ReadRecord, Subject
from huying.people.models import Person, Unit
from huying.rules.actors import Actor
from huying.rules.enums import Action, PostKind, SubjectStatus

UNMASKING = (
    Action.REQUEST_UNMASK,
    Action.APPROVE_UNMASK,
    Action.REJECT_UNMASK,
    Action.UNMASK,
    Action.NAME_READER,
    Action.READ_ORIGINAL,
)


def reads(actor: Actor, *, person: str = "", number: str = "") -> QuerySet[ReadRecord]:
    """Every opening in the organisations this auditor looks after, by person or by number if asked."""
    rows = ReadRecord.objects.filter(_in_care(actor)).exclude(_behind_a_wall(actor))
    return _asked(rows, "account__person__name", person, number).select_related("account__person", "appeal")


def views(actor: Actor, *, person: str = "", number: str = "") -> QuerySet[Event]:
    """Every request, permission and view of an identity there, and every reader and opening of a 举报."""
    rows = Event.objects.filter(_in_care(actor), action__in=UNMASKING).exclude(_behind_a_wall(actor))
    named = Person.objects.filter(pk=OuterRef("reader_key")).values("name")
    found = _asked(rows, "person__name", person, number).select_related("person", "appeal")
    key = Cast(KeyTextTransform("reader", "data"), BigIntegerField())
    return found.alias(reader_key=key).annotate(reader_named=Subquery(named[:1]))


def record_search(actor: Actor, *, words: str, at: datetime) -> None:
    """Auditors are recorded too: looking for one appeal in the log is an opening of it."""
    if words and actor.account is not None:
        found = reads(actor, number=words).values_list("appeal", flat=True).distinct()[:20]
        rows = [ReadRecord(appeal_id=pk, account_id=actor.account, page="audit", at=at) for pk in found]
        ReadRecord.objects.bulk_create(rows)


def _in_care(actor: Actor) -> Q:
    care = Q(pk__in=[])
    for post in actor.holding(PostKind.AUDITOR):
        # What went up to the county is the county's, and unknown in the school.
        under = Unit.objects.filter(path__startswith=post.unit.path).values("pk")
        care |= Q(appeal__desk__in=under)
    return care


def _behind_a_wall(actor: Actor) -> Exists:
    live = Subject.objects.filter(appeal=OuterRef("appeal")).exclude(status=SubjectStatus.DISMISSED)
    return Exists(live.filter(Q(person_id__in=actor.walled_persons) | Q(unit_id__in=actor.own_units)))


def _asked(rows: QuerySet, name: str, person: str, number: str) -> QuerySet:
    if person:
        rows = rows.filter(**{f"{name}__icontains": person})
    return rows.filter(appeal__number__iexact=number) if number else rows
