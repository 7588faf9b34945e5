"""Whom a ladder step tells, with the posts and walls of today, and the letters: one digest a recipient and hour."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from huying.appeals import facts, heads
from huying.appeals.models import Appeal, Clock, LadderEntry, Subject
from huying.channels import post
from huying.people import queries as people
from huying.rules import conflicts
from huying.rules.case import SubjectFact, UnitFact
from huying.rules.enums import ClockKind, Colour, PostKind, Rung, State, UnitLevel
from huying.rules.permissions import HEAD_OF_LEVEL
from huying.rules.workdays import SHANGHAI

DESK_CLOCKS = (ClockKind.TRIAGE, ClockKind.DECLINE_RULING)
RED_LINE_CLOCKS = (ClockKind.REPORT_AT_ONCE, ClockKind.BULLYING_INQUIRY)


def resolve(entries: Sequence[LadderEntry], appeals: Sequence[Appeal], *, on: date) -> None:
    """Every entry names a post in a unit, or a person: passed over upwards where a post is empty or in conflict."""
    if not entries:
        return
    subjects = _subjects(appeals, on=on)
    branch = people.branch(_paths(appeals), on=on)
    for entry in entries:
        _address(entry, branch, subjects.get(entry.appeal_id, ()), on=on)


def write(entries: Sequence[LadderEntry], rows: Sequence[Clock], *, at: datetime) -> None:
    """The letters wait in the outbox. A red line is told by itself; everything else is one digest an hour."""
    kinds = {row.pk: ClockKind(row.kind) for row in rows}
    hour = f"{at.astimezone(SHANGHAI):%Y%m%d%H}"
    for entry in entries:
        if kinds[entry.clock_id] in RED_LINE_CLOCKS:
            _tell_red_line(entry, at=at)
    ordinary = [entry for entry in entries if kinds[entry.clock_id] not in RED_LINE_CLOCKS]
    for unit, holder, person in {(entry.unit, entry.post, entry.person) for entry in ordinary}:
        key = f"due:{hour}:{unit}.{holder}" if person is None else f"due:{hour}:p{person}"
        red = any(_is_for(entry, unit, holder, person) and entry.colour == Colour.RED for entry in ordinary)
        data = {"colour": Colour.RED if red else Colour.YELLOW}
        post.tell("due_digest", key=key, at=at, unit=unit, post=holder, person=person, data=data)


def _is_for(entry: LadderEntry, unit: int | None, holder: str, person: int | None) -> bool:
    return (entry.unit, entry.post, entry.person) == (unit, holder, person)


def _tell_red_line(entry: LadderEntry, *, at: datetime) -> None:
    post.tell(
        "red_line_due",
        key=f"ladder:{entry.clock_id}:{entry.rung}",
        at=at,
        unit=entry.unit,
        post=entry.post,
        person=entry.person,
        appeal=entry.appeal_id,
        number=entry.appeal.number,
    )


def _address(entry: LadderEntry, branch: people.Branch, subjects: Sequence[SubjectFact], *, on: date) -> None:
    appeal = entry.appeal
    if entry.tells == Rung.WORKER and _worker_may_know(appeal, subjects) and _is_workers(entry):
        entry.person = appeal.in_charge_id
        return
    if (entry.tells == Rung.DESK or _is_desks(entry)) and not conflicts.is_near(appeal.desk.fact, subjects):
        entry.unit, entry.post = appeal.desk_id, _dispatcher_of(appeal.desk.fact)
        return
    unit = heads.acting(_upwards(entry, branch), branch, subjects, on=on)
    if unit is not None:
        entry.unit, entry.post = unit.id, HEAD_OF_LEVEL[unit.level]


def _is_workers(entry: LadderEntry) -> bool:
    return entry.appeal.in_charge_id is not None and ClockKind(entry.clock.kind) not in (
        *DESK_CLOCKS,
        ClockKind.REVIEW,
        ClockKind.CALLBACK,
    )


def _is_desks(entry: LadderEntry) -> bool:
    """The first step of what the dispatcher has to do, or of an appeal nobody has in hand yet."""
    idle = entry.appeal.lead_unit_id is None or entry.appeal.state == State.CLOSED
    return entry.tells == Rung.WORKER and (ClockKind(entry.clock.kind) in DESK_CLOCKS or idle)


def _worker_may_know(appeal: Appeal, subjects: Iterable[SubjectFact]) -> bool:
    return all(one.person != appeal.in_charge_id for one in subjects if one.is_live)


def _dispatcher_of(unit: UnitFact) -> PostKind:
    return PostKind.DISPATCHER if unit.level.tier < UnitLevel.DISTRICT.tier else PostKind.COUNTY_DISPATCHER


def _upwards(entry: LadderEntry, branch: people.Branch) -> list[UnitFact]:
    """The units whose head may be told, lowest first: from the lead unit, from the school, or from the county."""
    appeal = entry.appeal
    lead = appeal.lead_unit.path if appeal.lead_unit is not None else appeal.place.path
    units = [*branch.up_from(lead)]
    units += [unit for unit in branch.up_from(appeal.place.path) if unit not in units]
    lowest = {Rung.PRINCIPAL: UnitLevel.SCHOOL.tier, Rung.COUNTY: UnitLevel.COUNTY.tier}.get(Rung(entry.tells), 0)
    if ClockKind(entry.clock.kind) is ClockKind.REVIEW and appeal.lead_unit is not None:
        lowest = max(lowest, min(appeal.lead_unit.fact.level.tier + 1, UnitLevel.COUNTY.tier))
    return sorted((unit for unit in units if unit.level.tier >= lowest), key=lambda unit: unit.level.tier)


def _paths(appeals: Iterable[Appeal]) -> set[str]:
    return {
        path for one in appeals for path in (one.place.path, one.lead_unit.path if one.lead_unit else one.desk.path)
    }


def _subjects(appeals: Iterable[Appeal], *, on: date) -> dict[int, list[SubjectFact]]:
    rows = list(Subject.objects.filter(appeal__in=[one.pk for one in appeals]).select_related("person__unit", "unit"))
    found: dict[int, list[SubjectFact]] = defaultdict(list)
    for row, fact in zip(rows, facts.facts_of(rows, on=on), strict=True):
        found[row.appeal_id].append(fact)
    return found
