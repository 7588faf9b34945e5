"""When the daily look warns, with its cases and its numbers; and how a warning goes on until it is closed.

How much is too much follows from a number of false alarms a year (`surveillance`); the other numbers are dated data
(`Thresholds`). What a warning says is made from its rule and its frozen numbers, in the reader's language.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import exp, lgamma, log, log1p
from typing import Final

from huying.rules import surveillance
from huying.rules.actors import Actor
from huying.rules.baselines import Excess, Series
from huying.rules.case import UnitFact
from huying.rules.enums import AlarmKind, AlarmRule, AlarmStatus, AlarmStep, PostKind
from huying.rules.refusals import Refusal, Say
from huying.rules.surveillance import Expected

VERSION: Final = 1
SILENCE_DAYS: Final = 180
# Fewer than this were never to be expected: silence there says nothing.
SILENCE_EXPECTS: Final = 5.0
Numbers = Mapping[str, float | int | str]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The dated numbers of the warnings. `false_a_year` holds for all series that are watched together."""

    false_a_year: float = 50.0
    repeat: int = 3
    repeat_days: int = 60
    many: int = 3
    overdue: int = 5


@dataclass(frozen=True, slots=True)
class Case:
    """What a warning knows of an appeal: `person` is an opaque token that is the same for the same telephone."""

    id: int
    unit: int
    on: date
    topic: int | None = None
    channel: int | None = None
    person: str = ""
    red_line: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing to warn of. `matter` is the same tomorrow, so that a running warning grows and is not doubled."""

    rule: AlarmRule
    unit: int
    matter: str
    cases: tuple[int, ...]
    numbers: Numbers = field(default_factory=dict)
    topic: int | None = None
    channel: int | None = None

    @property
    def kind(self) -> AlarmKind:
        """A red line and a sudden rise want to be looked at today."""
        is_sudden = self.rule is AlarmRule.VOLUME and int(self.numbers["days"]) <= 3
        return AlarmKind.URGENT if self.rule is AlarmRule.RED_LINE or is_sudden else AlarmKind.MONTHLY

    def why(self, say: Say = str) -> str:
        """The reason in words."""
        return why(self.rule, self.numbers, say=say)


def unusual(one: Series, found: Excess, cases: Iterable[Case]) -> Signal:
    """More of a topic or channel than the unit's past and its peers explain."""
    numbers: Numbers = {
        "days": found.days,
        "observed": found.observed,
        "expected": round(found.expected, 1),
        "times_a_year": float(f"{found.times_a_year:.2g}"),
    }
    matter = f"volume:{one.unit}:{one.topic or ''}:{one.channel or ''}"
    ids = tuple(sorted(case.id for case in cases))
    return Signal(AlarmRule.VOLUME, one.unit, matter, ids, numbers, one.topic, one.channel)


def repeats(cases: Iterable[Case], *, least: int, days: int) -> list[Signal]:
    """Somebody who came to the same unit again and again; the cases are those of the last `days` days."""
    by: dict[tuple[int, str], list[int]] = defaultdict(list)
    for case in cases:
        if case.person:
            by[case.unit, case.person].append(case.id)
    return [
        Signal(AlarmRule.REPEAT, unit, f"repeat:{unit}:{person}", tuple(sorted(ids)), {"times": len(ids), "days": days})
        for (unit, person), ids in by.items()
        if len(ids) >= least
    ]


def many(groups: Iterable[frozenset[int]], cases: Mapping[int, Case], *, least: int) -> list[Signal]:
    """Several people who tell of one matter in one unit. Whoever left no telephone counts as one more person."""
    found = []
    for group in groups:
        ids = tuple(sorted(group))
        persons = {cases[one].person or str(one) for one in ids}
        unit = cases[ids[0]].unit
        if len(persons) >= least:
            numbers: Numbers = {"persons": len(persons), "observed": len(ids)}
            found.append(Signal(AlarmRule.MANY, unit, f"many:{unit}:{ids[0]}", ids, numbers, cases[ids[0]].topic))
    return found


def spoken(phrase: str, ids: Iterable[int], *, unit: int, before: int, of: int) -> Signal:
    """Words that hardly anybody used before and several people use now."""
    some = tuple(sorted(ids))
    numbers: Numbers = {"phrase": phrase, "observed": len(some), "before": before, "of": of}
    return Signal(AlarmRule.PHRASE, unit, f"phrase:{unit}:{phrase}", some, numbers)


def overdue(late: Iterable[tuple[Case, int]], *, least: int) -> list[Signal]:
    """Units in which so many appeals are past their date and still open: (case, days late) of each."""
    by: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for case, days in late:
        by[case.unit].append((case.id, days))
    return [
        Signal(
            AlarmRule.OVERDUE,
            unit,
            f"overdue:{unit}",
            tuple(sorted(one for one, _ in some)),
            {"observed": len(some), "oldest": max(days for _, days in some)},
        )
        for unit, some in by.items()
        if len(some) >= least
    ]


def red_lines(cases: Iterable[Case]) -> list[Signal]:
    """Every red line of the last days, by unit and kind."""
    by: dict[tuple[int, str], list[int]] = defaultdict(list)
    for case in cases:
        if case.red_line:
            by[case.unit, case.red_line].append(case.id)
    return [
        Signal(
            AlarmRule.RED_LINE,
            unit,
            f"red_line:{unit}:{danger}",
            tuple(sorted(ids)),
            {"observed": len(ids), "danger": danger},
        )
        for (unit, danger), ids in by.items()
    ]


def dissatisfied(
    calls: Mapping[int, Iterable[tuple[int, bool]]], *, false_a_year: float, usual: float, days: int
) -> list[Signal]:
    """Units where more callers were dissatisfied than chance explains: (case, whether dissatisfied) of the last days.

    `usual` is the share of all units together; tested once in each stretch of so many days.
    """
    tests = max(len(calls) * surveillance.YEAR / days, 1.0)
    found = []
    for unit, answers in calls.items():
        answered = list(answers)
        bad = tuple(sorted(case for case, is_bad in answered if is_bad))
        chance = _at_least_of(len(bad), len(answered), min(max(usual, 0.02), 0.98))
        if len(bad) >= surveillance.FEWEST and chance * tests <= false_a_year:
            numbers: Numbers = {"observed": len(bad), "of": len(answered), "usual": round(usual * 100), "days": days}
            found.append(Signal(AlarmRule.DISSATISFIED, unit, f"dissatisfied:{unit}", bad, numbers))
    return found


def silent(unit: int, observed: int, of: Expected, *, channels: int, units: int, false_a_year: float) -> Signal | None:
    """A unit from which far less comes than its pupils and its peers let expect; with how many ways in were in use."""
    tests = units * surveillance.YEAR / SILENCE_DAYS
    if of.mean < SILENCE_EXPECTS or surveillance.at_most(observed, of) * tests > false_a_year:
        return None
    numbers: Numbers = {
        "days": SILENCE_DAYS,
        "observed": observed,
        "expected": round(of.mean, 1),
        "channels": channels,
    }
    return Signal(AlarmRule.SILENCE, unit, f"silence:{unit}", (), numbers)


def _at_least_of(count: int, of: int, share: float) -> float:
    """The probability of so many or more of so many, each with this share."""
    ways = (lgamma(of + 1) - lgamma(one + 1) - lgamma(of - one + 1) for one in range(count, of + 1))
    return sum(exp(way + one * log(share) + (of - one) * log1p(-share)) for one, way in enumerate(ways, start=count))


def why(rule: AlarmRule, numbers: Numbers, *, say: Say = str) -> str:
    """The reason of a warning in the reader's language, from its frozen numbers."""
    if rule is AlarmRule.VOLUME:
        return _rise(numbers, say)
    templates = {
        AlarmRule.REPEAT: say("同一个人 %(days)s 天里来了 %(times)s 次，前几次可能没有办到位。"),
        AlarmRule.MANY: say("%(persons)s 个人说的像是同一件事，共 %(observed)s 件。"),
        AlarmRule.PHRASE: say("“%(phrase)s”：以前 %(of)s 件里只有 %(before)s 件说到，近来已有 %(observed)s 件。"),
        AlarmRule.OVERDUE: say("有 %(observed)s 件过了期限还没办完，最久的超了 %(oldest)s 天。"),
        AlarmRule.RED_LINE: say("有 %(observed)s 件红线事项，要马上处理。"),
        AlarmRule.DISSATISFIED: say(
            "近 %(days)s 天回访 %(of)s 件，%(observed)s 件不满意；全部单位一般是 %(usual)s%%。"
        ),
        AlarmRule.SILENCE: say(
            "%(days)s 天只收到 %(observed)s 件，按学生数和同类学校大约该有 %(expected)s 件；"
            "来过诉求的渠道 %(channels)s 个。请核对渠道通不通、有没有劝阻。"
        ),
    }
    return templates[rule] % numbers


def _rise(numbers: Numbers, say: Say) -> str:
    told = say("%(days)s 天收到 %(observed)s 件，按往常和同类学校大约该有 %(expected)s 件。") % numbers
    often = float(numbers["times_a_year"])
    years = round(1 / often) if often > 0 else 1_000_000
    if years < 1:
        return told
    return told + say("只凭巧合，这样的事在一处约 %(years)s 年才有一次。") % {"years": min(years, 1000)}


# What may be done next, and where it leads. Whatever is closed stays closed: new trouble is a new warning.
S, A = AlarmStatus, AlarmStep
_LIVE: Final = {A.TALK: S.TALKING, A.STUDY: S.TALKING, A.RECTIFY: S.RECTIFYING, A.RAISE: S.OPEN, A.CLOSE: S.CLOSED}
NEXT: Final[Mapping[AlarmStatus, Mapping[AlarmStep, AlarmStatus]]] = {
    S.OPEN: {A.REMIND: S.REMINDED, **_LIVE},
    S.REMINDED: {A.REMIND: S.REMINDED, **_LIVE},
    S.TALKING: _LIVE,
    S.RECTIFYING: {A.RECTIFY: S.RECTIFYING, A.FULFIL: S.CLOSED, A.RAISE: S.OPEN, A.CLOSE: S.CLOSED},
    S.CLOSED: {},
}
BY_THE_UNIT: Final = (PostKind.PRINCIPAL, PostKind.INSPECTOR)
READERS_ABOVE: Final = (PostKind.COUNTY_SUPERVISOR, PostKind.COUNTY_DISPATCHER)


class NotThisStep(Refusal):
    """The warning has not come so far, or is closed."""


class NotYours(Refusal):
    """Somebody else decides this."""


class NoReason(Refusal):
    """A warning is closed or raised only with a reason in words."""


class AboutTheHead(Refusal):
    """The unit's head would be told of what is said about them."""


class DayGone(Refusal):
    """What is to be put right is put right on a day to come."""


class TooEarly(Refusal):
    """What was promised is looked at on its day, not before."""


def after(status: AlarmStatus, step: AlarmStep) -> AlarmStatus:
    """Where the step leads. Raises NotThisStep."""
    if step not in NEXT[status]:
        raise NotThisStep("这条预警现在不能这样做，请刷新后再看")
    return NEXT[status][step]


def may(actor: Actor, step: AlarmStep, *, unit: UnitFact) -> bool:
    """Whether the actor takes this step for a warning about the unit: whoever watches it from above; what is to be put
    right is also written down by the unit's own head. Nobody closes a warning about themselves."""
    above = [post for post in actor.holding(PostKind.COUNTY_SUPERVISOR) if post.unit.holds(unit.path)]
    if above:
        return True
    own = [post for post in actor.holding(*BY_THE_UNIT) if post.unit.id == unit.id]
    return step is AlarmStep.RECTIFY and bool(own)


def require(actor: Actor, step: AlarmStep, *, status: AlarmStatus, unit: UnitFact, reason: str) -> AlarmStatus:
    """Where the step leads, when this actor may take it and said why where it must be said."""
    if not may(actor, step, unit=unit):
        raise NotYours("这一步由上级督办人员来做")
    following = after(status, step)
    if step is not AlarmStep.REMIND and not reason.strip():
        raise NoReason("要写明情况和理由")
    return following


def check_day(recheck_on: date | None, *, on: date) -> None:
    """The re-check is due. Raises TooEarly."""
    if recheck_on is not None and on < recheck_on:
        raise TooEarly("复查日是 %(day)s，还没有到", day=recheck_on.isoformat())


def open_steps(actor: Actor, *, status: AlarmStatus, unit: UnitFact) -> tuple[AlarmStep, ...]:
    """What this actor may do next."""
    return tuple(step for step in NEXT[status] if may(actor, step, unit=unit))


def apart(found: Iterable[Signal], *, widest: int | None = None) -> list[Signal]:
    """Without those that tell the same again: most of whose cases stand in one that chance explains less. What the
    `widest` unit brings is only told when no single unit under it explains it."""
    kept: list[Signal] = []
    for one in sorted(found, key=lambda signal: (signal.unit == widest, float(signal.numbers["times_a_year"]))):
        mine = set(one.cases)
        if all(len(mine & set(other.cases)) * 2 < len(mine) for other in kept):
            kept.append(one)
    return kept
