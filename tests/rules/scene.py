"""The cast as the rules know it: units and posts as plain facts, and an appeal to ask them about."""

from datetime import UTC, datetime
from typing import Any

from huying.rules.actors import Actor, PostFact
from huying.rules.case import CaseFacts, History, SubjectFact, UnitFact
from huying.rules.enums import (
    ActorKind,
    AppealKind,
    Flag,
    PostKind,
    PrivacyMode,
    State,
    SubjectStatus,
    UnitLevel,
)

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

COUNTY = UnitFact(1, "/1/", UnitLevel.COUNTY)
SCHOOL = UnitFact(2, "/1/2/", UnitLevel.SCHOOL)
GRADE = UnitFact(3, "/1/2/3/", UnitLevel.GRADE)
CLASS = UnitFact(4, "/1/2/3/4/", UnitLevel.CLASS)
OTHER_CLASS = UnitFact(5, "/1/2/3/5/", UnitLevel.CLASS)
OFFICE = UnitFact(6, "/1/2/6/", UnitLevel.OFFICE)
CENTRE = UnitFact(7, "/1/2/7/", UnitLevel.OFFICE)
OTHER_SCHOOL = UnitFact(8, "/1/8/", UnitLevel.SCHOOL)

# name: (person, where they work, post, unit of the post, who heads the units they work in)
POSTS = {
    "clerk": (11, CENTRE, PostKind.CLERK, SCHOOL, {17}),
    "dispatcher": (12, CENTRE, PostKind.DISPATCHER, SCHOOL, {17}),
    "teacher": (13, CLASS, PostKind.CLASS_TEACHER, CLASS, {14, 17}),
    "grade_head": (14, GRADE, PostKind.GRADE_HEAD, GRADE, {17}),
    "office_head": (15, OFFICE, PostKind.OFFICE_HEAD, OFFICE, {17}),
    "caller": (16, CENTRE, PostKind.CALLER, SCHOOL, {17}),
    "principal": (17, SCHOOL, PostKind.PRINCIPAL, SCHOOL, set()),
    "inspector": (18, SCHOOL, PostKind.INSPECTOR, SCHOOL, {17}),
    "auditor": (19, SCHOOL, PostKind.AUDITOR, SCHOOL, {17}),
    "other_teacher": (20, OTHER_CLASS, PostKind.CLASS_TEACHER, OTHER_CLASS, {14, 17}),
    "other_principal": (21, OTHER_SCHOOL, PostKind.PRINCIPAL, OTHER_SCHOOL, set()),
    "other_dispatcher": (22, OTHER_SCHOOL, PostKind.DISPATCHER, OTHER_SCHOOL, {21}),
    "county_dispatcher": (23, COUNTY, PostKind.COUNTY_DISPATCHER, COUNTY, set()),
    "county_supervisor": (24, COUNTY, PostKind.COUNTY_SUPERVISOR, COUNTY, set()),
    "county_caller": (25, COUNTY, PostKind.CALLER, COUNTY, set()),
    "system_admin": (26, COUNTY, PostKind.SYSTEM_ADMIN, COUNTY, set()),
    "security_admin": (27, COUNTY, PostKind.SECURITY_ADMIN, COUNTY, set()),
}


def someone(name: str) -> Actor:
    """One of the cast, in the post of the stories."""
    person, works_in, kind, held_in, superiors = POSTS[name]
    own = {int(part) for path in (works_in.path, held_in.path) for part in path.split("/")[2:] if part}
    return Actor(
        kind=ActorKind.STAFF,
        account=person + 100,
        person=person,
        name=name,
        posts=(PostFact(kind, held_in),),
        home=works_in,
        superiors=frozenset(superiors),
        own_units=frozenset(own),
    )


CAST = {name: someone(name) for name in POSTS}


def about(name: str, status: SubjectStatus = SubjectStatus.CONFIRMED) -> SubjectFact:
    """A Subject matched to one of the cast."""
    person, works_in, kind, held_in, _ = POSTS[name]
    heads = kind in (PostKind.CLASS_TEACHER, PostKind.GRADE_HEAD, PostKind.OFFICE_HEAD, PostKind.PRINCIPAL)
    headed = (held_in.path,) if heads else ()
    return SubjectFact(1, status, person=person, home=works_in.path, headed=headed)


def about_unit(unit: UnitFact) -> SubjectFact:
    """A Subject that is a unit."""
    return SubjectFact(2, SubjectStatus.CONFIRMED, unit=unit)


def case(state: State = State.HANDLING, *flags: Flag, past: dict[str, Any] | None = None, **fields: Any) -> CaseFacts:
    """An appeal of the school in the hands of the class teacher, unless told otherwise."""
    usual: dict[str, Any] = {
        "at": AT,
        "id": 1,
        "kind": AppealKind.HELP,
        "privacy": PrivacyMode.OPEN,
        "place": SCHOOL,
        "desk": SCHOOL,
        "lead": CLASS,
        "assisting": (),
        "in_charge": 13,
        "answering": CLASS,
        "reviewing": GRADE,
        "subjects": (),
        "open_items": frozenset(),
        "history": History(state=state, flags=frozenset(flags), **(past or {})),
    }
    return CaseFacts(**{**usual, **fields})
