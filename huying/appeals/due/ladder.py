"""The escalation ladder climbed: each step once, in order, from the oldest on, whoever has the appeal in hand.

One batch is one transaction: its clocks are claimed (skipping those another process holds), the steps written down,
the letters put into the outbox. Killed half-way, nothing of the batch has happened.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from huying.appeals import facts, rulebook
from huying.appeals.actions.escalate import escalate
from huying.appeals.due import told
from huying.appeals.models import Appeal, Clock, LadderEntry
from huying.appeals.steps import NotPossible, Stale
from huying.people import queries as people
from huying.rules import escalation
from huying.rules.actors import TIMER
from huying.rules.clocks import WINDOWS, Rulebook
from huying.rules.enums import ClockKind, Rung, Severity
from huying.rules.escalation import LadderFact, NextStep
from huying.rules.workdays import local_day

BATCH = 1000
ESCALATIONS = 100
SEEN_WITH = ("appeal__place", "appeal__desk", "appeal__lead_unit")


@dataclass
class Climb:
    """One sweep: what it read once and uses again, and how many steps it took."""

    at: datetime
    steps: int = 0
    books: dict[tuple[int, date], tuple[Rulebook, tuple[LadderFact, ...]]] = field(default_factory=dict)

    def book(self, appeal: Appeal) -> tuple[Rulebook, tuple[LadderFact, ...]]:
        """The rulebook of an appeal's place and day of birth."""
        born_on = local_day(appeal.received_at)
        key = (appeal.place_id, born_on)
        if key not in self.books:
            self.books[key] = rulebook.of_place(appeal.place, born_on=born_on)
        return self.books[key]


def climb(*, at: datetime, batch: int = BATCH) -> int:
    """Every step of the ladder that was due by now has been taken; how many. Nothing due costs one read."""
    sweep = Climb(at)
    while _is_waiting(at) and _climb_batch(sweep, batch):
        pass
    return sweep.steps


def _is_waiting(at: datetime) -> bool:
    # Asked in the order of the index: a planner without statistics would else read the whole table.
    return bool(_waiting(at).order_by("next_step_at").values_list("pk", flat=True)[:1])


def _waiting(at: datetime) -> QuerySet[Clock]:
    return Clock.objects.filter(next_step_at__lte=at, stopped_at__isnull=True).exclude(kind__in=WINDOWS)


@transaction.atomic
def _climb_batch(sweep: Climb, batch: int) -> int:
    """How many clocks this batch claimed."""
    rows = list(_claimed(_waiting(sweep.at)).order_by("next_step_at", "pk").select_related(*SEEN_WITH)[:batch])
    entries: list[LadderEntry] = []
    for row in rows:
        entries += _entries(row, sweep)
    told.resolve(entries, [row.appeal for row in rows], on=local_day(sweep.at))
    LadderEntry.objects.bulk_create(entries)
    _mark(rows)
    told.write(entries, rows, at=sweep.at)
    sweep.steps += len(entries)
    return len(rows)


def _mark(rows: Iterable[Clock]) -> None:
    """The rungs done stand on the clocks. Most next steps fall on the same opening hours: one statement for each."""
    alike: dict[tuple[int, datetime | None], list[int]] = defaultdict(list)
    for row in rows:
        alike[row.rung, row.next_step_at].append(row.pk)
    for (rung, next_step_at), keys in alike.items():
        Clock.objects.filter(pk__in=keys).update(rung=rung, next_step_at=next_step_at)


def _claimed(rows: QuerySet[Clock]) -> QuerySet[Clock]:
    """Locked against other processes where the database can; elsewhere a writing transaction is alone anyway."""
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(of=("self",), skip_locked=True)
    return rows


def _entries(row: Clock, sweep: Climb) -> list[LadderEntry]:
    book, ladder = sweep.book(row.appeal)
    kind = ClockKind(row.kind)
    steps = list(
        escalation.steps_left(
            escalation.ladder_for(ladder, kind, severity=Severity(row.appeal.severity), on=local_day(row.started_at)),
            done=row.rung,
            started_at=row.started_at,
            due_at=row.due_at,
            calendar=book.calendar_for(kind),
        )
    )
    passed = [step for step in steps if step.at <= sweep.at]
    left = steps[len(passed) :]
    row.next_step_at = left[0].at if left else None
    if passed:
        row.rung = passed[-1].rung
    return [_entry(row, step, at=sweep.at) for step in passed]


def _entry(row: Clock, step: NextStep, *, at: datetime) -> LadderEntry:
    return LadderEntry(
        clock=row,
        appeal=row.appeal,
        rung=step.rung,
        colour=step.colour,
        tells=step.tells,
        due_at=step.at,
        taken_at=at,
        waits_for_escalation=step.tells is Rung.COUNTY and not row.appeal.escalated,
    )


def hand_up(*, at: datetime, most: int = ESCALATIONS) -> int:
    """Appeals the ladder has carried to the county are watched by it (提级), with an event; how many this time."""
    county = people.county()
    waiting = list(
        LadderEntry.objects.filter(waits_for_escalation=True).order_by("id").values_list("pk", flat=True)[:most]
    )
    if county is None:
        return 0
    return sum(_hand_up_one(pk, county=county.pk, at=at) for pk in waiting)


@transaction.atomic
def _hand_up_one(pk: int, *, county: int, at: datetime) -> int:
    # Whoever moves the mark does the step: a second process finds it moved.
    if not LadderEntry.objects.filter(pk=pk, waits_for_escalation=True).update(waits_for_escalation=False):
        return 0
    entry = LadderEntry.objects.get(pk=pk)
    appeal = Appeal.objects.select_related(*facts.NEEDED).get(pk=entry.appeal_id)
    if appeal.escalated:
        return 0
    try:
        with transaction.atomic():
            escalate(appeal, to=people.unit(county), cause="overdue", by=TIMER, at=at)
    except NotPossible:
        # Finished in the meantime: nobody needs to watch it.
        return 0
    except Stale:
        LadderEntry.objects.filter(pk=pk).update(waits_for_escalation=True)
        return 0
    return 1


def rehearse(
    ladder: Sequence[LadderFact], appeals: Iterable[Appeal], *, since: datetime, until: datetime
) -> list[tuple[Clock, NextStep]]:
    """Whom this ladder would have reminded in that time: the steps it would have taken, and no row written."""
    sweep = Climb(until)
    found: list[tuple[Clock, NextStep]] = []
    rows = Clock.objects.filter(appeal__in=appeals).exclude(kind__in=WINDOWS).select_related(*SEEN_WITH)
    for row in rows:
        book, _ = sweep.book(row.appeal)
        kind = ClockKind(row.kind)
        steps = escalation.ladder_for(ladder, kind, severity=Severity(row.appeal.severity), on=local_day(until))
        end = min(until, row.stopped_at or until)
        found += [
            (row, step)
            for step in escalation.steps_left(
                steps, done=0, started_at=row.started_at, due_at=row.due_at, calendar=book.calendar_for(kind)
            )
            if since <= step.at <= end
        ]
    return sorted(found, key=lambda one: one[1].at)
