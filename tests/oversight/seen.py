"""What the tests of oversight do to an appeal, and warnings that stand."""

from datetime import datetime
from typing import Any

from huying.appeals.models import Appeal, Subject
from huying.oversight.actions.find_alarm import find_alarm
from huying.oversight.models import Alarm
from huying.rules.actors import TIMER
from huying.rules.alarms import Signal
from huying.rules.enums import AlarmRule, SubjectStatus
from tests.cast import Stage, at


def named(stage: Stage, appeal: Appeal, login: str) -> Subject:
    """This member of the cast is complained about in it."""
    return Subject.objects.create(appeal=appeal, person=stage.person(login), status=SubjectStatus.CONFIRMED)


def overdue(stage: Stage, *cases: Appeal, unit: str = "school", oldest: int = 9) -> Signal:
    """So many appeals of a unit are past their date."""
    ids = tuple(case.pk for case in cases)
    numbers: dict[str, Any] = {"observed": max(len(ids), 5), "oldest": oldest}
    return Signal(AlarmRule.OVERDUE, stage.units[unit].pk, f"overdue:{unit}", ids, numbers)


def warned(stage: Stage, *cases: Appeal, is_apart: bool = False, when: datetime | None = None, **fields: Any) -> Alarm:
    """The daily look has found a pile of overdue appeals."""
    found = find_alarm(overdue(stage, *cases, **fields), is_apart=is_apart, by=TIMER, at=when or at(7))
    assert found is not None
    return found


def fresh(alarm: Alarm) -> Alarm:
    """The warning as it stands now."""
    return Alarm.objects.select_related("unit", "watched_by").get(pk=alarm.pk)
