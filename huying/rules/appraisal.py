"""Who leaves an order out of appraisal (剔除) and who answers a contested figure (考核申诉): domain §8.5, S24.

Two levels, first the school, then the county; never the same person twice, never a hand of the case, never who asked.
"""

from dataclasses import dataclass, field
from typing import Final

from huying.rules import permissions
from huying.rules.actors import Actor
from huying.rules.case import CaseFacts, UnitFact
from huying.rules.enums import PostKind, RequestStage, State, UnitLevel
from huying.rules.refusals import Refusal

P = PostKind
STATES: Final = (State.CALLBACK, State.CLOSED)
IN_SCHOOL: Final = (P.PRINCIPAL, P.INSPECTOR)
AT_COUNTY: Final = (P.COUNTY_DISPATCHER, P.COUNTY_SUPERVISOR)
ASKERS: Final = (*permissions.HEADS, P.DISPATCHER)
OPEN: Final = frozenset({RequestStage.ASKED, RequestStage.FIRST_GRANTED})


class NotYours(Refusal):
    """This person may not ask, or not decide; the text says why."""


class NotNow(Refusal):
    """There is nothing to ask or to decide here, or a word is missing."""


@dataclass(frozen=True)
class RequestFacts:
    """How far a request for exclusion has come, and by whom."""

    stage: RequestStage
    asked_by: int | None
    first_by: int | None = None


def asks(actor: Actor, case: CaseFacts) -> bool:
    """The head of the lead unit, who sees the appeal."""
    return permissions.sees(actor, case) and permissions.heads_it(actor, case)


def refuse_asking(actor: Actor, case: CaseFacts, *, reason: str, is_pending: bool) -> None:
    """Raises NotYours or NotNow unless this exclusion may be asked for."""
    if not asks(actor, case):
        raise NotYours("剔除由主办单位的负责人申请")
    if case.state not in STATES:
        raise NotNow("答复以后才能申请剔除")
    if not case.history.counted:
        raise NotNow("这件已经剔除")
    if is_pending:
        raise NotNow("这件已经有一份申请在等决定")
    if not reason.strip():
        raise NotNow("请写明理由和依据")


def decides(actor: Actor, case: CaseFacts, request: RequestFacts) -> bool:
    """Whether the next of the two decisions is this person's."""
    if request.stage not in OPEN or actor.person is None or not permissions.sees(actor, case):
        return False
    if actor.person in (request.asked_by, request.first_by) or actor.person in case.history.hands:
        return False
    return _second(actor, case) if request.stage is RequestStage.FIRST_GRANTED else _first(actor, case)


def _first(actor: Actor, case: CaseFacts) -> bool:
    """Somebody of the school who does not belong to the lead unit; else the county stands in (R3, R7)."""
    lead = case.lead.id if case.lead is not None else None
    in_school = [post for post in actor.holding(*IN_SCHOOL) if post.unit.holds(case.place.path)]
    return any(post.unit.id != lead for post in in_school) or _second(actor, case)


def _second(actor: Actor, case: CaseFacts) -> bool:
    return any(post.unit.holds(case.place.path) for post in actor.holding(*AT_COUNTY))


def refuse_deciding(actor: Actor, case: CaseFacts, request: RequestFacts, *, reason: str) -> None:
    """Raises NotYours or NotNow unless this decision may be taken."""
    if request.stage not in OPEN:
        raise NotNow("这份申请已经决定过")
    if actor.person is not None and actor.person == request.first_by:
        raise NotYours("两级要由两个人决定，第一级是您决定的")
    if not decides(actor, case, request):
        raise NotYours("这份申请不由您决定")
    if not reason.strip():
        raise NotNow("请写明理由")


@dataclass(frozen=True)
class ObjectionFacts:
    """A contested figure: of which unit, asked by whom, and who set what it stands on."""

    stage: RequestStage
    unit: UnitFact
    asked_by: int | None
    setters: frozenset[int] = field(default_factory=frozenset)


def objects(actor: Actor, unit: UnitFact) -> bool:
    """A head of the unit, or the dispatcher of the school, for the figures of that unit."""
    heads = permissions.heads(actor, unit)
    return heads or any(post.unit.id == unit.id for post in actor.holding(P.DISPATCHER))


def decides_objection(actor: Actor, facts: ObjectionFacts) -> bool:
    """Somebody of a tier above the unit who neither asked nor set the figure. The county decides on schools; on what
    stands in a school, its principal or inspector, or the county."""
    if facts.stage is not RequestStage.ASKED or actor.person is None:
        return False
    if actor.person == facts.asked_by or actor.person in facts.setters:
        return False
    is_school = facts.unit.level.tier >= UnitLevel.SCHOOL.tier
    kinds = AT_COUNTY if is_school else (*IN_SCHOOL, *AT_COUNTY)
    return any(post.unit.holds(facts.unit.path) and post.unit.id != facts.unit.id for post in actor.holding(*kinds))


def refuse_objection(actor: Actor, facts: ObjectionFacts, *, reason: str) -> None:
    """Raises NotYours or NotNow unless this objection may be decided by this person."""
    if facts.stage is not RequestStage.ASKED:
        raise NotNow("这份申诉已经决定过")
    if not decides_objection(actor, facts):
        raise NotYours("申诉由没有定过这个数的上一级决定")
    if not reason.strip():
        raise NotNow("请写明理由")
