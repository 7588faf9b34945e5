"""The escalation ladder as dated rows: read for people, followed by new rows, tried on the month that has passed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from huying.appeals import rulebook
from huying.appeals.due import ladder, told
from huying.appeals.models import Appeal, Clock, LadderEntry, LadderStep
from huying.people import changes
from huying.people import queries as people
from huying.rules import escalation, ladders
from huying.rules.actors import Actor
from huying.rules.enums import ClockKind, Colour, PostKind, Severity
from huying.rules.escalation import LadderFact, NextStep
from huying.rules.labels import label
from huying.rules.workdays import local_day

Group = tuple[ClockKind | None, Severity | None]
BEGINNING = date(2019, 1, 1)
LOOKED_BACK = timedelta(days=30)
LONGEST_OPEN = timedelta(days=120)
MOST_APPEALS = 5_000


@dataclass(frozen=True)
class Reminded:
    """Somebody whom a ladder would have told, how often, and of how many appeals."""

    name: str
    yellow: int
    red: int
    appeals: int


@dataclass(frozen=True)
class Rehearsal:
    """A ladder tried on a month: whom it tells, and how many appeals were looked at."""

    reminded: tuple[Reminded, ...]
    steps: int
    appeals: int
    is_whole: bool


def steps_on(on: date) -> dict[Group, tuple[LadderFact, ...]]:
    """The ladders in force on a day, by what they are for; first the one for everything."""
    return _grouped(one for one in facts() if one.valid_from <= on <= one.valid_to)


def steps_to_come(on: date) -> dict[Group, tuple[LadderFact, ...]]:
    """Ladders that are written down and come into force later."""
    return _grouped(one for one in facts() if one.valid_from > on)


def facts() -> tuple[LadderFact, ...]:
    """Every dated step; the shipped ones while none is written down."""
    rows = tuple(rulebook.ladder_fact(row) for row in LadderStep.objects.order_by("valid_from", "position"))
    return rows or escalation.SHIPPED


@transaction.atomic
def follow(group: Group, steps: Sequence[LadderFact], *, source: str, on: date, by: Actor, at: datetime) -> None:
    """From that day on these steps stand in the place of the group's; clocks started before keep theirs.

    Raises `BadLadder`.
    """
    clock, severity = group
    before = steps_on(on).get(group, ())
    if not LadderStep.objects.exists():
        LadderStep.objects.bulk_create([rulebook.ladder_row(one, BEGINNING) for one in escalation.SHIPPED])
    same = LadderStep.objects.filter(clock=clock or "", severity=severity or "")
    same.filter(valid_from__gte=on).delete()
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    same.filter(lasting).update(valid_to=on - timedelta(days=1))
    LadderStep.objects.bulk_create(
        [
            rulebook.ladder_row(replace(one, position=place, clock=clock, severity=severity, source=source), on)
            for place, one in enumerate(ladders.checked(steps), start=1)
        ]
    )
    lines = [("from", "", on), ("source", "", source), ("steps", _said(before), _said(steps))]
    subject = "，".join(label(one) for one in group if one) or "所有环节"
    changes.record(area="ladder", act="followed", subject=subject, place=None, by=by, at=at, lines=lines)


def _said(steps: Sequence[LadderFact]) -> str:
    """The steps as the record keeps them: 2 WD head yellow, …"""
    return "; ".join(
        " ".join([str(one.value), one.unit, *(["from start"] if one.from_start else []), one.tells, one.colour])
        for one in steps
    )


def rehearse(steps: Sequence[LadderFact], *, at: datetime) -> Rehearsal:
    """Whom this ladder would have told in the month before, by the posts of today. No row is written."""
    rows = Appeal.objects.filter(imported=False, received_at__gte=at - LONGEST_OPEN, received_at__lte=at)
    chosen = list(rows.order_by("-pk").values_list("pk", flat=True)[: MOST_APPEALS + 1])
    appeals = Appeal.objects.filter(pk__in=chosen[:MOST_APPEALS])
    timeless = [replace(one, valid_from=date.min, valid_to=date.max) for one in steps]
    found = ladder.rehearse(timeless, appeals, since=at - LOOKED_BACK, until=at)
    reminded = _reminded(found, on=local_day(at))
    return Rehearsal(reminded, len(found), len(chosen[:MOST_APPEALS]), len(chosen) <= MOST_APPEALS)


def _reminded(found: Sequence[tuple[Clock, NextStep]], *, on: date) -> tuple[Reminded, ...]:
    entries = [
        LadderEntry(clock=row, appeal=row.appeal, rung=step.rung, colour=step.colour, tells=step.tells)
        for row, step in found
    ]
    told.resolve(entries, list({entry.appeal_id: entry.appeal for entry in entries}.values()), on=on)
    heaps: dict[tuple[int | None, str, int | None], list[LadderEntry]] = defaultdict(list)
    for entry in entries:
        heaps[entry.unit, entry.post, entry.person].append(entry)
    units = people.unit_names({unit for unit, _, _ in heaps if unit is not None})
    lines = [_line(_name(key, units), heap) for key, heap in heaps.items()]
    return tuple(sorted(lines, key=lambda one: (-one.yellow - one.red, one.name)))


def _name(key: tuple[int | None, str, int | None], units: dict[int, str]) -> str:
    unit, post, person = key
    if person is not None:
        return people.person(person).name
    return f"{units.get(unit or 0, '')}{label(PostKind(post))}" if post else ""


def _line(name: str, heap: Sequence[LadderEntry]) -> Reminded:
    red = sum(one.colour == Colour.RED for one in heap)
    return Reminded(name, len(heap) - red, red, len({one.appeal_id for one in heap}))


def _grouped(found: Iterable[LadderFact]) -> dict[Group, tuple[LadderFact, ...]]:
    groups: dict[Group, list[LadderFact]] = defaultdict(list)
    for one in found:
        groups[one.clock, one.severity].append(one)
    ordered = sorted(groups, key=lambda group: (group[0] is not None, str(group[0]), str(group[1])))
    return {group: tuple(sorted(groups[group], key=lambda one: one.position)) for group in ordered}
