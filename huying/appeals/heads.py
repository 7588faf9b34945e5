"""Which head acts where a post is empty or its holder walled off (R7): of one case, and as conditions for queries."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from huying.appeals.models import Subject
from huying.people import queries as people
from huying.people.models import Post
from huying.rules import conflicts, permissions
from huying.rules.case import SubjectFact, UnitFact
from huying.rules.enums import SubjectStatus, UnitLevel

UP_TO_SCHOOL = tuple(level for level in UnitLevel if level.tier <= UnitLevel.SCHOOL.tier)


def acting(
    units: Sequence[UnitFact],
    branch: people.Branch,
    subjects: Iterable[SubjectFact],
    *,
    on: date,
    without: int | None = None,
) -> UnitFact | None:
    """The first of the units whose head is free, other than the person `without`; the last one when none is: it stops
    nowhere below."""
    live = [one for one in subjects if one.is_live]
    for unit in units:
        heads = branch.heads.get(unit.id, frozenset()) - {without}
        if heads and not conflicts.is_near(unit, live) and _is_one_free(heads, live, on=on):
            return unit
    return units[-1] if units else None


def _is_one_free(heads: Iterable[int], live: Sequence[SubjectFact], *, on: date) -> bool:
    # Whoever heads one unit may teach in another: the wall goes by all that they hold.
    return not live or any(not conflicts.is_walled(actor, live) for actor in people.actors_as(heads, on=on))


def free(heads: QuerySet[Post], *, on: date) -> QuerySet[Post]:
    """Of these heads (asked about in a subquery of an appeal) those whom its Subjects do not wall off."""
    live = Subject.objects.filter(appeal=OuterRef(OuterRef("pk"))).exclude(status=SubjectStatus.DISMISSED)
    named = live.exclude(person=None).values("person")
    # A whole school is not walled off by one who works in it: only class, 级部 and 处室 are.
    inside = live.filter(person__unit__path__startswith=OuterRef("unit__path"))
    is_small = Q(unit__level__in=conflicts.BELOW_SCHOOL)
    walled = Q(person__in=named) | Q(Exists(_over(live, on=on))) | Q(Exists(_around(live, on=on)))
    return heads.exclude(walled | (is_small & Q(Exists(inside))))


def _over(live: QuerySet[Subject], *, on: date) -> QuerySet[Subject]:
    """Subjects that are the head's unit, or head it or one above it."""
    asked = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    asked_outside = ExpressionWrapper(OuterRef(OuterRef("unit__path")), output_field=CharField())
    held = Post.objects.alias(asked=asked_outside).filter(
        people.in_force(on), person=OuterRef("person"), kind__in=permissions.HEADS, asked__startswith=F("unit__path")
    )
    return live.alias(asked=asked).filter(Q(asked__startswith=F("unit__path")) | Q(Exists(held)))


def _around(live: QuerySet[Subject], *, on: date) -> QuerySet[Subject]:
    """Subjects that are a unit in which the head works too, or that head one, unless the head stands over that one."""
    home = ExpressionWrapper(OuterRef("person__unit__path"), output_field=CharField())
    works = Q(home__startswith=F("unit__path")) | Q(Exists(_held_in(OuterRef("unit__path"), depth=2, on=on)))
    superior = (
        Post.objects.filter(people.in_force(on), person=OuterRef("person"), kind__in=permissions.HEADS)
        .filter(unit__level__in=UP_TO_SCHOOL)
        .alias(home=ExpressionWrapper(OuterRef(OuterRef("person__unit__path")), output_field=CharField()))
        .filter(Q(home__startswith=F("unit__path")) | Q(Exists(_held_in(OuterRef("unit__path"), depth=3, on=on))))
        .exclude(Exists(_held_over(OuterRef("unit__path"), depth=3, on=on)))
    )
    return live.alias(home=home).filter(works | Q(Exists(superior)))


def _held_in(path: OuterRef, *, depth: int, on: date) -> QuerySet[Post]:
    """Posts in the unit at this path or below it, of the head who is asked about so many queries outside."""
    return _held(depth, on=on).filter(unit__path__startswith=path)


def _held_over(path: OuterRef, *, depth: int, on: date) -> QuerySet[Post]:
    """Posts of that head over a unit that stands above this path."""
    below = ExpressionWrapper(path, output_field=CharField())
    over = _held(depth, on=on).filter(kind__in=permissions.HEADS).alias(below=below)
    return over.filter(below__startswith=F("unit__path")).exclude(unit__path=F("below"))


def _held(depth: int, *, on: date) -> QuerySet[Post]:
    who = OuterRef("person")
    for _query in range(depth - 1):
        who = OuterRef(who)
    return Post.objects.filter(people.in_force(on), person=who)


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
