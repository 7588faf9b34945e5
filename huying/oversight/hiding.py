"""Which appeals stay out of a figure, so that nobody learns from a count what the gate keeps from them."""

from datetime import date

from django.db.models import Q, QuerySet

from huying.appeals.models import Subject
from huying.people import queries as people
from huying.people.models import Post, Unit
from huying.rules.actors import Actor
from huying.rules.enums import PostKind, SubjectStatus, UnitLevel

HEADS = (PostKind.PRINCIPAL, PostKind.GRADE_HEAD, PostKind.OFFICE_HEAD, PostKind.CLASS_TEACHER)


def past(unit: Unit | None, *, on: date) -> QuerySet[Subject, int]:
    """The appeals that went past a unit: about itself or its head, or about what stands over it up to the school.

    They are the next tier's, and in none of the unit's own figures. Above the schools nothing goes past.
    """
    live = Subject.objects.exclude(status=SubjectStatus.DISMISSED).values_list("appeal_id", flat=True)
    if unit is None or UnitLevel(unit.level).tier > UnitLevel.SCHOOL.tier:
        return live.none()
    chain = people.ids_of(unit.path)
    over = Unit.objects.filter(pk__in=chain, level__in=[one for one in UnitLevel if one.tier <= UnitLevel.SCHOOL.tier])
    heads = Post.objects.filter(people.in_force(on), unit__in=over, kind__in=HEADS).values("person")
    return live.filter(Q(unit__in=over) | Q(person__in=heads))


def past_the_schools(*, on: date) -> QuerySet[Subject, int]:
    """The appeals that went past some school: about the school itself or whoever heads it."""
    heads = Post.objects.filter(people.in_force(on), kind=PostKind.PRINCIPAL).values("person")
    live = Subject.objects.exclude(status=SubjectStatus.DISMISSED)
    found = live.filter(Q(unit__level=UnitLevel.SCHOOL) | Q(person__in=heads))
    return found.values_list("appeal_id", flat=True)


def behind_walls(actor: Actor) -> QuerySet[Subject, int]:
    """The appeals that are kept from this reader."""
    live = Subject.objects.exclude(status=SubjectStatus.DISMISSED)
    return live.filter(Q(person_id__in=actor.walled_persons) | Q(unit_id__in=actor.own_units)).values_list(
        "appeal_id", flat=True
    )
