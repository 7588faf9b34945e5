"""Who is walled off (domain §7.1; 信访工作条例 28, 30). Beats the tier rule; asked on every action and every read."""

from collections.abc import Iterable

from huying.rules.actors import Actor
from huying.rules.case import CaseFacts, SubjectFact, UnitFact
from huying.rules.enums import UnitLevel

BELOW_SCHOOL = (UnitLevel.CLASS, UnitLevel.GRADE, UnitLevel.OFFICE)


def is_walled(actor: Actor, subjects: Iterable[SubjectFact]) -> bool:
    """Whether the actor may know nothing of an appeal about these: it is about them, about someone who heads a unit
    they work in, or about such a unit."""
    return any(
        one.is_live
        and (
            (one.person is not None and one.person in actor.walled_persons)
            or (one.unit is not None and one.unit.id in actor.own_units)
        )
        for one in subjects
    )


def is_near(unit: UnitFact, subjects: Iterable[SubjectFact]) -> bool:
    """Whether a unit may not handle, review or call back: a Subject heads it or a unit above it, or works in it
    (class, 级部 and 处室 only), or it is the Subject or stands below it."""
    return any(one.is_live and _touches(unit, one) for one in subjects)


def _touches(unit: UnitFact, one: SubjectFact) -> bool:
    if one.unit is not None and one.unit.holds(unit.path):
        return True
    if any(unit.path.startswith(path) for path in one.headed):
        return True
    return unit.level in BELOW_SCHOOL and bool(one.home) and unit.holds(one.home)


def holds_back(facts: CaseFacts) -> bool:
    """Whether nothing may go down yet: a name was typed or proposed and nobody has matched or dismissed it."""
    return any(one.is_open for one in facts.subjects)


def leaves_the_school(subjects: Iterable[SubjectFact], school: UnitFact) -> bool:
    """Whether the matter is the county's: it is about the school itself or about a person who heads it."""
    return any(
        one.is_live and ((one.unit is not None and one.unit.holds(school.path)) or school.path in one.headed)
        for one in subjects
    )


def mentioned(text: str, roster: Iterable[tuple[int, str]]) -> frozenset[int]:
    """Persons of the roster whose whole name stands in the text."""
    return frozenset(person for person, name in roster if len(name) > 1 and name in text)


def named(text: str, roster: Iterable[tuple[int, str]]) -> frozenset[int]:
    """Persons a typed name may mean: the whole name, or the surname before a title (王老师)."""
    people = list(roster)
    whole = mentioned(text, people)
    if whole:
        return whole
    titled = [text[at - 1] for title in TITLES if (at := text.find(title)) > 0]
    return frozenset(person for person, name in people if name[:1] in titled)


TITLES = ("老师", "主任", "校长", "班主任")
