"""How the doors of a unit stand, and two marks beside its figures: doors tested, ratings that came in a burst."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Q, QuerySet

from huying.appeals import parameters
from huying.appeals.models import Event
from huying.channels.models import Channel
from huying.oversight.figures import Scope
from huying.oversight.models import DoorTest
from huying.people.models import Unit
from huying.rules import bursts, workdays
from huying.rules import doors as rules
from huying.rules.actors import Actor
from huying.rules.bursts import Rating
from huying.rules.doors import LastTest
from huying.rules.enums import Action, UnitLevel
from huying.rules.periods import Period


class NoSuchDoors(Exception):
    """There are no such doors for this person: the same answer whether the unit exists or not."""


@dataclass(frozen=True)
class Door:
    """One channel of a unit with its newest test."""

    channel: Channel
    last: LastTest
    note: str
    is_fresh: bool


def units_of(actor: Actor) -> QuerySet[Unit]:
    """The schools whose doors this person may look at."""
    under = Q(pk__in=[])
    for post in actor.holding(*rules.READERS):
        under |= Q(path__startswith=post.unit.path)
    return Unit.objects.filter(under, level=UnitLevel.SCHOOL, is_active=True).order_by("path")


def unit_for(actor: Actor, pk: int) -> Unit:
    """One of them; `NoSuchDoors` otherwise."""
    found = units_of(actor).filter(pk=pk).first()
    if found is None:
        raise NoSuchDoors
    return found


def of(unit: Unit, *, on: date) -> list[Door]:
    """Every channel in use, in the order of the set-up."""
    newest = _newest(DoorTest.objects.filter(unit=unit, on__lte=on))
    days = parameters.value("door_test_days", on=on)
    return [_door(channel, newest.get((unit.pk, channel.pk)), on=on, days=days) for channel in _channels()]


def fresh_of(units: Iterable[Unit], *, on: date) -> dict[int, int]:
    """How many doors of each unit, by its key, were found open not long ago."""
    days = parameters.value("door_test_days", on=on)
    recent = DoorTest.objects.filter(unit__in=units, channel__is_active=True, on__range=(on - timedelta(days=days), on))
    return Counter(unit for (unit, _), test in _newest(recent).items() if test.arrived)


def how_many() -> int:
    """How many doors a school has: the channels in use."""
    return _channels().count()


def _newest(tests: QuerySet[DoorTest]) -> dict[tuple[int, int], DoorTest]:
    """The newest test of each unit and channel, by their keys."""
    return {(test.unit_id, test.channel_id): test for test in tests.order_by("on", "pk")}


def _door(channel: Channel, test: DoorTest | None, *, on: date, days: int) -> Door:
    last = LastTest(test.on, test.arrived) if test is not None else LastTest()
    return Door(channel, last, test.note if test is not None else "", last.is_fresh(on=on, days=days))


def _channels() -> QuerySet[Channel]:
    return Channel.objects.filter(is_active=True)


def tested(unit: Unit | None, period: Period) -> tuple[int, int]:
    """(doors that a test of the period found open, doors there are), over all schools of a unit."""
    path = unit.path if unit is not None else ""
    schools = Unit.objects.filter(path__startswith=path, level=UnitLevel.SCHOOL, is_active=True)
    opened = DoorTest.objects.filter(unit__in=schools, on__range=(period.since, period.until), arrived=True)
    pairs = opened.order_by().values_list("unit", "channel").distinct().count()
    return pairs, schools.count() * how_many()


def rated_in_bursts(scope: Scope, period: Period) -> frozenset[int]:
    """The appeals of a scope whose ratings of the period came in a burst."""
    start, end = workdays.at_local(period.since, time(0)), workdays.at_local(period.until, time.max)
    rows = Event.objects.filter(action=Action.RATE, at__range=(start, end))
    if scope.unit is not None:
        rows = rows.filter(appeal__place__path__startswith=scope.unit.path)
    for hidden in scope.without:
        rows = rows.exclude(appeal__in=hidden)
    ratings: dict[int, list[Rating]] = defaultdict(list)
    for place, key, data, at in rows.values_list("appeal__place", "appeal_id", "data", "at"):
        ratings[place].append(Rating(key, data.get("satisfaction", ""), at))
    return frozenset(key for of_one in ratings.values() for key in bursts.in_bursts(of_one))
