"""Units, people and posts as administrators see them: closed ones, past and coming appointments too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from huying.people.models import Person, Post, Unit
from huying.people.queries import in_force
from huying.rules import permissions
from huying.rules.enums import UnitLevel


@dataclass(frozen=True)
class Place:
    """A unit in the tree, how deep it stands, and who heads it."""

    unit: Unit
    depth: int
    heads: str


def _under(paths: Iterable[str], column: str) -> Q:
    found = Q(pk__in=())
    for path in paths:
        found |= Q(**{f"{column}__startswith": path})
    return found


def units(paths: Iterable[str]) -> QuerySet[Unit]:
    """All units at these paths and below, closed ones too."""
    return Unit.objects.filter(_under(paths, "path")).select_related("parent")


def tree(paths: Iterable[str], *, on: date) -> list[Place]:
    """The same as a tree: sisters in their order, each with its heads of that day."""
    rows = list(units(paths))
    heads: dict[int, list[str]] = {}
    held = Post.objects.filter(in_force(on), unit__in=rows).select_related("person", "unit")
    for post in held:
        if post.kind == permissions.HEAD_OF_LEVEL[UnitLevel(post.unit.level)]:
            heads.setdefault(post.unit_id, []).append(post.person.name)
    known = {row.pk for row in rows}
    below: dict[int | None, list[Unit]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    found: list[Place] = []
    _walk(None, below, heads, 0, found)
    return found


def _walk(
    top: int | None, below: dict[int | None, list[Unit]], heads: dict[int, list[str]], depth: int, found: list[Place]
) -> None:
    for unit in sorted(below.get(top, ()), key=lambda one: (not one.is_active, one.position, one.pk)):
        found.append(Place(unit, depth, "、".join(heads.get(unit.pk, ()))))
        _walk(unit.pk, below, heads, depth + 1, found)


def posts(paths: Iterable[str], *, on: date, past: bool = False) -> QuerySet[Post]:
    """Posts held on that day or later under these paths; with `past` those that have ended."""
    when = Q(ends_on__lt=on) if past else Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    rows = Post.objects.filter(_under(paths, "unit__path"), when).select_related("person", "unit", "unit__parent")
    return rows.order_by("unit__path", "kind", "starts_on", "id")


def post(pk: int, *, paths: Iterable[str]) -> Post | None:
    """One post under these paths, or None."""
    rows = Post.objects.filter(_under(paths, "unit__path"), pk=pk)
    return rows.select_related("person", "unit").first()


def staff(paths: Iterable[str]) -> QuerySet[Person]:
    """Everyone who works under these paths."""
    return Person.objects.filter(_under(paths, "unit__path"), is_active=True).select_related("unit")
