"""What the rules want to know of an appeal, read from its ledger and from the units and posts of today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from huying.appeals import heads, parameters
from huying.appeals.models import Appeal, Clock, Event, RequestItem, Subject
from huying.people import queries as people
from huying.people.prepared import Prepared, PreparedObjects
from huying.rules import conflicts, history
from huying.rules.case import CaseFacts, History, StepFact, SubjectFact, UnitFact
from huying.rules.enums import (
    Action,
    ActorKind,
    AppealKind,
    ClockKind,
    Flag,
    PrivacyMode,
    State,
    SubjectStatus,
    UnitLevel,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEEDED = ("organisation", "place", "desk", "lead_unit", "in_charge", "channel", "topic", "receipt")


def local_day(at: datetime) -> date:
    """The day in China on which a moment falls."""
    return at.astimezone(SHANGHAI).date()


def of(
    appeal: Appeal,
    *,
    at: datetime,
    events: Sequence[Event] | None = None,
    steps: Sequence[StepFact] | None = None,
    items: frozenset[int] | None = None,
    subjects: tuple[SubjectFact, ...] | None = None,
    clocks: Sequence[Clock] | None = None,
) -> CaseFacts:
    """The facts of one appeal at one moment. What the caller has read already spares a read here."""
    if steps is None:
        steps = record_of(appeal).steps if events is None else [step_of(event) for event in events]
    past = history.replay(steps)
    on = local_day(at)
    subjects = subjects_of(appeal, on=on) if subjects is None else subjects
    assisting = _assisting_ids(steps)
    lead = appeal.lead_unit.fact if appeal.lead_unit is not None else None
    place, desk = appeal.place.fact, appeal.desk.fact
    # Only whose head answers and reviews is asked of the branch: without a lead unit there is nothing to ask.
    branch = people.branch([lead.path, *_paths(assisting)], on=on) if lead else people.Branch({}, {})
    clocks = clocks_of(appeal) if clocks is None else clocks
    return CaseFacts(
        at=at,
        id=appeal.pk,
        kind=AppealKind(appeal.kind),
        privacy=PrivacyMode(appeal.privacy),
        place=place,
        desk=desk,
        lead=lead,
        assisting=tuple(assisting),
        in_charge=None if is_in_conflict(appeal, subjects, on=on) else appeal.in_charge_id,
        answering=_answering(lead, branch, subjects, on=on),
        reviewing=_reviewing(lead, branch, subjects, answered_by=past.answered_by, on=on),
        subjects=subjects,
        open_items=_open_items(appeal) if items is None else items,
        history=past,
        due_at=appeal.due_at,
        outer_due_at=senders_limit(clocks),
        pause_left=not any(c.kind == ClockKind.PAUSE_CAP and _ran_out(c) for c in clocks),
        reopen_window=_stands_open(clocks, ClockKind.REOPEN_WINDOW, at=at),
        dispute_window=_stands_open(clocks, ClockKind.DISPUTE_WINDOW, at=at),
        decline_in_time=_in_time(clocks, ClockKind.DECLINE, at=at),
        **_caps(past, on=on),
    )


def is_in_conflict(appeal: Appeal, subjects: Iterable[SubjectFact], *, on: date) -> bool:
    """Whether the person in charge stands behind the wall of that day: then the work is its head's (R7)."""
    live = [one for one in subjects if one.is_live]
    if appeal.in_charge is None or not live:
        return False
    return conflicts.is_walled(people.actor_as(appeal.in_charge, on=on), live)


def _caps(past: History, *, on: date) -> dict[str, int]:
    """How often work may be sent back and a case reopened; only looked up once that has happened."""
    if not (past.reworks or past.reopens):
        return {}
    return {name: parameters.value(name, on=on) for name in ("rework_cap", "reopen_cap")}


@dataclass(frozen=True)
class Recorded:
    """What the ledger says of one appeal: its steps in order, and the digest of the last."""

    steps: tuple[StepFact, ...]
    head: str


def record_of(appeal: Appeal) -> Recorded:
    """The record of an appeal as it stands now."""
    rows = _EVENTS.rows(appeal.pk)
    return Recorded(tuple(_step(*row[1:]) for row in rows), rows[-1][0] if rows else "")


def clocks_of(appeal: Appeal) -> list[Clock]:
    """The clock rows of an appeal, in the order they were made."""
    return _CLOCKS.all(appeal.pk)


_STEP = ("sequence", "action", "at", "actor_kind", "person_id", "unit_id", "from_state", "to_state", "flags", "data")
_EVENTS = Prepared(
    lambda appeal: Event.objects.filter(appeal=appeal).order_by("sequence").values_list("digest", *_STEP)
)
_CLOCKS = PreparedObjects(Clock, lambda appeal: Clock.objects.filter(appeal=appeal).order_by("pk"))
_ITEMS = Prepared(lambda appeal: RequestItem.objects.filter(appeal=appeal).order_by().values_list("pk"))


def steps_of_many(keys: Sequence[int]) -> dict[int, list[StepFact]]:
    """The steps of each of these appeals, in order."""
    found: dict[int, list[StepFact]] = {key: [] for key in keys}
    rows = Event.objects.filter(appeal__in=keys).order_by("appeal_id", "sequence")
    for key, *row in rows.values_list("appeal_id", *_STEP):
        found[key].append(_step(*row))
    return found


def step_of(event: Event) -> StepFact:
    """One event as the rules read it."""
    return _step(*(getattr(event, name) for name in _STEP))


def _step(
    sequence: int,
    action: str,
    at: datetime,
    actor_kind: str,
    person: int | None,
    unit: int | None,
    from_state: str,
    to_state: str,
    flags: str,
    data: dict[str, Any],
) -> StepFact:
    return StepFact(
        sequence=sequence,
        action=Action(action),
        at=at,
        actor_kind=ActorKind(actor_kind),
        person=person,
        unit=unit,
        from_state=State(from_state) if from_state else None,
        to_state=State(to_state),
        flags=frozenset(Flag(word) for word in flags.split()),
        data=data,
    )


def subjects_of(appeal: Appeal, *, on: date) -> tuple[SubjectFact, ...]:
    """Who is complained about, with the units they head on that day."""
    rows = _SUBJECTS.rows(appeal.pk)
    persons = {row[2] for row in rows if row[2]}
    headed = people.headed_by(persons, on=on) if persons else {}
    return tuple(
        SubjectFact(
            id=pk,
            status=SubjectStatus(status),
            person=person,
            unit=UnitFact(id=unit, path=path, level=UnitLevel(level)) if unit is not None else None,
            home=home or "",
            headed=headed.get(person, ()),
        )
        for pk, status, person, home, unit, path, level in rows
    )


_SUBJECTS = Prepared(
    lambda appeal: (
        Subject.objects.filter(appeal=appeal)
        .order_by("id")
        .values_list("pk", "status", "person_id", "person__unit__path", "unit_id", "unit__path", "unit__level")
    )
)


def facts_of(subjects: Iterable[Subject], *, on: date) -> tuple[SubjectFact, ...]:
    """These rows as the rules read them."""
    rows = list(subjects)
    headed = people.headed_by([row.person_id for row in rows if row.person_id], on=on) if rows else {}
    return tuple(_subject(row, headed) for row in rows)


def subject_fact(row: Subject, *, on: date) -> SubjectFact:
    """One row as the rules read it, saved or not."""
    return _subject(row, people.headed_by([row.person_id], on=on) if row.person_id else {})


def _subject(row: Subject, headed: dict[int, tuple[str, ...]]) -> SubjectFact:
    return SubjectFact(
        id=row.pk,
        status=SubjectStatus(row.status),
        person=row.person_id,
        unit=row.unit.fact if row.unit is not None else None,
        home=row.person.unit.path if row.person is not None else "",
        headed=headed.get(row.person_id, ()) if row.person_id else (),
    )


def _assisting_ids(steps: Iterable[StepFact]) -> list[UnitFact]:
    last = next((step for step in reversed(list(steps)) if step.action is Action.DISPATCH), None)
    if last is None or not last.data.get("assisting"):
        return []
    return list(people.unit_facts(last.data["assisting"]))


def _paths(units: Iterable[UnitFact]) -> list[str]:
    return [unit.path for unit in units]


def _open_items(appeal: Appeal) -> frozenset[int]:
    return frozenset(pk for (pk,) in _ITEMS.rows(appeal.pk))


def _answering(
    lead: UnitFact | None, branch: people.Branch, subjects: tuple[SubjectFact, ...], *, on: date
) -> UnitFact | None:
    """Whose head acts for the lead unit: its own, else the nearest one above with a head who is not in conflict."""
    if lead is None:
        return None
    return heads.acting(branch.up_from(lead.path), branch, subjects, on=on)


def _reviewing(
    lead: UnitFact | None,
    branch: people.Branch,
    subjects: tuple[SubjectFact, ...],
    *,
    answered_by: int | None,
    on: date,
) -> UnitFact | None:
    """Whose head reviews the answer: one tier above the lead unit, higher where that post is empty, in conflict, or
    held by the hand that wrote the answer. The county reviews its own by another pair of eyes."""
    if lead is None:
        return None
    above = [unit for unit in branch.up_from(lead.path) if unit.level.tier > lead.level.tier]
    top = [unit for unit in branch.up_from(lead.path) if unit.level is UnitLevel.COUNTY]
    return heads.acting(above or top, branch, subjects, on=on, without=answered_by)


def senders_limit(clocks: Iterable[Clock]) -> datetime | None:
    """The outer date that nothing of ours may move: the sender's or the law's. Our own promise is not one."""
    fixed = [one for one in clocks if one.kind == ClockKind.OUTER and one.explanation.get("fixed")]
    return max(fixed, key=lambda one: one.round).due_at if fixed else None


def _stands_open(clocks: Iterable[Clock], kind: ClockKind, *, at: datetime) -> bool:
    return any(clock.kind == kind and clock.stopped_at is None and at <= clock.due_at for clock in clocks)


def _in_time(clocks: Iterable[Clock], kind: ClockKind, *, at: datetime) -> bool:
    return not any(clock.kind == kind and clock.stopped_at is None and at > clock.due_at for clock in clocks)


def _ran_out(clock: Clock) -> bool:
    return clock.stopped_at is not None and clock.stopped_at >= clock.due_at


def unit_name(pk: int | None) -> str:
    """The name of a unit an event points to; empty when it points to none."""
    return people.unit_names([pk]).get(pk, "") if pk is not None else ""
