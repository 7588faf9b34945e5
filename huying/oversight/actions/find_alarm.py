from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from huying.oversight import alarmbook, alarms
from huying.oversight.models import Alarm, AlarmCase
from huying.people.models import Unit
from huying.rules import alarms as rules
from huying.rules.actors import Actor
from huying.rules.alarms import Signal
from huying.rules.enums import AlarmRule, AlarmStatus, AlarmStep

# Of what was looked into and closed nobody is warned again so soon, as long as it is no more than it was.
RESTS = timedelta(days=90)
BY_CASES = (AlarmRule.MANY, AlarmRule.PHRASE)


@transaction.atomic
def find_alarm(signal: Signal, *, is_apart: bool = False, by: Actor, at: datetime) -> Alarm | None:
    """A warning runs about this matter: a new one, or the one that runs has grown. None when there is nothing new."""
    running = _running(signal, is_apart)
    if running is not None:
        return _grown(running, signal, by=by, at=at)
    return None if _is_settled(signal, is_apart, at=at) else _begun(signal, is_apart, by=by, at=at)


def _running(signal: Signal, is_apart: bool) -> Alarm | None:
    live = Alarm.objects.exclude(status=AlarmStatus.CLOSED).filter(is_apart=is_apart, unit=signal.unit)
    same = live.filter(matter=signal.matter).first()
    if same is None and signal.rule in BY_CASES:
        # The oldest case of a group may have left the window: what shares a case is the same matter.
        same = live.filter(rule=signal.rule, cases__appeal__in=signal.cases).order_by("pk").first()
    return same


def _grown(alarm: Alarm, signal: Signal, *, by: Actor, at: datetime) -> Alarm | None:
    if not _add(alarm, signal.cases):
        return None
    record = alarmbook.record(alarm, AlarmStep.GREW, data={"numbers": dict(signal.numbers)}, by=by, at=at)
    if alarm.status == AlarmStatus.RECTIFYING:
        alarmbook.tell_watchers(alarm, "alarm_grew", of=record)
    return alarm


def _is_settled(signal: Signal, is_apart: bool, *, at: datetime) -> bool:
    closed = Alarm.objects.filter(
        matter=signal.matter, is_apart=is_apart, status=AlarmStatus.CLOSED, closed_at__gte=at - RESTS
    )
    known = AlarmCase.objects.filter(alarm__in=closed, appeal__in=signal.cases).values("appeal").distinct().count()
    return closed.exists() and known == len(signal.cases)


def _begun(signal: Signal, is_apart: bool, *, by: Actor, at: datetime) -> Alarm:
    unit = Unit.objects.select_related("parent").get(pk=signal.unit)
    alarm = Alarm.objects.create(
        unit=unit,
        watched_by=alarms.above(unit),
        rule=signal.rule,
        version=rules.VERSION,
        kind=signal.kind,
        topic_id=signal.topic,
        channel_id=signal.channel,
        matter=signal.matter,
        is_apart=is_apart,
        numbers=dict(signal.numbers),
        found_at=at,
    )
    _add(alarm, signal.cases)
    record = alarmbook.record(alarm, AlarmStep.FOUND, data={"numbers": dict(signal.numbers)}, by=by, at=at)
    alarmbook.tell_watchers(alarm, f"alarm_{signal.kind}", of=record)
    return alarm


def _add(alarm: Alarm, cases: Iterable[int]) -> int:
    """The cases belong to it; how many had not."""
    known = set(AlarmCase.objects.filter(alarm=alarm).values_list("appeal_id", flat=True))
    fresh = [case for case in cases if case not in known]
    AlarmCase.objects.bulk_create([AlarmCase(alarm=alarm, appeal_id=case) for case in fresh])
    return len(fresh)
