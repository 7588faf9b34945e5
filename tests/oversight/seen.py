"""What the tests of oversight do to an appeal, and warnings that stand."""

from datetime import date, datetime
from typing import Any

from huying.appeals.models import Appeal, Subject
from huying.oversight.actions.find_alarm import find_alarm
from huying.oversight.actions.make_survey import make_survey
from huying.oversight.actions.print_slips import print_slips
from huying.oversight.models import Alarm, Slip, Survey
from huying.people import keys
from huying.people import queries as people
from huying.people.models import Account
from huying.rules.actors import TIMER
from huying.rules.alarms import Signal
from huying.rules.enums import AlarmRule, SubjectStatus
from huying.vault import codes
from tests.cast import TODAY, Stage, at


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


def surveyed(stage: Stage, **fields: Any) -> Survey:
    """The county asks the families of the school what they thought of the term."""
    usual: dict[str, Any] = {
        "first": date(2026, 9, 1),
        "last": date(2026, 11, 20),
        "opens_on": TODAY,
        "closes_on": date(2026, 12, 4),
        "families": 400,
    }
    return make_survey(stage.units["school"], **{**usual, **fields}, by=stage.county_supervisor, at=at(9))


def slip(survey: Survey, *printed: str) -> list[Slip]:
    """Slips with these codes are printed."""
    digests = [codes.slip_digest(keys.ring(), code) for code in printed]
    supervisor = people.actor_of(Account.objects.get(login="county_supervisor"), on=TODAY)
    print_slips(Survey.objects.select_related("unit").get(pk=survey.pk), digests=digests, by=supervisor, at=at(10))
    return [Slip.objects.select_related("survey").get(digest=one.digest) for one in digests]
