"""The same figures from the events alone, without the tally: to check it, and to see a month as it was known then."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from huying.appeals import clocks, facts
from huying.appeals.models import Appeal
from huying.oversight import counting, figures, strokebook
from huying.oversight.figures import Report
from huying.oversight.models import Stroke
from huying.people.models import Unit
from huying.rules import strokes as rules
from huying.rules import workdays
from huying.rules.case import StepFact
from huying.rules.periods import Period
from huying.rules.strokes import DateFact, Tallied

CHUNK = 500


@dataclass(frozen=True)
class Difference:
    """An appeal whose strokes are not those its events make."""

    number: str
    missing: int
    extra: int


def of(unit: Unit | None, period: Period, *, on: date, known_on: date | None = None) -> Report:
    """Every figure of the catalogue, replayed. With `known_on`, as it was known at the end of that day."""
    rows = Appeal.objects.all() if unit is None else Appeal.objects.filter(place__path__startswith=unit.path)
    until = workdays.at_local(known_on + timedelta(days=1), time(0)) if known_on is not None else None
    on = min(on, known_on) if known_on is not None else on
    found = (tallied for _, tallied in replayed(rows, before=until) if tallied is not None)
    return figures.report(rules.added(found, period, on=on), period, on=on)


def replayed(rows: QuerySet[Appeal], *, before: datetime | None = None) -> Iterator[tuple[Appeal, Tallied | None]]:
    """Each appeal with the strokes its events before a moment make; its dates are counted anew from them."""
    again = _repeats(before)
    for appeal in rows.select_related(*facts.NEEDED).order_by("pk").iterator(chunk_size=CHUNK):
        steps = [one for one in facts.record_of(appeal).steps if before is None or one.at < before]
        yield appeal, rules.tallied(steps, _dates(appeal, steps), repeated_at=again[appeal.pk])


def differences() -> Iterator[Difference]:
    """The appeals that the tally has otherwise than their events; empty when it is right."""
    book = counting.Codes.read()
    for appeal, tallied in replayed(Appeal.objects.all()):
        right = sorted(book.rows(appeal.pk, appeal.place_id, tallied), key=repr)
        kept = sorted(Stroke.objects.filter(appeal=appeal).values_list(*strokebook.COLUMNS), key=repr)
        if right != kept:
            yield Difference(appeal.number, len(set(right) - set(kept)), len(set(kept) - set(right)))


def _dates(appeal: Appeal, steps: list[StepFact]) -> list[DateFact]:
    if not steps:
        return []
    return [
        DateFact(one.kind, one.round, one.started_at, one.due.at, one.stopped_at)
        for one in clocks.count(appeal, steps).states
        if one.kind in rules.CLOCKS
    ]


def _repeats(before: datetime | None) -> dict[int, list[datetime]]:
    rows = Appeal.objects.filter(repeat_of__isnull=False)
    rows = rows if before is None else rows.filter(entered_at__lt=before)
    found: dict[int, list[datetime]] = defaultdict(list)
    for key, at in rows.values_list("repeat_of_id", "received_at"):
        found[key].append(at)
    return found
