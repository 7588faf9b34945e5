"""To whom an appeal goes first, and why (小事不出班、大事不出校; conflict and red line beat the ladder)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huying.rules import conflicts
from huying.rules.case import SubjectFact, UnitFact
from huying.rules.enums import AppealKind, UnitLevel


@dataclass(frozen=True)
class RoutingRuleFact:
    """One dated line: a topic (None: every topic) starts at a tier, or goes to a named office of the school; other
    offices help (协办)."""

    id: int
    topic: str | None
    kind: AppealKind | None
    starts_at: UnitLevel
    office: UnitFact | None
    school: int | None
    valid_from: date
    valid_to: date | None = None
    assisting: tuple[UnitFact, ...] = ()


@dataclass(frozen=True)
class Matter:
    """What the rules of routing need to know of an appeal."""

    topic: str
    kind: AppealKind
    is_safety: bool
    subjects: tuple[SubjectFact, ...]
    school: UnitFact
    grade: UnitFact | None = None
    klass: UnitFact | None = None


@dataclass(frozen=True)
class Suggestion:
    """A unit, the reason in words, and who helps; `unit` None means that a person has to choose."""

    unit: UnitFact | None
    reason: str
    rule: int | None = None
    assisting: tuple[UnitFact, ...] = ()


def rule_for(matter: Matter, rules: Sequence[RoutingRuleFact], *, on: date) -> RoutingRuleFact | None:
    """The most special rule in force: the own school's before the county's, topic and kind before neither."""
    fitting = [
        rule
        for rule in rules
        if rule.valid_from <= on
        and (rule.valid_to is None or on <= rule.valid_to)
        and rule.topic in (None, matter.topic)
        and rule.kind in (None, matter.kind)
        and rule.school in (None, matter.school.id)
    ]
    return max(fitting, key=_weight, default=None)


def _weight(rule: RoutingRuleFact) -> tuple[bool, bool, bool, date, int]:
    return (rule.school is not None, rule.topic is not None, rule.kind is not None, rule.valid_from, rule.id)


def suggest(matter: Matter, rules: Sequence[RoutingRuleFact], *, county: UnitFact, on: date) -> Suggestion:
    """The lowest fitting unit that the conflict wall and the red line allow, and the reason in words."""
    if conflicts.leaves_the_school(matter.subjects, matter.school):
        return Suggestion(county, "涉及学校或校长，由县教育惠民服务中心办理")
    rule = rule_for(matter, rules, on=on)
    start = _start(matter, rule)
    ladder = [unit for unit in _ladder(matter, rule) if unit.level.tier >= start.tier]
    for step, unit in enumerate(ladder):
        if not conflicts.is_near(unit, matter.subjects):
            reason = _reason(matter, rule, moved=step > 0)
            return Suggestion(unit, reason, rule.id if rule else None, _assisting(matter, rule, lead=unit))
    return Suggestion(county, "学校里合适的单位都要回避，由上一级办理", rule.id if rule else None)


def _start(matter: Matter, rule: RoutingRuleFact | None) -> UnitLevel:
    if matter.is_safety:
        return UnitLevel.SCHOOL
    start = rule.starts_at if rule else UnitLevel.CLASS
    # A complaint about someone never starts in a class: it would be judged by the nearest colleague.
    if matter.subjects and start is UnitLevel.CLASS:
        return UnitLevel.GRADE
    return start


def _ladder(matter: Matter, rule: RoutingRuleFact | None) -> list[UnitFact]:
    office = rule.office if rule else None
    middle = office or matter.grade
    lower = None if office else matter.klass
    return [unit for unit in (lower, middle, matter.school) if unit is not None]


def _assisting(matter: Matter, rule: RoutingRuleFact | None, *, lead: UnitFact) -> tuple[UnitFact, ...]:
    """Who helps by this rule: never the lead itself, and nobody near a person complained about."""
    named = rule.assisting if rule else ()
    return tuple(one for one in named if one.id != lead.id and not conflicts.is_near(one, matter.subjects))


def _reason(matter: Matter, rule: RoutingRuleFact | None, *, moved: bool) -> str:
    if matter.is_safety:
        return "红线事项，班级和级部以上办理"
    if moved:
        return "原来的单位要回避，已改到合适的单位；回避检查通过"
    if matter.subjects:
        return "提到了教职工，不由本班级部办理；回避检查通过"
    return "按分办规则，从最近的一级办起；没有提到教职工，回避检查通过"
