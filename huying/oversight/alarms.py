"""Reading warnings. Whoever may not know of one of its cases never learns that the warning is there: its numbers would
tell of the case."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from huying.appeals import parameters, queries, sealedwords
from huying.appeals.models import Appeal, Subject
from huying.oversight import proceedings
from huying.oversight.models import Alarm, AlarmCase, AlarmRecord, Proceeding
from huying.people import queries as people
from huying.people.models import Post, Unit
from huying.rules import alarms as rules
from huying.rules.actors import Actor
from huying.rules.alarms import Thresholds
from huying.rules.enums import AlarmRule, AlarmStatus, AlarmStep, PostKind, SubjectStatus

# Their numbers count more than the cases they list.
BEYOND_ITS_CASES = (AlarmRule.SILENCE, AlarmRule.DISSATISFIED)


class NoSuchAlarm(Exception):
    """There is no such warning for this person: the same answer whether it exists or not."""


def visible_to(actor: Actor) -> QuerySet[Alarm]:
    """The warnings about the units this actor heads or watches, all of whose cases the actor may know of."""
    sight = Q(pk__in=[])
    for post in actor.posts:
        if post.kind in rules.READERS_ABOVE:
            sight |= Q(unit__path__startswith=post.unit.path)
        elif post.kind in rules.BY_THE_UNIT:
            sight |= Q(unit=post.unit.id, is_apart=False)
    unknown = AlarmCase.objects.filter(alarm=OuterRef("pk")).exclude(appeal__in=queries.visible_to(actor).values("pk"))
    open_, apart = _places_that_count_about(actor)
    told = Q(is_apart=False, unit__in=open_) | Q(is_apart=True, unit__in=apart)
    return Alarm.objects.filter(sight).exclude(Exists(unknown)).exclude(Q(rule__in=BEYOND_ITS_CASES) & told)


def _places_that_count_about(actor: Actor) -> tuple[set[int], set[int]]:
    """Schools where something is said about this actor and counted: in what the school may see, from which its head is
    left out, and in all."""
    about = Q(person_id__in=actor.walled_persons) | Q(unit_id__in=actor.own_units)
    live = Subject.objects.filter(about).exclude(status=SubjectStatus.DISMISSED)
    rows = set(live.values_list("appeal__place_id", "person_id", "unit_id"))
    heads = set(
        Post.objects.filter(
            kind=PostKind.PRINCIPAL, person__in=[person for _, person, _ in rows if person], ends_on=None
        ).values_list("unit_id", "person_id")
        if rows
        else ()
    )
    apart = {place for place, _, _ in rows}
    return {place for place, person, unit in rows if unit != place and (place, person) not in heads}, apart


def listed(actor: Actor, *, is_closed: bool = False) -> QuerySet[Alarm]:
    """The warnings that run, or those that are closed, with how many cases each has."""
    status = Q(status=AlarmStatus.CLOSED)
    found = visible_to(actor).filter(status if is_closed else ~status)
    return found.select_related("unit", "topic", "channel").annotate(many=Count("cases", distinct=True))


def sizes(actor: Actor) -> dict[str, int]:
    """How many warnings run, by how far they have come."""
    rows = visible_to(actor).order_by().values("status").annotate(n=Count("pk")).values_list("status", "n")
    return dict(rows)


def get_for(actor: Actor, pk: int) -> Alarm:
    """One warning this actor may see; NoSuchAlarm otherwise."""
    found = visible_to(actor).filter(pk=pk).select_related("unit", "watched_by", "topic", "channel").first()
    if found is None:
        raise NoSuchAlarm
    return found


def cases_of(alarm: Alarm, actor: Actor) -> QuerySet[Appeal]:
    """Its cases, as far as the actor may know of them; the newest first."""
    mine = AlarmCase.objects.filter(alarm=alarm).values("appeal")
    seen = queries.visible_to(actor).filter(pk__in=mine).select_related("channel", "topic")
    return sealedwords.marked(seen).order_by("-received_at", "-pk")


def records_of(alarm: Alarm) -> list[AlarmRecord]:
    """What was done, the latest first."""
    return list(alarm.records.select_related("person").order_by("-sequence"))


def talks_of(alarm: Alarm, actor: Actor) -> list[Proceeding]:
    """The talks that were called over this warning, as far as the actor may know of them."""
    return list(proceedings.visible_to(actor).filter(interview__alarm=alarm.pk).order_by("-opened_at"))


def numbers_now(alarm: Alarm) -> dict[str, Any]:
    """The numbers of the last day on which it grew; those of the day it was found, when it never did."""
    last = alarm.records.filter(step=AlarmStep.GREW).order_by("-sequence").first()
    return last.data["numbers"] if last is not None else alarm.numbers


def unit_may_know(alarm: Alarm, *, on: date) -> bool:
    """Whether the head of the unit may know of every case: else the unit is told nothing."""
    heads = people.holders(unit=alarm.unit_id, kind=PostKind.PRINCIPAL, on=on).select_related("unit")
    some = [people.actor_as(head, on=on) for head in heads]
    return not alarm.is_apart and all(visible_to(one).filter(pk=alarm.pk).exists() for one in some)


def thresholds(*, on: date, schools: int) -> Thresholds:
    """The dated numbers in force on that day, for so many schools."""
    return Thresholds(
        false_a_year=parameters.value("alarms_false_per_100_schools", on=on) * schools / 100,
        repeat=parameters.value("alarms_repeat", on=on),
        repeat_days=parameters.value("alarms_repeat_days", on=on),
        many=parameters.value("alarms_many", on=on),
        overdue=parameters.value("alarms_overdue", on=on),
    )


def open_steps(alarm: Alarm, actor: Actor) -> tuple[AlarmStep, ...]:
    """The steps that are open to this actor."""
    return rules.open_steps(actor, status=AlarmStatus(alarm.status), unit=alarm.unit.fact)


def above(unit: Unit) -> Unit:
    """The unit that watches this one: the one above; the county watches itself."""
    return unit.parent if unit.parent is not None else unit
