"""Which head acts where a post is empty or walled off, as conditions for queries; `facts` says the same of one case."""

from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from huying.appeals.models import Subject
from huying.people import queries as people
from huying.people.models import Post
from huying.rules import conflicts, permissions
from huying.rules.case import UnitFact
from huying.rules.enums import SubjectStatus, UnitLevel


def free(heads: QuerySet[Post], *, on: date) -> QuerySet[Post]:
    """Of these heads (asked about in a subquery of an appeal) those whom its Subjects do not wall off."""
    live = Subject.objects.filter(appeal=OuterRef(OuterRef("pk"))).exclude(status=SubjectStatus.DISMISSED)
    named = live.exclude(person=None).values("person")
    # A whole school is not walled off by one who works in it: only class, 级部 and 处室 are.
    inside = live.filter(person__unit__path__startswith=OuterRef("unit__path"))
    is_small = Q(unit__level__in=conflicts.BELOW_SCHOOL)
    return heads.exclude(Q(person__in=named) | Q(Exists(_over(live, on=on))) | (is_small & Q(Exists(inside))))


def _over(live: QuerySet[Subject], *, on: date) -> QuerySet[Subject]:
    """Subjects that are the head's unit, or head it or one above it."""
    asked = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    asked_outside = ExpressionWrapper(OuterRef(OuterRef("unit__path")), output_field=CharField())
    held = Post.objects.alias(asked=asked_outside).filter(
        people.in_force(on), person=OuterRef("person"), kind__in=permissions.HEADS, asked__startswith=F("unit__path")
    )
    return live.alias(asked=asked).filter(Q(asked__startswith=F("unit__path")) | Q(Exists(held)))


def not_near(unit: UnitFact, *, on: date) -> Q:
    """Whether a unit is not walled off; the county decides whatever nobody else is free to decide."""
    if unit.level is UnitLevel.COUNTY:
        return Q()
    live = Subject.objects.filter(appeal=OuterRef("pk")).exclude(status=SubjectStatus.DISMISSED)
    over = people.ids_of(unit.path)
    heads = Post.objects.filter(people.in_force(on), kind__in=permissions.HEADS, unit__in=over).values("person")
    near = Q(unit__in=over) | Q(person__in=heads)
    if unit.level in conflicts.BELOW_SCHOOL:
        near |= Q(person__unit__path__startswith=unit.path)
    return ~Exists(live.filter(near))
