"""Reading the room: who someone is today, who heads what, and where things stand in the tree."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, ExpressionWrapper, F, Q, QuerySet

from huying.people.models import Account, Person, Post, SignIn, Unit
from huying.people.prepared import Prepared, PreparedObjects
from huying.rules import permissions
from huying.rules.accounts import ADMINISTRATORS
from huying.rules.actors import Actor, PostFact
from huying.rules.case import UnitFact
from huying.rules.enums import ActorKind, PostKind, UnitLevel


@dataclass(frozen=True)
class Branch:
    """Some units and who heads each today: what routing, review and walls ask about."""

    units: dict[int, UnitFact]
    heads: dict[int, frozenset[int]]

    def up_from(self, path: str) -> list[UnitFact]:
        """The unit at `path` and those above it, lowest first, as far as they are in this branch."""
        return [self.units[pk] for pk in reversed(ids_of(path)) if pk in self.units]


def ids_of(path: str) -> list[int]:
    """The ids in a path, from the top down."""
    return [int(part) for part in path.split("/") if part]


def in_force(on: date) -> Q:
    """Posts held on that day."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def actor_of(account: Account, *, on: date) -> Actor:
    """The actor behind a sign-in, with the posts of that day; without posts when the account or person is closed."""
    person = account.person
    if not (account.is_active and person.is_active):
        return Actor(kind=ActorKind.STAFF, account=account.pk, person=person.pk, name=person.name)
    return _actor(account.pk, person, _posts_around(person, on=on))


def actor_as(person: Person, *, on: date) -> Actor:
    """The actor a person is with the posts of that day, whether or not they have a sign-in."""
    return _actor(None, person, _posts_around(person, on=on))


def actors_as(persons: Iterable[int], *, on: date) -> list[Actor]:
    """The actors these persons are with the posts of that day."""
    return [actor_as(one, on=on) for one in Person.objects.filter(pk__in=persons).select_related("unit")]


def _posts_around(person: Person, *, on: date) -> list[Post]:
    """The posts of a person, and of the heads of the units they work in."""
    above = ids_of(person.unit.path)
    held = _POSTS.all(on, person.pk, *above)
    mine = {pk for post in held if post.person_id == person.pk for pk in ids_of(post.unit.path)}
    # Hardly anybody holds a post outside the branch they work in: only for them is asked twice.
    elsewhere = mine.difference(above)
    if not elsewhere:
        return held
    heads = Post.objects.filter(in_force(on), unit_id__in=elsewhere, kind__in=permissions.HEADS)
    return [*held, *heads.exclude(person=person).select_related("unit")]


_POSTS = PreparedObjects(
    Post,
    lambda on, person, *above: (
        Post.objects.filter(in_force(on))
        .filter(Q(person_id=person) | Q(unit_id__in=above, kind__in=permissions.HEADS))
        .select_related("unit")
    ),
)


def _actor(account: int | None, person: Person, posts: list[Post]) -> Actor:
    own = tuple(PostFact(PostKind(post.kind), post.unit.fact) for post in posts if post.person_id == person.pk)
    worked_in = [person.unit.path, *(post.unit.path for post in own)]
    headed = [post.unit.path for post in own if post.kind is permissions.HEAD_OF_LEVEL[post.unit.level]]
    superiors = frozenset(
        post.person_id
        for post in posts
        if post.person_id != person.pk
        and post.unit.fact.level.tier <= UnitLevel.SCHOOL.tier
        and any(path.startswith(post.unit.path) for path in worked_in)
        # A principal who also teaches a class stands over the head of its grade, not under.
        and not any(_is_below(post.unit.path, path) for path in headed)
    )
    return Actor(
        kind=ActorKind.STAFF,
        account=account,
        person=person.pk,
        name=person.name,
        posts=own,
        home=person.unit.fact,
        superiors=superiors,
        own_units=_own_units(worked_in),
    )


def _is_below(path: str, of: str) -> bool:
    return path != of and path.startswith(of)


def _own_units(paths: Iterable[str]) -> frozenset[int]:
    """Units whose being complained about walls a person off: where they work or hold a post, up to the school."""
    ids: set[int] = set()
    for path in paths:
        ids.update(ids_of(path)[1:])
    return frozenset(ids)


def branch(paths: Iterable[str], *, on: date) -> Branch:
    """The units on these paths, all the way up, with today's heads of each."""
    wanted = {pk for path in paths for pk in ids_of(path)}
    if not wanted:
        return Branch({}, {})
    units: dict[int, UnitFact] = {}
    heads: dict[int, set[int]] = defaultdict(set)
    for pk, path, level, kind, person, starts, ends in _BRANCH.rows(*sorted(wanted)):
        units[pk] = UnitFact(id=pk, path=path, level=UnitLevel(level))
        held = kind == permissions.HEAD_OF_LEVEL[UnitLevel(level)] and starts <= on and (ends is None or ends >= on)
        if held:
            heads[pk].add(person)
    return Branch(units, {pk: frozenset(some) for pk, some in heads.items()})


_BRANCH = Prepared(
    lambda *units: Unit.objects.filter(pk__in=units).values_list(
        "id", "path", "level", "posts__kind", "posts__person_id", "posts__starts_on", "posts__ends_on"
    )
)


def account(pk: int) -> Account | None:
    """The sign-in with this key, its second factor, its person and the units above that person; None when there is
    none."""
    return _ACCOUNT.first(pk)


_ACCOUNT = PreparedObjects(
    Account,
    lambda pk: Account.objects.select_related("person__unit__parent__parent__parent", "second_factor").filter(pk=pk),
)


def workplace(person: Person) -> tuple[str, str]:
    """Names of the school (or centre) a person works in and of their own unit; the second is empty when it is one."""
    own = top = person.unit
    while top.parent is not None and UnitLevel(top.level).tier < UnitLevel.SCHOOL.tier:
        top = top.parent
    return top.name, "" if top.pk == own.pk else own.name


def sign_ins_of(account: Account, *, at: datetime) -> QuerySet[SignIn]:
    """Where this account is signed in just now, the latest use first."""
    return SignIn.objects.filter(account=account, expire_date__gt=at).order_by("-seen_at")


def headed_by(persons: Iterable[int], *, on: date) -> dict[int, tuple[str, ...]]:
    """Person → paths of the units they head on that day."""
    found: dict[int, list[str]] = defaultdict(list)
    posts = Post.objects.filter(in_force(on), person__in=set(persons), kind__in=permissions.HEADS)
    for person, path in posts.values_list("person_id", "unit__path"):
        found[person].append(path)
    return {person: tuple(paths) for person, paths in found.items()}


def closer_heads(*, below: UnitFact, unit_path: Any, on: date, itself: bool = True) -> QuerySet[Post]:
    """For a subquery: posts of heads that stand between a unit (whose path is the expression `unit_path`) and the
    unit `below`, without the latter; with `itself` false without the first either."""
    between = (
        Post.objects.filter(in_force(on), kind__in=permissions.HEADS, unit__path__startswith=below.path)
        .exclude(unit_id=below.id)
        .alias(asked=ExpressionWrapper(unit_path, output_field=CharField()))
        .filter(asked__startswith=F("unit__path"))
    )
    return between if itself else between.exclude(unit__path=F("asked"))


def units_under(path: str) -> QuerySet[Unit]:
    """Units at this path and below it, in the order of the tree."""
    return Unit.objects.filter(path__startswith=path, is_active=True)


def classes_of(school: Unit) -> list[tuple[int, str]]:
    """(key, name) of the classes of a school that are open, in the order of the tree."""
    return _CLASSES.rows(school.path)


_CLASSES = Prepared(
    lambda path: Unit.objects.filter(path__startswith=path, level=UnitLevel.CLASS, is_active=True).values_list(
        "id", "name"
    )
)


def schools() -> QuerySet[Unit]:
    """The schools that are open."""
    return Unit.objects.filter(level=UnitLevel.SCHOOL, is_active=True).order_by("position", "id")


def county() -> Unit | None:
    """The centre above the schools; None before the organisation is set up."""
    return _COUNTY.first()


_COUNTY = PreparedObjects(Unit, lambda: Unit.objects.filter(level=UnitLevel.COUNTY).order_by("id")[:1])


def has_organisation() -> bool:
    """Whether any unit stands; asks for no column, so that a database of an older version can answer."""
    return Unit.objects.exists()


def unit_by_code(code: str) -> Unit | None:
    """The open unit with this code, or None."""
    # PostgreSQL refuses to be asked about NUL, which no code holds.
    return None if "\0" in code else _BY_CODE.first(code)


_BY_CODE = PreparedObjects(Unit, lambda code: Unit.objects.filter(code=code, is_active=True))


def unit(pk: int) -> Unit:
    """One unit; `Unit.DoesNotExist` when there is none."""
    return Unit.objects.get(pk=pk)


def person(pk: int) -> Person:
    """One person of the roster with their unit; `Person.DoesNotExist` when there is none."""
    return Person.objects.select_related("unit").get(pk=pk)


def units_within_reach(place: Unit, *, is_county: bool) -> QuerySet[Unit]:
    """Where a desk may send an appeal: the school's own units; from the county the schools and the centre too."""
    reach = Q(path__startswith=place.path)
    if is_county:
        reach |= Q(level__in=(UnitLevel.SCHOOL, UnitLevel.COUNTY)) | Q(parent__level=UnitLevel.COUNTY)
    return Unit.objects.filter(reach, is_active=True)


def units_above(path: str) -> QuerySet[Unit]:
    """The units on a path, from the top down to itself."""
    return Unit.objects.filter(pk__in=ids_of(path))


def school_of(unit: Unit) -> Unit | None:
    """The school a unit belongs to (itself, if it is one); None above the schools."""
    return Unit.objects.filter(pk__in=ids_of(unit.path), level=UnitLevel.SCHOOL).first()


def class_ladder(klass: Unit | None) -> tuple[Unit | None, Unit | None]:
    """A class and its 级部: (class, grade), either None when unknown."""
    if klass is None:
        return None, None
    if klass.level == UnitLevel.GRADE:
        return None, klass
    grade = klass.parent if klass.parent is not None and klass.parent.level == UnitLevel.GRADE else None
    return klass, grade


def roster_of(path: str) -> QuerySet[Person]:
    """Everyone who works in the units at and below a path."""
    return Person.objects.filter(unit__path__startswith=path, is_active=True).select_related("unit")


def holders(*, unit: int, kind: str, on: date) -> QuerySet[Person]:
    """Who holds a kind of post in a unit on a day."""
    return Person.objects.filter(
        pk__in=Post.objects.filter(in_force(on), unit_id=unit, kind=kind).values("person"), is_active=True
    )


def holding_over(path: str, *, kinds: Iterable[PostKind], on: date) -> QuerySet[Person]:
    """Who holds one of these posts on that day in the unit at this path or in one above it."""
    posts = Post.objects.filter(in_force(on), unit__in=ids_of(path), kind__in=[*kinds])
    return Person.objects.filter(pk__in=posts.values("person"), is_active=True).select_related("unit").order_by("pk")


def persons_named(ids: Iterable[int]) -> dict[int, str]:
    """Names of persons by key."""
    wanted = [*ids]
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def unit_facts(ids: Iterable[int]) -> list[UnitFact]:
    """The places of these units in the tree."""
    return [unit.fact for unit in Unit.objects.filter(pk__in=list(ids))]


def unit_names(ids: Iterable[int]) -> dict[int, str]:
    """Unit → its name."""
    return dict(Unit.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


@dataclass(frozen=True)
class UnitLine:
    """A unit as the set-up page shows it, with how many posts are held in it."""

    name: str
    code: str
    level: UnitLevel
    held: int


def tree(*, on: date) -> list[UnitLine]:
    """Every open unit in the order of the tree."""
    posts = Post.objects.filter(in_force(on)).values("unit").annotate(held=Count("pk")).values_list("unit", "held")
    held = dict(posts)
    units = Unit.objects.filter(is_active=True).order_by("path")
    return [UnitLine(unit.name, unit.code, UnitLevel(unit.level), held.get(unit.pk, 0)) for unit in units]


def schools_without(kind: PostKind, *, on: date) -> list[str]:
    """Names of the open schools in which nobody holds this post on that day."""
    held = Post.objects.filter(in_force(on), kind=kind, person__is_active=True).values("unit")
    return list(schools().exclude(pk__in=held).values_list("name", flat=True))


def accounts() -> QuerySet[Account]:
    """All sign-ins that are open."""
    return Account.objects.filter(is_active=True, person__is_active=True)


def double_administrators(*, on: date) -> list[str]:
    """Names of those who watch over what they do themselves: who hold two of the three administrators' posts."""
    held = Post.objects.filter(in_force(on), kind__in=ADMINISTRATORS, person__is_active=True)
    several = held.values("person").annotate(kinds=Count("kind", distinct=True)).filter(kinds__gt=1).values("person")
    return list(Person.objects.filter(pk__in=several).order_by("pk").values_list("name", flat=True))
