"""The one writer of accountability cases: `begin` opens one, `move` takes it further; each leaves a line in a chain."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef

from huying.appeals import parameters
from huying.appeals.models import Appeal, Event
from huying.oversight.models import AccountabilityCase, DutyEvent, DutyFact
from huying.people import calendars
from huying.people import queries as people
from huying.people.models import Person, Unit
from huying.rules import accountability as rules
from huying.rules import chain
from huying.rules.accountability import DutyFacts, NotNow
from huying.rules.actors import Actor
from huying.rules.enums import DutyAct, DutyFinding, DutyMeasure, DutyStage, UnitLevel
from huying.rules.workdays import local_day, workday_after

PROPOSALS = (DutyAct.PROPOSE, DutyAct.RETURN)
DECISIONS = (DutyAct.DECIDE, DutyAct.DECIDE_OBJECTION)


def begin(
    person: Person,
    *,
    finding: DutyFinding,
    found: str,
    events: Iterable[tuple[Appeal, int]],
    quotes: bool,
    by: Actor,
    at: datetime,
) -> AccountabilityCase:
    """The case stands, opened, with its facts and its first line. Nobody but those who keep it knows of it yet."""
    chosen = list(events)
    facts = of_person(person, at=at)
    given = {"finding": finding, "found": found.strip(), "events": chosen, "quotes": quotes}
    stage = rules.begin(by, facts, given)
    case = AccountabilityCase.objects.create(
        number=_number(person, found, at=at),
        person=person,
        unit=person.unit,
        heads_school=facts.is_head_of_school,
        finding=finding,
        found=found.strip(),
        stage=stage,
        opened_at=at,
    )
    DutyFact.objects.bulk_create(DutyFact(case=case, appeal=appeal, sequence=number) for appeal, number in chosen)
    cited = [[appeal.pk, number] for appeal, number in chosen]
    _write(case, DutyAct.OPEN, past=[], note=found.strip(), data={"finding": finding, "facts": cited}, by=by, at=at)
    return case


def move(
    case: AccountabilityCase,
    act: DutyAct,
    *,
    note: str = "",
    given: Mapping[str, Any] | None = None,
    record: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> DutyEvent:
    """The case has moved by one act of the table, and one line says so; or nothing has happened.

    `note` is what was said; under which name the rules ask for it is theirs. Raises NotYours, NotNow.
    """
    past = list(case.events.order_by("sequence"))
    facts = facts_of(case, past, at=at)
    asked = {"reason": note, "statement": note, **(record or {}), **(given or {})}
    stage = rules.after(by, act, facts, asked)
    columns = {**(changes or {}), "stage": stage, "version": case.version + 1}
    moved = AccountabilityCase.objects.filter(pk=case.pk, version=case.version).update(**columns)
    if not moved or len(past) != case.version:
        raise NotNow("已被别人更新，请刷新后再看")
    for name, value in columns.items():
        setattr(case, name, value)
    return _write(case, act, past=past, note=note, data=record or {}, by=by, at=at)


def of_person(person: Person, *, at: datetime) -> DutyFacts:
    """What the rules ask of somebody whom no case is about yet."""
    heads = people.headed_by([person.pk], on=local_day(at)).get(person.pk, ())
    schools = Unit.objects.filter(path__in=heads, level=UnitLevel.SCHOOL).exists() if heads else False
    return DutyFacts(at=at, stage=None, person=person.pk, home=person.unit.fact, is_head_of_school=schools)


def facts_of(case: AccountabilityCase, past: list[DutyEvent], *, at: datetime) -> DutyFacts:
    """The case as the rules read it, from its row and its record."""
    proposal, decision = _last(past, PROPOSALS), _last(past, DECISIONS)
    stands = proposal is not None and proposal.act == DutyAct.PROPOSE
    return DutyFacts(
        at=at,
        stage=DutyStage(case.stage),
        person=case.person_id,
        home=case.unit.fact,
        is_head_of_school=case.heads_school,
        opened_by=past[0].person_id,
        proposed_by=proposal.person_id if stands and proposal else None,
        proposed=DutyMeasure(proposal.data["measure"]) if stands and proposal else None,
        decided_by=decision.person_id if decision else None,
        decided=DutyMeasure(decision.data["measure"]) if decision else None,
        decided_tier=decision.data["tier"] if decision else 0,
        heard_by_term=case.heard_by,
        objection_until=case.objection_until,
        has_objected=any(one.act == DutyAct.OBJECT for one in past),
        took_part=frozenset(one.person_id for one in past if one.person_id != case.person_id and one.person_id),
        cited=_cited(case),
    )


def _cited(case: AccountabilityCase) -> frozenset[int]:
    """The others whose acts are among the events that the finding stands on."""
    same = DutyFact.objects.filter(case=case, appeal=OuterRef("appeal"), sequence=OuterRef("sequence"))
    acts = Event.objects.filter(Exists(same), person__isnull=False).exclude(person=case.person_id)
    return frozenset(acts.order_by().values_list("person", flat=True))


def term(case: AccountabilityCase, name: str, *, at: datetime) -> datetime:
    """The close of the last of so many working days, as the dated parameter of this name says."""
    calendar, today = calendars.calendar_for(case.unit), local_day(at)
    return calendar.close_of(workday_after(calendar, today, parameters.value(name, on=today)))


def broken(case: AccountabilityCase) -> int | None:
    """The number of the first line that does not hold in the chain of the case; None when all do."""
    prev = chain.genesis(case.unit.code, case.number)
    for expected, event in enumerate(case.events.order_by("sequence"), start=1):
        if event.sequence != expected or event.prev != prev or event.digest != _digest(case, event):
            return expected
        prev = event.digest
    return None


def changed() -> list[str]:
    """Number and line of every case whose chain does not hold."""
    cases = AccountabilityCase.objects.select_related("unit").order_by("pk")
    return [f"{case.number}:{line}" for case in cases if (line := broken(case)) is not None]


def _last(past: Iterable[DutyEvent], acts: tuple[DutyAct, ...]) -> DutyEvent | None:
    return next((one for one in reversed(list(past)) if one.act in acts), None)


def _write(
    case: AccountabilityCase,
    act: DutyAct,
    *,
    past: list[DutyEvent],
    note: str,
    data: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> DutyEvent:
    event = DutyEvent(
        case=case,
        sequence=len(past) + 1,
        act=act,
        at=at,
        account_id=by.account,
        person_id=by.person,
        note=note,
        data=dict(data),
        prev=past[-1].digest if past else chain.genesis(case.unit.code, case.number),
    )
    event.digest = _digest(case, event)
    event.save(force_insert=True)
    return event


def _digest(case: AccountabilityCase, event: DutyEvent) -> str:
    return chain.digest(
        chain.EventFact(
            organisation=case.unit.code,
            number=case.number,
            sequence=event.sequence,
            kind=str(event.act),
            at=chain.moment(event.at),
            actor=None if event.account_id is None else str(event.account_id),
            payload={"person": event.person_id, "note": event.note, "data": event.data},
            prev=event.prev,
        )
    )


def _number(person: Person, found: str, *, at: datetime) -> str:
    """A number in no order: gaps would tell of cases that somebody may not know of."""
    last = AccountabilityCase.objects.aggregate(last=Max("pk"))["last"]
    lot = hashlib.sha256(f"duty {last} {person.pk} {at.isoformat()} {found}".encode()).hexdigest()[:8].upper()
    return f"ZJ-{local_day(at).year}-{lot}"
