"""责任追究 as one table (domain §8.4; 信访工作条例 44–46): opened on a finding, served, heard, proposed, decided by
another, objected to, carried out, closed. Nothing happens by itself, and nobody is held to account unheard.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from huying.rules.actors import Actor
from huying.rules.case import UnitFact
from huying.rules.enums import DutyAct, DutyFinding, DutyMeasure, DutyStage, PostKind, UnitLevel
from huying.rules.refusals import Refusal

S, A, P = DutyStage, DutyAct, PostKind
OPENERS: Final = (P.INSPECTOR, P.COUNTY_DISPATCHER, P.COUNTY_SUPERVISOR)
DECIDERS: Final = (P.PRINCIPAL, P.COUNTY_SUPERVISOR)
KEEPERS: Final = (*OPENERS, P.PRINCIPAL)
UNDECIDED: Final = frozenset({S.OPENED, S.SERVED, S.HEARD, S.PROPOSED})
OVER: Final = frozenset({S.CLOSED, S.DROPPED})
# As many characters of the appellant's own words in a row are a quotation.
LONGEST_SHARED: Final = 8


class NotYours(Refusal):
    """This person may not take this step; the text says why."""


class NotNow(Refusal):
    """The case is not where this step can be taken, or something the step needs is missing."""


@dataclass(frozen=True)
class Listed:
    """A line of a dated list, and the rule behind it."""

    word: Any
    source: str
    valid_from: date
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


SINCE: Final = date(2022, 5, 1)
PETITION: Final = "《信访工作条例》第四十四至四十六条"
WEIFANG: Final = "《潍坊市政务服务热线条例》第二十六、三十三、三十五条"
OWN: Final = "本系统默认（设）"
FINDINGS: Final[tuple[Listed, ...]] = (
    Listed(DutyFinding.NOT_REGISTERING, PETITION, SINCE),
    Listed(DutyFinding.NOT_TELLING, PETITION, SINCE),
    Listed(DutyFinding.DELAY, PETITION, SINCE),
    Listed(DutyFinding.REFUSING_RECEIPT, WEIFANG, SINCE),
    Listed(DutyFinding.FALSE_CLOSURE, WEIFANG, SINCE),
    Listed(DutyFinding.FALSIFICATION, WEIFANG, SINCE),
    Listed(DutyFinding.LEAK, WEIFANG, SINCE),
    Listed(DutyFinding.RETALIATION, WEIFANG, SINCE),
    Listed(DutyFinding.CONCEALMENT, "《未成年人保护法》第十一条", SINCE),
)
# From the mildest to the hardest: which of two is harder is said by this order.
MEASURES: Final[tuple[Listed, ...]] = (
    Listed(DutyMeasure.NONE, OWN, SINCE),
    Listed(DutyMeasure.REMINDER, OWN, SINCE),
    Listed(DutyMeasure.TALK, PETITION, SINCE),
    Listed(DutyMeasure.WRITTEN, OWN, SINCE),
    Listed(DutyMeasure.CIRCULAR, PETITION, SINCE),
    Listed(DutyMeasure.TRANSFER, PETITION, SINCE),
)


def in_force(rows: tuple[Listed, ...], *, on: date) -> tuple[Any, ...]:
    """The words of a dated list that hold on that day, in its order."""
    return tuple(row.word for row in rows if row.holds(on))


def rank(measure: DutyMeasure) -> int:
    """How hard a measure is; 0 is none at all."""
    return [row.word for row in MEASURES].index(measure)


@dataclass(frozen=True)
class DutyFacts:
    """What the rules know of a case: whom it is about and where they work, and who did what so far.

    `cited` are the others whose own acts are among the events behind it: whoever had a hand in those does not judge.
    """

    at: datetime
    stage: DutyStage | None
    person: int
    home: UnitFact
    is_head_of_school: bool = False
    opened_by: int | None = None
    proposed_by: int | None = None
    proposed: DutyMeasure | None = None
    decided_by: int | None = None
    decided: DutyMeasure | None = None
    decided_tier: int = 0
    heard_by_term: datetime | None = None
    objection_until: datetime | None = None
    has_objected: bool = False
    took_part: frozenset[int] = field(default_factory=frozenset)
    cited: frozenset[int] = field(default_factory=frozenset)


Given = Mapping[str, Any]
Check = Callable[[DutyFacts, Given], bool]
Who = Callable[[Actor, DutyFacts], bool]


@dataclass(frozen=True)
class Guard:
    """A condition of a step, and the words a person reads when it does not hold."""

    says: str
    holds: Check


@dataclass(frozen=True)
class Row:
    """One line of the table. `target` None keeps the stage."""

    act: DutyAct
    sources: frozenset[DutyStage]
    target: DutyStage | None
    who: Who
    guards: tuple[Guard, ...] = ()


def covers(actor: Actor, facts: DutyFacts, *kinds: PostKind) -> bool:
    """Whether a post of these kinds is held over the unit the person works in; a head is not judged from below or from
    beside: who heads a school is the county's."""
    return any(
        post.unit.holds(facts.home.path)
        and (not facts.is_head_of_school or post.unit.level.tier > UnitLevel.SCHOOL.tier)
        for post in actor.holding(*kinds)
    )


def is_apart(actor: Actor, facts: DutyFacts) -> bool:
    """Neither the person nor anybody whom the person heads."""
    return actor.is_staff and actor.person is not None and facts.person not in actor.walled_persons


def opens(actor: Actor, facts: DutyFacts) -> bool:
    """The school's inspector or the county, apart from the person."""
    return is_apart(actor, facts) and covers(actor, facts, *OPENERS)


def keeps(actor: Actor, facts: DutyFacts) -> bool:
    """Who may read it: those who open and those who decide."""
    return is_apart(actor, facts) and covers(actor, facts, *KEEPERS)


def the_person(actor: Actor, facts: DutyFacts) -> bool:
    """Whoever it is about."""
    return actor.is_staff and actor.person == facts.person


def the_person_or_keeper(actor: Actor, facts: DutyFacts) -> bool:
    """The person writes it; or it is taken down for them by who keeps the case."""
    return the_person(actor, facts) or opens(actor, facts)


def decides(actor: Actor, facts: DutyFacts) -> bool:
    """The principal, or the county for whoever heads a school; never who opened or proposed it, nor a hand in it."""
    had_a_part = actor.person in (facts.opened_by, facts.proposed_by, *facts.cited)
    return is_apart(actor, facts) and not had_a_part and covers(actor, facts, *DECIDERS)


def decides_objection(actor: Actor, facts: DutyFacts) -> bool:
    """A tier above the one that decided. Nobody stands above the county in the house: there it is another person, who
    has had no part in it."""
    if not is_apart(actor, facts) or actor.person in facts.took_part | facts.cited:
        return False
    least = min(facts.decided_tier + 1, UnitLevel.COUNTY.tier)
    posts = [post for post in actor.holding(P.COUNTY_SUPERVISOR) if post.unit.holds(facts.home.path)]
    return any(post.unit.level.tier >= least for post in posts)


def drops(actor: Actor, facts: DutyFacts) -> bool:
    return opens(actor, facts) or decides(actor, facts)


def _said(name: str) -> Check:
    return lambda facts, given: bool(str(given.get(name) or "").strip())


def _is_harder(given: Given, than: DutyMeasure) -> bool:
    return rank(DutyMeasure(given["measure"])) > rank(than)


REASON = Guard("请写明理由", _said("reason"))
FACTS_FOUND = Guard("请写查明的事实，送达以后本人要看", _said("found"))
FINDING = Guard("请选查明的问题", lambda facts, given: given.get("finding") in set(DutyFinding))
EVENTS_CHOSEN = Guard("请从记录里选出依据", lambda facts, given: bool(given.get("events")))
NO_QUOTATION = Guard("写的事实里带了诉求的编号或原话，请改成自己的话", lambda facts, given: not given.get("quotes"))
STATEMENT = Guard("请写陈述", _said("statement"))
TERM_PASSED = Guard(
    "陈述的期限还没有过，本人没有表示放弃",
    lambda facts, given: (
        bool(given.get("by_the_person")) or (facts.heard_by_term is not None and facts.at > facts.heard_by_term)
    ),
)
MEASURE = Guard("请选处理方式", lambda facts, given: given.get("measure") in set(DutyMeasure))
MILDER_FIRST = Guard(
    "比提醒重的处理，要写明轻一些的为什么不够",
    lambda facts, given: (
        given.get("measure") not in set(DutyMeasure)
        or not _is_harder(given, DutyMeasure.REMINDER)
        or bool(str(given.get("why_harder") or "").strip())
    ),
)
NOT_HARDER_THAN_PROPOSED = Guard(
    "决定不能比建议更重；要更重，先退回重新听取陈述",
    lambda facts, given: (
        given.get("measure") not in set(DutyMeasure) or facts.proposed is None or not _is_harder(given, facts.proposed)
    ),
)
NOT_HARDER_THAN_DECIDED = Guard(
    "申诉不能加重处理",
    lambda facts, given: (
        given.get("measure") not in set(DutyMeasure) or facts.decided is None or not _is_harder(given, facts.decided)
    ),
)
WITHIN_TERM = Guard(
    "已过申诉期限", lambda facts, given: facts.objection_until is not None and facts.at <= facts.objection_until
)
ONCE = Guard("已经申诉过一次", lambda facts, given: not facts.has_objected)
NO_MORE_OBJECTION = Guard(
    "申诉期限还没有过",
    lambda facts, given: facts.has_objected or (facts.objection_until is not None and facts.at > facts.objection_until),
)

TABLE: Final[tuple[Row, ...]] = (
    Row(A.SERVE, frozenset({S.OPENED}), S.SERVED, opens),
    Row(A.STATE, frozenset({S.SERVED}), S.HEARD, the_person_or_keeper, (STATEMENT,)),
    Row(A.WAIVE, frozenset({S.SERVED}), S.HEARD, the_person_or_keeper, (TERM_PASSED,)),
    Row(A.ADD_STATEMENT, frozenset({S.HEARD, S.PROPOSED}), None, the_person, (STATEMENT,)),
    Row(A.PROPOSE, frozenset({S.HEARD}), S.PROPOSED, opens, (MEASURE, REASON, MILDER_FIRST)),
    Row(A.RETURN, frozenset({S.PROPOSED}), S.SERVED, decides, (REASON,)),
    Row(A.DECIDE, frozenset({S.PROPOSED}), S.DECIDED, decides, (MEASURE, REASON, NOT_HARDER_THAN_PROPOSED)),
    Row(A.OBJECT, frozenset({S.DECIDED}), S.OBJECTED, the_person, (ONCE, WITHIN_TERM, REASON)),
    Row(
        A.DECIDE_OBJECTION,
        frozenset({S.OBJECTED}),
        S.DECIDED,
        decides_objection,
        (MEASURE, REASON, NOT_HARDER_THAN_DECIDED),
    ),
    Row(A.CARRY_OUT, frozenset({S.DECIDED}), S.CARRIED_OUT, opens, (NO_MORE_OBJECTION, REASON)),
    Row(A.CLOSE, frozenset({S.CARRIED_OUT}), S.CLOSED, opens),
    Row(A.DROP, UNDECIDED, S.DROPPED, drops, (REASON,)),
)


def row_for(act: DutyAct, facts: DutyFacts) -> Row | None:
    """The line that fits where the case stands."""
    return next((row for row in TABLE if row.act is act and facts.stage in row.sources), None)


def open_acts(actor: Actor, facts: DutyFacts) -> tuple[DutyAct, ...]:
    """What this person may do now."""
    return tuple(row.act for row in TABLE if facts.stage in row.sources and row.who(actor, facts))


def after(actor: Actor, act: DutyAct, facts: DutyFacts, given: Given) -> DutyStage:
    """Where the case stands after the act. Raises NotYours, NotNow."""
    row = row_for(act, facts)
    if row is None or facts.stage is None:
        raise NotNow("现在不能做这一步，请刷新后再看")
    if not row.who(actor, facts):
        raise NotYours("这一步不由您做")
    _hold(row.guards, facts, given)
    return row.target or facts.stage


def begin(actor: Actor, facts: DutyFacts, given: Given) -> DutyStage:
    """A case may be opened by this person on what they bring. Raises NotYours, NotNow."""
    if not opens(actor, facts):
        raise NotYours("责任追究由督导或县中心提出，被追究的人和他管的人不能提")
    _hold((FINDING, FACTS_FOUND, EVENTS_CHOSEN, NO_QUOTATION), facts, given)
    return S.OPENED


def _hold(guards: tuple[Guard, ...], facts: DutyFacts, given: Given) -> None:
    failed = [guard.says for guard in guards if not guard.holds(facts, given)]
    if failed:
        raise NotNow(failed[0])


def quotes(found: str, *, number: str, words: tuple[str, ...]) -> bool:
    """Whether what is to be served gives away the appeal: its number, or a run of the appellant's own words."""
    if number and number in found:
        return True
    plain = "".join(found.split())
    runs = {plain[n : n + LONGEST_SHARED] for n in range(len(plain) - LONGEST_SHARED + 1)}
    return any(run in "".join(one.split()) for one in words for run in runs)
