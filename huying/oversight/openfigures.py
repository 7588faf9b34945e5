"""A month's public figures: made once, some days after the month is over, with small counts hidden, and never again.

Each row is what the school counts as its own: what went past it, or is about its head, is in no public number either,
or the difference would tell the school of it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from huying.appeals.models import Topic
from huying.oversight import figures, publications
from huying.oversight.models import OpenMonth
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules import chain, disclosure
from huying.rules.disclosure import TOTAL
from huying.rules.periods import Period
from huying.rules.workdays import local_day

# What happened on the last days has been entered by then.
MADE_ON = 5
RECEIVED, ANSWERED, DUE, CALLED = "received", "answered", "due", "called"
ON_TIME, LATE, SATISFIED, DISSATISFIED = "on_time", "late", "satisfied", "dissatisfied"
Counts = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Row:
    """One public number: of which measure, school and column ("*" is all of them); None where it is not shown."""

    measure: str
    school: str
    column: str
    value: int | None


def make_due(*, at: datetime) -> int:
    """The month before is public, once its figures have settled and the county has opened up; how many were made."""
    on = local_day(at)
    month = (on.replace(day=1) - timedelta(days=1)).replace(day=1)
    county = people.county()
    if on.day < MADE_ON or county is None or not publications.is_open(county):
        return 0
    if OpenMonth.objects.filter(month=month).exists():
        return 0
    rows = [[one.measure, one.school, one.column, one.value] for one in rows_of(month, on=on)]
    digest = hashlib.sha256(chain.canonical(rows)).hexdigest()
    _made, is_new = OpenMonth.objects.get_or_create(
        month=month, defaults={"made_at": at, "shown": rows, "digest": digest}
    )
    return int(is_new)


def rows_of(month: date, *, on: date) -> list[Row]:
    """The numbers of a month with small counts hidden, each table by itself: no number stands in two of them."""
    counted = _counted(list(people.schools()), Period.month(f"{month:%Y-%m}"), on=on)
    return [row for measure, counts in counted.items() for row in _shown(measure, counts)]


def _shown(measure: str, counts: Counts) -> Iterator[Row]:
    cells = disclosure.table(counts, name=measure)
    unseen = disclosure.hidden(cells)
    for cell in cells:
        _name, school, column = cell.key
        yield Row(measure, school, column, None if cell.key in unseen else cell.value)


def _counted(schools: Iterable[Unit], period: Period, *, on: date) -> dict[str, Counts]:
    """What each school received and answered by topic, was due and late, was called and satisfied."""
    codes = dict(Topic.objects.values_list("pk", "code"))
    counted: dict[str, Counts] = {RECEIVED: {}, ANSWERED: {}, DUE: {}, CALLED: {}}
    for school in schools:
        scope = figures.of_unit(school, on=on)
        by_topic = figures.by(scope, period, "topic", on=on, key=codes.get)
        whole = figures.of(scope, period, on=on)
        for code in codes.values():
            report = figures.report(by_topic.get(code, figures.Sums({})), period, on=on)
            counted[RECEIVED][school.code, code] = report.count("volume")
            counted[ANSWERED][school.code, code] = report.count("answered")
        due, called = whole["on_time_rate"], whole["satisfaction_rate"]
        on_time, dissatisfied = int(due.n), whole.count("dissatisfied")
        counted[DUE] |= {(school.code, ON_TIME): on_time, (school.code, LATE): (due.N or 0) - on_time}
        counted[CALLED] |= {
            (school.code, SATISFIED): (called.N or 0) - dissatisfied,
            (school.code, DISSATISFIED): dissatisfied,
        }
    return counted


def months() -> list[date]:
    """The months that are public, newest first."""
    return list(OpenMonth.objects.values_list("month", flat=True))


def rows(month: date | None = None) -> list[tuple[date, Row]]:
    """What is public of a month, or of all, newest first."""
    found = OpenMonth.objects.all() if month is None else OpenMonth.objects.filter(month=month)
    return [(one.month, Row(*row)) for one in found for row in one.shown]


def table_of(month: date) -> dict[tuple[str, str, str], int | None]:
    """The same by measure, school and column."""
    return {(row.measure, row.school, row.column): row.value for _month, row in rows(month)}


def topics() -> list[dict[str, Any]]:
    """Codes and names of the topics, in the order of the tree."""
    return list(Topic.objects.order_by("position", "id").values("code", "name"))


__all__ = ["TOTAL", "Row", "make_due", "months", "rows", "rows_of", "table_of", "topics"]
