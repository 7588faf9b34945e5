"""Whether an edited ladder makes sense: it climbs, grows no milder, and stops nowhere below the top."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from huying.rules.enums import Colour, LimitUnit, Rung
from huying.rules.escalation import LadderFact
from huying.rules.labels import label
from huying.rules.refusals import Refusal

MOST_STEPS: Final = 8
_FURTHEST: Final = {LimitUnit.WORKING_DAYS: 60, LimitUnit.HOURS: 720, LimitUnit.MINUTES: 43_200}
_HEIGHT: Final = {rung: place for place, rung in enumerate(Rung)}
_GRAVITY: Final = {colour: place for place, colour in enumerate(Colour)}


class BadLadder(Refusal):
    """The ladder makes no sense; the text says why, in words for people."""


def checked(steps: Sequence[LadderFact]) -> tuple[LadderFact, ...]:
    """The steps, if they make a ladder that ends at the county. Raises BadLadder."""
    if not steps:
        raise BadLadder("至少要有一级")
    if len(steps) > MOST_STEPS:
        raise BadLadder("最多 %(most)s 级", most=MOST_STEPS)
    for number, step in enumerate(steps, start=1):
        _refuse_distance(step, number)
    for number, (lower, upper) in enumerate(pairwise(steps), start=2):
        _refuse_descent(lower, upper, number)
    if steps[-1].tells is not Rung.COUNTY:
        raise BadLadder("最后一级要到县教育惠民服务中心，不能停在半路")
    return tuple(steps)


def _refuse_distance(step: LadderFact, number: int) -> None:
    furthest = _FURTHEST.get(step.unit)
    if furthest is None:
        raise BadLadder("第 %(number)s 级：只能按工作日、小时或分钟", number=number)
    if abs(step.value) > furthest:
        raise BadLadder(
            "第 %(number)s 级离得太远：最多 %(most)s %(unit)s", number=number, most=furthest, unit=label(step.unit)
        )
    if step.from_start and step.value < 1:
        raise BadLadder("第 %(number)s 级：从开始算，至少要过 1 %(unit)s", number=number, unit=label(step.unit))


def _refuse_descent(lower: LadderFact, upper: LadderFact, number: int) -> None:
    if _HEIGHT[upper.tells] < _HEIGHT[lower.tells]:
        raise BadLadder("第 %(number)s 级提醒的人比上一级低：只能往上", number=number)
    if _GRAVITY[upper.colour] < _GRAVITY[lower.colour]:
        raise BadLadder("第 %(number)s 级的牌比上一级轻：只能加重", number=number)
    is_alike = (lower.unit, lower.from_start) == (upper.unit, upper.from_start)
    if is_alike and upper.value <= lower.value:
        raise BadLadder("第 %(number)s 级要比上一级晚", number=number)


def without(steps: Iterable[LadderFact], group: tuple[object, object]) -> tuple[LadderFact, ...]:
    """The steps of all other groups (a clock and a severity make a group)."""
    return tuple(one for one in steps if (one.clock, one.severity) != group)
