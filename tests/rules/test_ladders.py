"""A ladder climbs, grows no milder, and ends at the county; anything else is refused with its step."""

import pytest

from huying.rules import ladders
from huying.rules.enums import ClockKind, Colour, LimitUnit, Rung
from huying.rules.escalation import SHIPPED, LadderFact
from huying.rules.ladders import BadLadder

TOP = LadderFact(3, 5, Rung.COUNTY, Colour.RED)
HEAD = LadderFact(2, 1, Rung.HEAD, Colour.RED)


def test_the_ladder_that_ships_is_sound():
    every = tuple(one for one in SHIPPED if one.clock is None)
    assert ladders.checked(every) == every
    assert ladders.checked([TOP]) == (TOP,)


BAD = (
    ([], "至少要有一级"),
    ([HEAD], "最后一级要到县教育惠民服务中心"),
    ([TOP, HEAD], "第 2 级提醒的人比上一级低"),
    ([HEAD, LadderFact(3, 5, Rung.COUNTY, Colour.YELLOW)], "第 2 级的牌比上一级轻"),
    ([HEAD, LadderFact(3, 1, Rung.COUNTY, Colour.RED)], "第 2 级要比上一级晚"),
    ([LadderFact(1, 61, Rung.COUNTY, Colour.RED)], "最多 60 个工作日"),
    ([LadderFact(1, -61, Rung.COUNTY, Colour.RED)], "离得太远"),
    ([LadderFact(1, 0, Rung.COUNTY, Colour.RED, from_start=True)], "从开始算，至少要过 1"),
    ([LadderFact(1, 5, Rung.COUNTY, Colour.RED, unit=LimitUnit.CALENDAR_DAYS)], "只能按工作日、小时或分钟"),
    ([LadderFact(n, n, Rung.COUNTY, Colour.RED) for n in range(1, 10)], "最多 8 级"),
)


@pytest.mark.parametrize(("steps", "words"), BAD)
def test_what_is_no_ladder_is_refused_with_its_step(steps, words):
    with pytest.raises(BadLadder, match=words):
        ladders.checked(steps)


def test_the_other_ladders_stay_when_one_is_left_out():
    left = ladders.without(SHIPPED, (ClockKind.REPORT_AT_ONCE, None))
    assert {one.clock for one in left} == {None}
