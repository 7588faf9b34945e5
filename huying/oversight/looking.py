"""The daily look: every rule of `rules.alarms` over what is watched, once a day, each matter one warning."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from huying.language import hotspots
from huying.oversight import alarms, counting, watching
from huying.oversight.actions.find_alarm import find_alarm
from huying.oversight.models import DailyLook
from huying.oversight.watching import Watched
from huying.people import calendars
from huying.rules import alarms as rules
from huying.rules import baselines, surveillance
from huying.rules.actors import TIMER
from huying.rules.alarms import Case, Signal, Thresholds
from huying.rules.baselines import Baseline, Days, Series
from huying.rules.calendars import local_day

RECENT = 28
CALLS_OF = 30
ALIKE_WITHIN = 14
MOST_EARLIER = 1000
# What is borne of false alarms is for the counts of schools; the other rules that go by chance add a little to it.
SHARE_OF_THE_COUNTY = 0.1
SHARE_OF_CALLS = 0.1
SHARE_OF_SILENCE = 0.05
A_DAY = timedelta(days=1)


def look(*, at: datetime) -> int:
    """The look of this day is taken, if it was not yet; how many warnings it found or let grow.

    What takes long only reads: nobody who files meanwhile has to wait for it.
    """
    on = local_day(at)
    if DailyLook.objects.filter(on=on).exists() or counting.waiting_ids().exists():
        # Taken already; or the tally is behind, and half of what came in would look like silence.
        return 0
    everything, kept = watching.watched(at=at)
    return _written(_found(everything, kept, at=at), at=at)


@transaction.atomic
def _written(found: list[tuple[Signal, bool]], *, at: datetime) -> int:
    """Every signal is a warning, unless another loop has taken this look meanwhile."""
    mine, is_first = DailyLook.objects.get_or_create(on=local_day(at), defaults={"at": at, "found": 0})
    if not is_first:
        return 0
    many = sum(find_alarm(signal, is_apart=apart, by=TIMER, at=at) is not None for signal, apart in found)
    DailyLook.objects.filter(pk=mine.pk).update(found=many)
    return many


def _found(everything: Watched, kept: frozenset[int], *, at: datetime) -> list[tuple[Signal, bool]]:
    """(signal, whether kept from the unit). What a head may not know of is in no number of what the head may see."""
    limits = alarms.thresholds(on=local_day(at), schools=len(everything.schools))
    open_to_all = watching.without(everything, kept)
    found = [(signal, False) for signal in signals(open_to_all, limits, left_out=kept, at=at)]
    if kept:
        whole = signals(everything, limits, left_out=frozenset(), at=at)
        found += [(signal, True) for signal in whole if kept.intersection(signal.cases)]
    return found


def signals(some: Watched, limits: Thresholds, *, left_out: frozenset[int], at: datetime) -> Iterator[Signal]:
    """Everything that any rule sees on this day."""
    on = local_day(at)
    recent = some.since(on - RECENT * A_DAY)
    yield from _counts(some, limits, on=on)
    yield from rules.red_lines(case for case in recent if case.on >= on - 3 * A_DAY)
    repeated = some.since(on - limits.repeat_days * A_DAY)
    yield from rules.repeats(repeated, least=limits.repeat, days=limits.repeat_days)
    yield from rules.overdue(watching.late(at=at, left_out=left_out), least=limits.overdue)
    yield from _calls(limits, left_out=left_out, at=at)
    yield from _words(some, recent, limits, on=on)


def _calls(limits: Thresholds, *, left_out: frozenset[int], at: datetime) -> list[Signal]:
    calls = watching.answers(at=at, days=CALLS_OF, left_out=left_out)
    told = [is_bad for some in calls.values() for _, is_bad in some]
    usual = sum(told) / len(told) if told else 0.0
    borne = limits.false_a_year * SHARE_OF_CALLS
    return rules.dissatisfied(calls, false_a_year=borne, usual=usual, days=CALLS_OF)


def _counts(some: Watched, limits: Thresholds, *, on: date) -> Iterator[Signal]:
    if not some.cases:
        return
    series, wide = some.series(), some.county_series()
    first = min(case.on for case in some.cases)
    days = _days(some, first, on)
    baseline = Baseline(series, days=days, first=first, on=on)
    if not baseline.knows_enough:
        return
    rises = _rises(some, series, baseline, allowed=limits.false_a_year, on=on)
    everywhere = Baseline(wide, days=days, first=first, on=on)
    rises += _rises(some, wide, everywhere, allowed=limits.false_a_year * SHARE_OF_THE_COUNTY, on=on)
    yield from rules.apart(rises, widest=some.county)
    yield from _silences(some, series, baseline, limits, on=on)


def _days(some: Watched, first: date, on: date) -> Days:
    calendar = calendars.national()
    day, kinds = first, {}
    while day <= on:
        kinds[day] = baselines.kind_of(day, is_workday=calendar.is_workday(day), terms=calendar.term_of)
        day += A_DAY
    until = on - baselines.GUARD * A_DAY
    known = {day: kind for day, kind in kinds.items() if day <= until} or kinds
    return Days(kinds, baselines.weights(Counter(case.on for case in some.cases), known))


def _rises(some: Watched, series: list[Series], baseline: Baseline, *, allowed: float, on: date) -> list[Signal]:
    level = surveillance.level(baseline.all_windows(series, last=on), allowed=allowed)
    totals: dict[baselines.Group, Counter[date]] = defaultdict(Counter)
    units: dict[baselines.Group, int] = Counter(one.group for one in series)
    for one in series:
        totals[one.group].update(one.counts)
    found = []
    # Only what a case came to since yesterday's look can have climbed.
    for one in (one for one in series if one.between(on - A_DAY, on)):
        beside = totals[one.group] if units[one.group] > 1 else None
        more = baselines.excess(one, baseline, on=on, level=level, totals=beside)
        if more is not None:
            since = on - (more.days - 1) * A_DAY
            found.append(
                rules.unusual(one, more, (case for case in some.since(since) if _is_of(case, one, some.county)))
            )
    return found


def _is_of(case: Case, one: Series, county: int | None) -> bool:
    return (
        one.unit in (case.unit, county)
        and (one.topic is None or case.topic == one.topic)
        and (one.channel is None or case.channel == one.channel)
    )


def _silences(
    some: Watched, series: list[Series], baseline: Baseline, limits: Thresholds, *, on: date
) -> Iterator[Signal]:
    """Units far under what their pupils and their peers let expect; their own past does not excuse them."""
    whole = [one for one in series if one.group == (None, None)]
    first = on - (rules.SILENCE_DAYS - 1) * A_DAY
    counts = {one.unit: one.between(first, on) for one in whole}
    weight = baseline.days.weight(first, on)
    among = surveillance.peers((counts[one.unit], one.pupils * weight) for one in whole)
    for one in whole:
        usual = surveillance.expected(among.rate * one.pupils * weight, known=among.known)
        used = {case.channel for case in some.since(first) if case.unit == one.unit}
        quiet = rules.silent(
            one.unit,
            counts[one.unit],
            usual,
            channels=len(used),
            units=len(whole),
            false_a_year=limits.false_a_year * SHARE_OF_SILENCE,
        )
        if quiet is not None:
            yield quiet


def _words(some: Watched, recent: tuple[Case, ...], limits: Thresholds, *, on: date) -> Iterator[Signal]:
    """People who tell of one matter, and phrases that are new."""
    cases = {case.id: case for case in recent}
    told = watching.words(cases)
    by_unit: dict[int, dict[int, str]] = defaultdict(dict)
    for pk, text in told.items():
        if cases[pk].on >= on - ALIKE_WITHIN * A_DAY:
            by_unit[cases[pk].unit][pk] = text
    for texts in by_unit.values():
        yield from rules.many(hotspots.together(texts), cases, least=limits.many)
    earlier = [case.id for case in some.cases if case.on < on - RECENT * A_DAY][-MOST_EARLIER:]
    past = list(watching.words(earlier).values())
    for one in hotspots.hotspots(told, past, least=limits.many, hidden=watching.roster_names()) if past else ():
        units = {cases[pk].unit for pk in one.keys}
        unit = units.pop() if len(units) == 1 else some.county
        if unit is not None:
            yield rules.spoken(one.phrase, one.keys, unit=unit, before=one.before, of=len(past))
