"""Talks and joint studies: who may call whom, who signs, when it is looked at again, and what came of it (domain §8.2).

A talk comes from a tier above the unit, never from the unit itself and never from somebody in conflict. Whoever is
talked to is shown only what they may know anyway: a case behind their wall cannot stand on the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from huying.rules import chain, permissions, workdays
from huying.rules.actors import Actor, PostFact
from huying.rules.case import UnitFact
from huying.rules.enums import InterviewWeight, PostKind, RecheckResult, SigningSide, UnitLevel
from huying.rules.refusals import Refusal
from huying.rules.workdays import Calendar

CALLERS: Final = (PostKind.PRINCIPAL, PostKind.INSPECTOR, PostKind.COUNTY_SUPERVISOR)
STUDIERS: Final = (*CALLERS, PostKind.COUNTY_DISPATCHER)
MOST_ITEMS: Final = 20


class NotYoursToCall(Refusal):
    """This person may not do this to this unit; the text says why."""


class Unfit(Refusal):
    """What was handed in does not fit; the text says what to mend."""


@dataclass(frozen=True, slots=True)
class ItemFact:
    """One commitment: what, who answers for it, and by which day."""

    what: str
    owner: int
    due_on: date


def calling_post(actor: Actor, unit: UnitFact) -> PostFact | None:
    """The highest post by which this person may call that unit; None where they stand in no tier above it."""
    if _works_in(actor, unit):
        return None
    fit = [
        post
        for post in actor.holding(*CALLERS)
        if post.unit.holds(unit.path) and post.unit.level.tier > unit.level.tier
    ]
    return max(fit, key=lambda post: post.unit.level.tier, default=None)


def require_caller(actor: Actor, unit: UnitFact, *, raised_from: PostFact | None = None) -> PostFact:
    """The post by which the unit is called. Raises NotYoursToCall.

    A 重点约谈 comes one tier higher than the talk it follows; nobody stands above the county, whose own it stays.
    """
    post = calling_post(actor, unit)
    if post is None:
        raise NotYoursToCall("约谈由上一级发出：您不在这个单位的上一级，或者您自己就在这个单位")
    if raised_from is not None and not _is_higher(post, raised_from):
        raise NotYoursToCall("重点约谈要由更高一级发出")
    return post


def require_studier(actor: Actor, units: Sequence[UnitFact]) -> PostFact:
    """The post by which these units are brought together: of a tier that holds them all. Raises NotYoursToCall."""
    fit = [post for post in actor.holding(*STUDIERS) if all(post.unit.holds(unit.path) for unit in units)]
    if not units or not fit:
        raise NotYoursToCall("商研由管着所有参加单位的一级发起")
    return max(fit, key=lambda post: post.unit.level.tier)


def require_known(hidden: Sequence[str]) -> None:
    """Every case on the list is one that the unit's head may know of. Raises Unfit, for the eyes of the caller."""
    if hidden:
        raise Unfit("这几件不能让对方知道，请从名单里去掉：%(numbers)s", numbers="、".join(hidden))


def require_items(items: Sequence[ItemFact], *, on: date) -> None:
    """Each commitment says what, and has its day ahead. Raises Unfit."""
    if not items:
        raise Unfit("至少写一项整改，写明谁负责、哪天完成")
    if len(items) > MOST_ITEMS:
        raise Unfit("一次最多 %(most)d 项", most=MOST_ITEMS)
    for place, one in enumerate(items, start=1):
        if not one.what.strip():
            raise Unfit("第 %(place)d 项没有写做什么", place=place)
        if one.due_on < on:
            raise Unfit("第 %(place)d 项的日期已经过去", place=place)


def side_of(actor: Actor, unit: UnitFact) -> SigningSide | None:
    """For which side this person may sign the record: their unit's as its head, the caller's from a tier above it."""
    if permissions.heads(actor, unit):
        return SigningSide.UNIT
    return SigningSide.CALLER if calling_post(actor, unit) is not None else None


def record_digest(record: dict[str, str | int | list[str]]) -> str:
    """The digest of the words that both sides sign: what is signed later must have the same."""
    return chain.digest_of(["huying interview", record])


def recheck_day(items: Sequence[date], *, signed_on: date, days: int, calendar: Calendar) -> date:
    """The day of the look afterwards: so many working days after the last commitment falls due, or was signed."""
    return workdays.workday_after(calendar, max([signed_on, *items]), days)


def may_be_raised(weight: InterviewWeight, result: RecheckResult) -> bool:
    """Whether a heavier talk may follow: after a talk that was not, or only partly, made good."""
    return weight is InterviewWeight.TALK and result is not RecheckResult.FULFILLED


def require_meeting(meets_at: datetime, *, at: datetime) -> None:
    """The meeting lies ahead. Raises Unfit."""
    if meets_at <= at:
        raise Unfit("约谈时间要在现在以后")


def _works_in(actor: Actor, unit: UnitFact) -> bool:
    places = [post.unit.path for post in actor.posts]
    if actor.home is not None:
        places.append(actor.home.path)
    return any(unit.holds(path) for path in places)


def _is_higher(post: PostFact, former: PostFact) -> bool:
    is_top = former.unit.level.tier >= UnitLevel.COUNTY.tier
    return is_top or post.unit.level.tier > former.unit.level.tier
