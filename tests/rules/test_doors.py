"""Who tests a door and what a test must say; ratings that come in a burst."""

from datetime import date, timedelta

import pytest

from huying.rules import doors
from huying.rules.actors import Actor, PostFact
from huying.rules.bursts import Rating, in_bursts
from huying.rules.case import UnitFact
from huying.rules.doors import LastTest, UnfitTest
from huying.rules.enums import ActorKind, PostKind, UnitLevel
from tests.rules.almanac import at

TODAY = date(2026, 11, 24)
COUNTY, SCHOOL = UnitFact(1, "/1/", UnitLevel.COUNTY), UnitFact(2, "/1/2/", UnitLevel.SCHOOL)


def holding(kind: PostKind, unit: UnitFact = SCHOOL) -> Actor:
    return Actor(kind=ActorKind.STAFF, person=1, posts=(PostFact(kind, unit),))


INSPECTOR = holding(PostKind.INSPECTOR)


@pytest.mark.parametrize("who", [INSPECTOR, holding(PostKind.COUNTY_SUPERVISOR, COUNTY)])
def test_a_door_is_tested_from_outside_the_desk(who):
    doors.require(who, SCHOOL, tested_on=TODAY, arrived=True, note="", on=TODAY)


@pytest.mark.parametrize(
    ("who", "tested_on", "arrived", "note"),
    [
        (holding(PostKind.CLERK), TODAY, True, ""),
        (holding(PostKind.DISPATCHER), TODAY, True, ""),
        (INSPECTOR, TODAY + timedelta(days=1), True, ""),
        (INSPECTOR, TODAY - timedelta(days=32), True, ""),
        (INSPECTOR, TODAY, False, " "),
    ],
)
def test_what_is_no_test(who, tested_on, arrived, note):
    with pytest.raises(UnfitTest):
        doors.require(who, SCHOOL, tested_on=tested_on, arrived=arrived, note=note, on=TODAY)


@pytest.mark.parametrize(
    ("last", "fresh"),
    [
        (LastTest(), False),
        (LastTest(TODAY, arrived=False), False),
        (LastTest(TODAY - timedelta(days=31), arrived=True), True),
        (LastTest(TODAY - timedelta(days=32), arrived=True), False),
    ],
)
def test_how_fresh_a_test_is(last, fresh):
    assert last.is_fresh(on=TODAY, days=31) is fresh


def rated(*minutes: int, said: str = "SATISFIED", first: int = 1) -> list[Rating]:
    start = at("2026-11-24 10:00")
    return [Rating(first + n, said, start + timedelta(minutes=one)) for n, one in enumerate(minutes)]


@pytest.mark.parametrize(
    ("ratings", "found"),
    [
        (rated(0, 2, 4, 6, 8), {1, 2, 3, 4, 5}),
        (rated(0, 2, 4, 6), set()),  # four are none
        (rated(0, 3, 6, 9, 12), set()),  # twelve minutes
        (rated(0, 1, 2, 3) + rated(4, said="BASICALLY", first=9), set()),  # not alike
        (rated(0, 20, 21, 22, 23, 24), {2, 3, 4, 5, 6}),
    ],
)
def test_five_alike_within_ten_minutes_are_a_burst(ratings, found):
    assert in_bursts(ratings) == found
