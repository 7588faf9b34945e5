"""The writer of warnings: a step is taken by one statement that only moves what was shown, and leaves its record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from huying.channels import post
from huying.oversight.models import Alarm, AlarmRecord
from huying.rules import alarms as rules
from huying.rules.actors import Actor
from huying.rules.alarms import NotThisStep
from huying.rules.enums import AlarmStatus, AlarmStep, PostKind


def take(
    alarm: Alarm,
    step: AlarmStep,
    *,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> AlarmRecord:
    """The step is taken and on record. Raises a Refusal of `rules.alarms` and changes nothing otherwise."""
    to = rules.require(by, step, status=AlarmStatus(alarm.status), unit=alarm.unit.fact, reason=reason)
    moved = Alarm.objects.filter(pk=alarm.pk, version_of_row=alarm.version_of_row).update(
        status=to,
        version_of_row=F("version_of_row") + 1,
        closed_at=at if to is AlarmStatus.CLOSED else None,
        **(changes or {}),
    )
    if not moved:
        raise NotThisStep("这条预警现在不能这样做，请刷新后再看")
    return record(alarm, step, reason=reason, data=data, by=by, at=at)


def record(
    alarm: Alarm, step: AlarmStep, *, reason: str = "", data: Mapping[str, Any] | None = None, by: Actor, at: datetime
) -> AlarmRecord:
    """What happened stands as the next line of the record."""
    return AlarmRecord.objects.create(
        alarm=alarm,
        sequence=alarm.records.count() + 1,
        step=step,
        at=at,
        person_id=by.person,
        reason=reason.strip(),
        data=dict(data or {}),
    )


def tell(alarm: Alarm, kind: str, *, unit: int, holder: PostKind, of: AlarmRecord) -> None:
    """Whoever holds this post there finds a notice, without a word of what it is about."""
    key = f"alarm:{alarm.pk}:{of.sequence}:{unit}.{holder}"
    post.tell(kind, key=key, at=of.at, unit=unit, post=holder)


def tell_watchers(alarm: Alarm, kind: str, *, of: AlarmRecord) -> None:
    """The county's supervisors find a notice."""
    tell(alarm, kind, unit=alarm.watched_by_id, holder=PostKind.COUNTY_SUPERVISOR, of=of)
