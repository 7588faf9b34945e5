"""What a roster would change: compared with the people, units and posts there are, before anything is written."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from huying.appeals.arrangements.posts import FARTHEST, KINDS
from huying.appeals.arrangements.units import BELOW
from huying.people.models import Person, Post, Unit
from huying.people.roster import HEADS, Fault, Row, Sheet, plain
from huying.rules.accounts import ADMINISTRATORS
from huying.rules.actors import Actor
from huying.rules.enums import PostKind, UnitLevel
from huying.rules.labels import label
from huying.rules.workdays import local_day

P, L = PostKind, UnitLevel
LEVEL_OF_POST = {P.CLASS_TEACHER: L.CLASS, P.GRADE_HEAD: L.GRADE, P.OFFICE_HEAD: L.OFFICE}
LEVEL_BY_NAME = (
    (re.compile(r"班\Z"), L.CLASS),
    (re.compile(r"(级部|年级|年级组)\Z"), L.GRADE),
    (re.compile(r"(处|室|中心|科|办公室|组)\Z"), L.OFFICE),
)
YEAR = re.compile(r"[一二三四五六七八九十初高]+[一二三]?年?级?")


@dataclass(frozen=True)
class NewUnit:
    """A unit that the roster names and that does not stand yet."""

    name: str
    level: UnitLevel
    parent: "Unit | NewUnit"
    line: int = field(compare=False)

    pk: int | None = field(default=None, init=False, compare=False)


Place = Unit | NewUnit


@dataclass(frozen=True)
class NewPerson:
    """Somebody who is not on the roster yet."""

    number: str
    name: str
    unit: Place
    email: str
    line: int


@dataclass(frozen=True)
class Changed:
    """Somebody who is: what stands differently, as (field, before, after)."""

    person: Person
    line: int
    name: str
    unit: Place
    email: str
    number: str

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        person = self.person
        pairs = (
            ("name", person.name, self.name),
            ("unit", person.unit.name, self.unit.name),
            ("number", person.staff_number, self.number),
            ("email", person.email, self.email),
        )
        return [(name, before, after) for name, before, after in pairs if before != after]


@dataclass(frozen=True)
class Begin:
    """A post that begins; `number` says whose."""

    number: str
    name: str
    kind: PostKind
    unit: Place
    on: date
    until: date | None
    line: int


@dataclass(frozen=True)
class End:
    """A post that gets another last day."""

    post: Post
    last_day: date
    line: int


@dataclass
class Plan:
    """All that would change, and what stands in the way."""

    place: Unit
    units: list[NewUnit] = field(default_factory=list)
    people: list[NewPerson] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    begun: list[Begin] = field(default_factory=list)
    ended: list[End] = field(default_factory=list)
    unchanged: int = 0
    gone_posts: list[Post] = field(default_factory=list)
    gone_people: list[Person] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    known: dict[str, Person] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        """Whether the file says what stands already."""
        return not (self.units or self.people or self.changed or self.begun or self.ended)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, by code word."""
        return {
            "new_units": len(self.units),
            "new_people": len(self.people),
            "changed_people": len(self.changed),
            "posts_begun": len(self.begun),
            "posts_ended": len(self.ended),
            "unchanged": self.unchanged,
            "posts_not_in_file": len(self.gone_posts),
            "people_not_in_file": len(self.gone_people),
            "faults": len(self.faults),
        }


def units_of(place: Unit) -> list[Unit]:
    """The open units whose people one roster lists: a school's own; of a centre, without the schools below it."""
    rows = list(Unit.objects.filter(path__startswith=place.path, is_active=True).select_related("parent"))
    if place.level == L.SCHOOL:
        return rows
    others = [one.path for one in rows if one.pk != place.pk and one.level in (L.SCHOOL, L.DISTRICT, L.COUNTY)]
    return [one for one in rows if not any(one.path.startswith(path) for path in others)]


def plan(sheet: Sheet, *, place: Unit, by: Actor, at: datetime) -> Plan:
    """What this sheet would change in this organisation."""
    return _Planner(place, by=by, on=local_day(at)).plan(sheet)


class Impossible(ValueError):
    """A row asks for what cannot be."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column = column


class _Planner:
    """What is known of the organisation, read once, and the plan as it grows."""

    def __init__(self, place: Unit, *, by: Actor, on: date) -> None:
        self.place, self.by, self.on = place, by, on
        units = units_of(place)
        self.units: dict[str, list[Place]] = defaultdict(list)
        for unit in units:
            self.units[plain(unit.name)].append(unit)
        self.by_code = {unit.code.lower(): unit for unit in units}
        staff = Person.objects.filter(unit__in=units, is_active=True).select_related("unit", "account")
        self.staff = {one.pk: one for one in staff}
        self.posts: dict[int, list[Post]] = defaultdict(list)
        for post in Post.objects.filter(person__in=list(self.staff)).select_related("unit", "person"):
            self.posts[post.person_id].append(post)
        self.result = Plan(place)
        self.kept: set[int] = set()

    def plan(self, sheet: Sheet) -> Plan:
        self.result.faults = list(sheet.faults)
        self._match(sheet.rows)
        seen: dict[tuple[str, str, PostKind | None], int] = {}
        met: dict[str, Row] = {}
        for row in sheet.rows:
            try:
                self._once(row, seen, met)
                self._one(row, is_first=met[row.number] is row)
            except Impossible as wrong:
                self.result.faults.append(Fault(row.line, HEADS[wrong.column], str(wrong)))
        self._gone({row.number.lower() for row in sheet.rows})
        self.result.faults.sort(key=lambda one: one.line)
        return self.result

    def _match(self, rows: Iterable[Row]) -> None:
        """Who of the roster each number is: by staff number, else by login, else by a name that only one bears."""
        numbers = {one.staff_number.lower(): one for one in self.staff.values() if one.staff_number}
        logins = {one.account.login.lower(): one for one in self.staff.values() if hasattr(one, "account")}
        wanted: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            wanted[row.name].add(row.number.lower())
            found = numbers.get(row.number.lower()) or logins.get(row.number.lower())
            if found is not None:
                self.result.known[row.number] = found
        taken = {one.pk for one in self.result.known.values()}
        bare = defaultdict(list)
        for one in self.staff.values():
            if not one.staff_number and one.pk not in taken:
                bare[plain(one.name)].append(one)
        for row in rows:
            alike = bare.get(row.name, [])
            if row.number not in self.result.known and len(alike) == 1 and len(wanted[row.name]) == 1:
                self.result.known[row.number] = alike[0]

    def _once(self, row: Row, seen: dict[tuple[str, str, PostKind | None], int], met: dict[str, Row]) -> None:
        first = met.setdefault(row.number, row)
        if first.name != row.name:
            words = _("同一个工号在第 %(line)d 行是另一个姓名：%(name)s")
            raise Impossible("number", words % {"line": first.line, "name": first.name})
        key = (row.number, row.unit, row.post)
        if key in seen and row.starts is None:
            raise Impossible("number", _("和第 %(line)d 行重复，请删掉一行") % {"line": seen[key]})
        seen.setdefault(key, row.line)

    def _one(self, row: Row, *, is_first: bool) -> None:
        unit = self._unit(row)
        person = self.result.known.get(row.number)
        said = len(self.result.begun) + len(self.result.ended)
        if row.post is not None:
            self._post(row, person, unit)
        told = self._person(row, person, unit) if is_first else False
        if isinstance(unit, NewUnit):
            self._foresee(unit)
        if not told and said == len(self.result.begun) + len(self.result.ended):
            self.result.unchanged += 1

    def _person(self, row: Row, person: Person | None, unit: Place) -> bool:
        """True when the row changes who stands on the roster, and how."""
        if person is None:
            self.result.people.append(NewPerson(row.number, row.name, unit, row.email, row.line))
            return True
        number = person.staff_number or row.number
        found = Changed(person, row.line, row.name, unit, row.email or person.email, number)
        if not found.lines:
            return False
        self.result.changed.append(found)
        return True

    def _post(self, row: Row, person: Person | None, unit: Place) -> None:
        kind = row.post
        assert kind is not None
        held_in = self._held_in(kind, unit)
        held = self.posts[person.pk] if person is not None else []
        if kind in ADMINISTRATORS:
            if any(post.kind == kind and post.unit_id == held_in.pk for post in held):
                return
            raise Impossible("post", _("系统管理员、安全管理员、审计员不用表格任，请到“岗位”里定"))
        match = self._same(row, [p for p in held if p.kind == kind and isinstance(held_in, Unit) and p.unit == held_in])
        if match is not None:
            self._until(row, match)
            return
        if person is not None and person.pk == self.by.person:
            raise Impossible("post", _("不能给自己任岗，请另一位管理员来办"))
        on = row.starts or self.on
        if row.ends is not None and row.ends < on:
            raise Impossible("ends", _("这一天已经过了。要补记以前的岗位，请写上从哪天"))
        if on > self.on + FARTHEST:
            raise Impossible("starts", _("离现在太远，最多提前 %(days)d 天") % {"days": FARTHEST.days})
        if any(post.kind in ADMINISTRATORS and _overlaps(post, on, row.ends) for post in held):
            raise Impossible("post", _("系统管理员、安全管理员、审计员不能兼别的岗位，也不能互相兼"))
        self.result.begun.append(Begin(row.number, row.name, kind, held_in, on, row.ends, row.line))

    def _same(self, row: Row, held: list[Post]) -> Post | None:
        """The post of the roster that a row means: of the same first day, else one held at that time."""
        exact = [post for post in held if post.starts_on == row.starts]
        near = [post for post in held if _overlaps(post, row.starts or self.on, row.ends)]
        if row.starts is None and row.ends is not None and not near:
            near = [post for post in held if post.ends_on == row.ends]
        return next(iter(exact or near), None)

    def _until(self, row: Row, post: Post) -> None:
        """A blank last day leaves the post as it is; the first day of a post that has begun is never rewritten."""
        self.kept.add(post.pk)
        if row.ends is None or row.ends == post.ends_on:
            return
        if row.ends < post.starts_on:
            raise Impossible("ends", _("这个岗位是 %(day)s 才开始的") % {"day": post.starts_on.isoformat()})
        self.result.ended.append(End(post, row.ends, row.line))

    def _held_in(self, kind: PostKind, unit: Place) -> Place:
        """A desk's post is held in the school, wherever its holder sits."""
        if kind in KINDS[L(unit.level)]:
            return unit
        if kind in KINDS[L(self.place.level)]:
            return self.place
        raise Impossible("post", _("这个岗位不设在“%(unit)s”") % {"unit": unit.name})

    def _unit(self, row: Row) -> Place:
        *above, name = [part for part in row.unit.split("/") if part] or [row.unit]
        if not above and row.unit.lower() in self.by_code:
            return self.by_code[row.unit.lower()]
        parent = self._parent(above, row)
        found = [one for one in self.units[name] if parent is None or _parent_of(one) == parent]
        if len(found) > 1:
            words = _("有 %(n)d 个单位叫“%(name)s”，请写成：上级/%(name)s")
            raise Impossible("unit", words % {"n": len(found), "name": name})
        return found[0] if found else self._new_unit(row, name, parent)

    def _parent(self, above: list[str], row: Row) -> Place | None:
        if not above:
            return None
        found = self.units[above[-1]]
        if len(found) == 1:
            return found[0]
        level = _level_of(above[-1], None)
        if found or level is None or level not in BELOW[L(self.place.level)]:
            raise Impossible("unit", _("找不到上级单位“%(name)s”") % {"name": above[-1]})
        return NewUnit(above[-1], level, self.place, row.line)

    def _new_unit(self, row: Row, name: str, parent: Place | None) -> NewUnit:
        level = _level_of(name, row.post)
        if parent is None:
            parent = self._grade_of(name) if level is L.CLASS else self.place
        if level is None or level not in BELOW[L(parent.level)]:
            words = _("没有这个单位：%(name)s。请核对名称，或先到“单位”里加上")
            raise Impossible("unit", words % {"name": name[:40]})
        if len(name) > 80:
            raise Impossible("unit", _("单位名称太长"))
        return NewUnit(name, level, parent, row.line)

    def _grade_of(self, name: str) -> Place:
        """三年级5班 stands under the one 级部 whose name begins as it does, else under the school."""
        began = YEAR.match(name)
        if began is None:
            return self.place
        grades = [one for key, some in self.units.items() for one in some if key.startswith(began[0])]
        found = [one for one in grades if one.level == L.GRADE]
        return found[0] if len(found) == 1 else self.place

    def _foresee(self, unit: NewUnit) -> None:
        if isinstance(unit.parent, NewUnit):
            self._foresee(unit.parent)
        if unit not in self.result.units:
            self.result.units.append(unit)
            self.units[unit.name].append(unit)

    def _gone(self, numbers: set[str]) -> None:
        """Who and which posts are no longer in the file. Those who administer are never let go by a sheet."""
        there = {one.pk for number, one in self.result.known.items() if number.lower() in numbers}
        for person in self.staff.values():
            held = [post for post in self.posts[person.pk] if post.ends_on is None or post.ends_on >= self.on]
            if person.pk == self.by.person or any(post.kind in ADMINISTRATORS for post in held):
                continue
            if person.pk not in there:
                self.result.gone_people.append(person)
                continue
            begun = [post for post in held if post.starts_on <= self.on and post.pk not in self.kept]
            self.result.gone_posts += [post for post in begun if post.ends_on is None]


def _overlaps(post: Post, starts: date, ends: date | None) -> bool:
    return (post.ends_on is None or post.ends_on >= starts) and (ends is None or post.starts_on <= ends)


def _parent_of(one: Place) -> Place | None:
    return one.parent


def _level_of(name: str, post: PostKind | None) -> UnitLevel | None:
    if post in LEVEL_OF_POST:
        return LEVEL_OF_POST[post]
    return next((level for sign, level in LEVEL_BY_NAME if sign.search(name)), None)


def listed(place: Unit, *, on: date) -> list[tuple[object, ...]]:
    """The roster as it stands, one row a post, in the columns of the sheet."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    staff = list(
        Person.objects.filter(unit__in=units_of(place), is_active=True).select_related("unit__parent", "account")
    )
    posts: dict[int, list[Post]] = defaultdict(list)
    for post in (
        Post.objects.filter(lasting, person__in=staff).exclude(kind__in=ADMINISTRATORS).select_related("unit__parent")
    ):
        posts[post.person_id].append(post)
    return [line for person in staff for line in _listed(person, posts[person.pk])]


def _listed(person: Person, posts: list[Post]) -> list[tuple[object, ...]]:
    """The unit somebody works in comes first: the first row says where that is."""
    account = getattr(person, "account", None)
    number = person.staff_number or (account.login if account is not None else "")
    own = [post for post in posts if _is_from(person.unit, post)]
    rows: list[tuple[object, ...]] = []
    for post in own + [post for post in posts if post not in own]:
        unit = person.unit if post in own else post.unit
        said = (_name_of(unit), label(PostKind(post.kind)), post.starts_on, post.ends_on)
        rows.append((person.name, number, *said, person.email))
    bare = (person.name, number, _name_of(person.unit), "", None, None, person.email)
    return rows if own else [bare, *rows]


def _is_from(unit: Unit, post: Post) -> bool:
    """Whether a row with this unit is understood as this post."""
    if post.unit_id == unit.pk:
        return True
    return post.kind not in KINDS[L(unit.level)] and unit.path.startswith(post.unit.path)


def _name_of(unit: Unit) -> str:
    alike = Unit.objects.filter(name=unit.name, is_active=True).exclude(pk=unit.pk)
    return f"{unit.parent.name}/{unit.name}" if unit.parent is not None and alike.exists() else unit.name
