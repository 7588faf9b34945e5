"""The life of a monthly bulletin (domain 8.7): draft → check → sign → issue → replies → archive.

Whoever wrote on it neither checks nor signs it. A correction is a new bulletin that names the old.
"""

from dataclasses import dataclass
from typing import Final

from huying.rules.actors import Actor
from huying.rules.case import UnitFact
from huying.rules.enums import BulletinAct, BulletinStage, PostKind, UnitLevel
from huying.rules.refusals import Refusal

A, S, P = BulletinAct, BulletinStage, PostKind


class NotYoursToDo(Refusal):
    """This person may not do this to this bulletin; the text says why."""


class NotNow(Refusal):
    """The bulletin does not stand where this can be done."""


@dataclass(frozen=True)
class Row:
    """One line of the table: from where, to where, and by which posts of the unit whose bulletin it is, or above."""

    sources: frozenset[BulletinStage]
    target: BulletinStage
    posts: tuple[PostKind, ...]


@dataclass(frozen=True)
class BulletinFact:
    """What the rules know of a bulletin: whose it is, how far it is, and in whose hands it has been."""

    unit: UnitFact
    stage: BulletinStage
    written_by: frozenset[int] = frozenset()
    checked_by: int | None = None


MAKERS: Final = (P.DISPATCHER, P.INSPECTOR, P.COUNTY_DISPATCHER, P.COUNTY_SUPERVISOR)
CHECKERS: Final = (P.INSPECTOR, P.DISPATCHER, P.COUNTY_DISPATCHER, P.COUNTY_SUPERVISOR)
SIGNERS: Final = (P.PRINCIPAL, P.COUNTY_SUPERVISOR)
REPLIERS: Final = (P.CLASS_TEACHER, P.GRADE_HEAD, P.OFFICE_HEAD, P.PRINCIPAL)
WATCHERS: Final = (*MAKERS, P.PRINCIPAL)

TABLE: Final[dict[BulletinAct, Row]] = {
    A.EDIT: Row(frozenset({S.DRAFT}), S.DRAFT, MAKERS),
    A.COUNT_AGAIN: Row(frozenset({S.DRAFT}), S.DRAFT, MAKERS),
    A.CHECK: Row(frozenset({S.DRAFT}), S.CHECKED, CHECKERS),
    A.RETURN: Row(frozenset({S.CHECKED, S.SIGNED}), S.DRAFT, (*CHECKERS, P.PRINCIPAL)),
    A.SIGN: Row(frozenset({S.CHECKED}), S.SIGNED, SIGNERS),
    A.ISSUE: Row(frozenset({S.SIGNED}), S.ISSUED, (*MAKERS, P.PRINCIPAL)),
    A.REPLY: Row(frozenset({S.ISSUED}), S.ISSUED, REPLIERS),
    A.ARCHIVE: Row(frozenset({S.ISSUED}), S.ARCHIVED, MAKERS),
}


def may_make(actor: Actor, unit: UnitFact) -> bool:
    """Whether this person, or the loop, may begin a bulletin of that unit."""
    return actor.is_machine or any(post.unit.holds(unit.path) for post in actor.holding(*MAKERS))


def may_read(actor: Actor, fact: BulletinFact) -> bool:
    """A draft is its makers'; what was issued is read by everyone in the unit and above it."""
    over = any(post.unit.holds(fact.unit.path) for post in actor.holding(*WATCHERS))
    is_out = fact.stage in (S.ISSUED, S.ARCHIVED)
    return over or (is_out and any(fact.unit.holds(post.unit.path) for post in actor.posts))


def may(actor: Actor, act: BulletinAct, fact: BulletinFact) -> bool:
    """Whether this person may do this now."""
    try:
        require(actor, act, fact)
    except Refusal:
        return False
    return True


def require(actor: Actor, act: BulletinAct, fact: BulletinFact) -> BulletinStage:
    """Where it stands afterwards. Raises NotYoursToDo or NotNow."""
    row = TABLE[act]
    if not _is_in_place(actor, act, row, fact):
        raise NotYoursToDo("这份通报不由您办这一步")
    if fact.stage not in row.sources:
        raise NotNow("通报已经不在这一步了，请刷新后再看")
    if act in (A.CHECK, A.SIGN) and actor.person in fact.written_by:
        raise NotYoursToDo("起草或改过通报的人不能核对或签发，请换一个人")
    if act is A.SIGN and actor.person == fact.checked_by and fact.unit.level is UnitLevel.SCHOOL:
        raise NotYoursToDo("核对通报的人不能再签发，请换一个人")
    return row.target


def _is_in_place(actor: Actor, act: BulletinAct, row: Row, fact: BulletinFact) -> bool:
    if act is A.REPLY:
        # A unit answers for itself: whoever heads one below the unit that issued it.
        return any(
            fact.unit.holds(post.unit.path) and post.unit.id != fact.unit.id for post in actor.holding(*row.posts)
        )
    return any(post.unit.holds(fact.unit.path) for post in actor.holding(*row.posts))
