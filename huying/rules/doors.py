"""Tests of the doors: who may test, what a test must say, and how fresh one is (domain 6.3, gaming move 12).

A door is tested from outside the desk that answers it: whoever takes calls does not certify that calls arrive.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from huying.rules.actors import Actor
from huying.rules.case import UnitFact
from huying.rules.enums import PostKind
from huying.rules.refusals import Refusal

TESTERS: Final = (PostKind.INSPECTOR, PostKind.COUNTY_DISPATCHER, PostKind.COUNTY_SUPERVISOR)
READERS: Final = (*TESTERS, PostKind.PRINCIPAL)


class UnfitTest(Refusal):
    """The test is not one that may be recorded; the text says why."""


@dataclass(frozen=True)
class LastTest:
    """The newest test of a channel; `on` None when there never was one."""

    on: date | None = None
    arrived: bool = False

    def is_fresh(self, *, on: date, days: int) -> bool:
        """Whether it arrived, and not longer ago than so many days."""
        return self.on is not None and self.arrived and (on - self.on).days <= days


def may_test(actor: Actor, unit: UnitFact) -> bool:
    """Whether this person tests the doors of that unit."""
    return any(post.unit.holds(unit.path) for post in actor.holding(*TESTERS))


def require(actor: Actor, unit: UnitFact, *, tested_on: date, arrived: bool, note: str, on: date) -> None:
    """Raises UnfitTest."""
    if not may_test(actor, unit):
        raise UnfitTest("渠道由督导或县中心来测，服务台自己不测自己")
    if tested_on > on or (on - tested_on).days > 31:
        raise UnfitTest("测试日期不能在以后，也不能早于 31 天前")
    if not arrived and not note.strip():
        raise UnfitTest("没有收到的，请写明怎么测的、哪里不通")
