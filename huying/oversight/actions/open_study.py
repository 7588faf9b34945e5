from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.appeals import queries
from huying.appeals.models import Appeal, Topic
from huying.oversight import notices, trace
from huying.oversight.actions.take_up import take_up
from huying.oversight.models import Alarm, JointStudy, Proceeding
from huying.oversight.trace import Opening
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules import interviews
from huying.rules.actors import Actor
from huying.rules.enums import AlarmStep, ProceedingAct, ProceedingKind, UnitLevel
from huying.rules.interviews import Unfit
from huying.rules.permissions import HEAD_OF_LEVEL
from huying.rules.workdays import local_day


@dataclass(frozen=True)
class Agenda:
    """What is to be studied, when and where; `alarm` is the warning that it takes up."""

    title: str
    problem: str
    meets_at: datetime
    place: str
    topic: Topic | None = None
    alarm: Alarm | None = None


@transaction.atomic
def open_study(
    units: Sequence[Unit], *, agenda: Agenda, cases: Sequence[Appeal] = (), by: Actor, at: datetime
) -> Proceeding:
    """These units are called together over one problem (商研), by a tier that holds them all; their heads are told.

    Raises NotYoursToCall or Unfit: two units at least, a day ahead, and no case that one of the heads may not know of.
    """
    post = interviews.require_studier(by, [unit.fact for unit in units])
    if len({unit.pk for unit in units}) < 2:
        raise Unfit("商研至少要两个单位")
    interviews.require_meeting(agenda.meets_at, at=at)
    interviews.require_known(_walled(units, cases, by=by, at=at))
    opening = Opening(
        kind=ProceedingKind.STUDY,
        title=agenda.title,
        unit=_above_all(units),
        post=post,
        next_on=local_day(agenda.meets_at),
        parties=units,
        cases=cases,
        data={"units": [unit.pk for unit in units], "cases": [one.pk for one in cases]},
    )
    made = trace.begin(opening, ProceedingAct.OPEN_STUDY, note=agenda.problem, by=by, at=at)
    JointStudy.objects.create(
        proceeding=made, topic=agenda.topic, problem=agenda.problem, meets_at=agenda.meets_at, place=agenda.place
    )
    if agenda.alarm is not None:
        about = {"kind": ProceedingKind.STUDY, "proceeding": made.pk}
        take_up(agenda.alarm, step=AlarmStep.STUDY, reason=agenda.problem[:500], **about, by=by, at=at)
    first = made.events.get()
    for unit in units:
        notices.to_head(made, "study_opened", unit=unit, of=first, at=at)
    return made


def _above_all(units: Sequence[Unit]) -> Unit:
    """The lowest unit that holds all of these."""
    shared = set.intersection(*(set(people.ids_of(unit.path)) for unit in units))
    lowest = [pk for pk in people.ids_of(units[0].path) if pk in shared][-1]
    return people.unit(lowest)


def _walled(units: Sequence[Unit], cases: Sequence[Appeal], *, by: Actor, at: datetime) -> list[str]:
    """Numbers of the cases behind the wall of one of the heads. Raises Unfit for what the opener may not see.

    What a head only does not have in hand may be talked over: each sees of it what their own lists show.
    """
    asked, on = {one.pk for one in cases}, local_day(at)
    if queries.visible_to(by).filter(pk__in=asked).count() != len(asked):
        raise Unfit("名单里有您看不到的件")
    walled: set[int] = set()
    for unit in units:
        kind = HEAD_OF_LEVEL[UnitLevel(unit.level)]
        for head in people.holders(unit=unit.pk, kind=kind, on=on).select_related("unit"):
            behind = queries.walled_from(people.actor_as(head, on=on)).filter(pk__in=asked)
            walled.update(behind.values_list("pk", flat=True))
    return [one.number for one in cases if one.pk in walled]
