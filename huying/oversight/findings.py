"""What came of it: the volume before and after a study, and two callbacks compared, from what the reader may see."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from huying.appeals import queries
from huying.appeals.models import Appeal
from huying.oversight import firstcalls, proceedings
from huying.oversight.models import Proceeding
from huying.people import queries as people
from huying.rules import sampling
from huying.rules.actors import Actor
from huying.rules.sampling import Effect, FirstCall, SecondCall, Share
from huying.rules.workdays import local_day


@dataclass(frozen=True)
class Measured:
    """The effect of a study, over `days` before its decision and as many after, or those that have passed."""

    effect: Effect
    days: int
    since: date
    decided_on: date
    until: date


@dataclass(frozen=True)
class Difference:
    """Of the appeals of a school that were called about twice: how many got worse."""

    name: str
    share: Share


def measured(proceeding: Proceeding, actor: Actor, *, on: date) -> Measured | None:
    """What came in on the study's topic in its units, before and after; None before its decision or without a topic."""
    study = proceeding.study
    if study.decided_at is None or study.topic_id is None:
        return None
    decided_on = local_day(study.decided_at)
    days = min(study.effect_days, (on - decided_on).days)
    if days <= 0:
        return None
    since, until = decided_on - timedelta(days=days), decided_on + timedelta(days=days)
    found = queries.visible_to(actor).filter(topic=study.topic, place__path__startswith=proceeding.unit.path)
    before = found.filter(received_at__gte=firstcalls.begin(since), received_at__lt=firstcalls.begin(decided_on))
    after = found.filter(received_at__gte=firstcalls.begin(decided_on), received_at__lt=firstcalls.begin(until))
    effect = sampling.effect(before=before.count(), after=after.count())
    return Measured(effect, days, since, decided_on, until)


def differences(proceeding: Proceeding, actor: Actor) -> list[Difference]:
    """By school, how many of the appeals called about twice got worse; the last line is all together."""
    pairs: dict[str, list[tuple[FirstCall, SecondCall]]] = defaultdict(list)
    for call in proceedings.calls_of(proceeding, actor).exclude(result=""):
        first = FirstCall(None, 0, call.first_resolved, call.first_satisfaction or None)
        second = SecondCall(call.resolved, call.satisfaction or None)
        if sampling.comparable(first, second):
            pairs[_school(call.appeal)].append((first, second))
    lines = [Difference(name, sampling.worse_of(some)) for name, some in sorted(pairs.items())]
    every = [pair for some in pairs.values() for pair in some]
    return [*lines, Difference("", sampling.worse_of(every))]


def _school(appeal: Appeal) -> str:
    school = people.school_of(appeal.place)
    return (school or appeal.place).name
