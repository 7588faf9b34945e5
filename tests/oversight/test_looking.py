"""The daily look: once a day, one warning for a matter, and nothing in it that a head may not know of."""

from datetime import timedelta

import pytest

from huying.appeals.actions.register import register
from huying.appeals.identities import Contact
from huying.appeals.models import Appeal, Event
from huying.channels.models import Letter
from huying.oversight import alarms, counting, looking, watching
from huying.oversight.models import Alarm, DailyLook
from huying.rules.enums import Action, AlarmRule, RedLine
from tests import given
from tests.cast import at
from tests.oversight.seen import named

STORIES = (
    "校门口路灯坏了三天，晚上放学孩子看不见路",
    "学校门口的路灯坏了，晚上放学看不见路",
    "路灯坏了三天没人修，校门口放学看不见路",
)


def look(*, at):
    """The tally is up to date, as the loop leaves it, and the day is looked at."""
    counting.count_due()
    return looking.look(at=at)


def told_by(stage, *phones, **fields):
    return [
        given.registered(stage, body=body, contact=Contact(phone=phone), **fields)
        for body, phone in zip(STORIES, phones, strict=True)
    ]


def running(rule: AlarmRule) -> list[Alarm]:
    return list(Alarm.objects.filter(rule=rule))


def test_three_families_about_one_lamp_are_one_warning_and_the_county_is_told(stage):
    told_by(stage, "13900000001", "13900000002", "13900000003")
    look(at=at(18))
    [alarm] = running(AlarmRule.MANY)
    assert (alarm.unit, alarm.watched_by) == (stage.units["school"], stage.units["county"])
    assert alarm.numbers == {"persons": 3, "observed": 3}
    assert [record.step for record in alarm.records.all()] == ["found"]
    assert Letter.objects.filter(kind="alarm_monthly", unit=stage.units["county"]).count() == 1


def test_one_family_three_times_is_a_repeat_and_no_crowd(stage):
    told_by(stage, *["139 0000 0001"] * 3)
    look(at=at(18))
    assert running(AlarmRule.MANY) == []
    [alarm] = running(AlarmRule.REPEAT)
    assert alarm.numbers == {"times": 3, "days": 60} and "139" not in alarm.matter


def test_a_day_is_looked_at_once_and_a_running_warning_grows(stage):
    told_by(stage, "13900000001", "13900000002", "13900000003")
    assert (look(at=at(18)), look(at=at(19))) == (1, 0)
    given.registered(stage, body=STORIES[0], contact=Contact(phone="13900000004"))
    assert look(at=at(18, day=25)) >= 1
    [alarm] = running(AlarmRule.MANY)
    assert [record.step for record in alarm.records.all()] == ["found", "grew"]
    assert (alarm.cases.count(), alarm.numbers["persons"], alarms.numbers_now(alarm)["persons"]) == (4, 3, 4)
    assert look(at=at(18, day=26)) == 0
    assert DailyLook.objects.count() == 3


def test_a_red_line_warns_at_once(stage):
    appeal = given.registered(stage)
    Appeal.objects.filter(pk=appeal.pk).update(red_line=RedLine.BULLYING)
    look(at=at(18))
    [alarm] = running(AlarmRule.RED_LINE)
    assert (alarm.kind, alarm.numbers["danger"]) == ("urgent", RedLine.BULLYING)


def test_a_pile_of_overdue_appeals_warns(stage):
    made = [given.registered(stage, body=f"第{n}件不同的事情，要求各不相同") for n in range(5)]
    Appeal.objects.filter(pk__in=[one.pk for one in made]).update(due_at=at(9))
    look(at=at(18, day=27))
    [alarm] = running(AlarmRule.OVERDUE)
    assert alarm.numbers == {"observed": 5, "oldest": 3}


def test_callers_who_are_dissatisfied_one_after_another(stage):
    for _ in range(3):
        given.called_back(stage, call=given.BAD_CALL)
    assert Event.objects.filter(action=Action.CALL_BACK).count() == 3
    assert watching.answers(at=at(18), days=30)[stage.units["school"].pk][0][1] is True
    look(at=at(18))
    # With nobody else to compare with, three of three are what is usual here.
    assert running(AlarmRule.DISSATISFIED) == []


@pytest.mark.parametrize("rises", [True, False])
def test_a_rise_over_a_year_of_quiet_is_seen_and_quiet_is_not(stage, rises):
    schools = [stage.units["school"], stage.units["other_school"]]
    for school in schools:
        for week in range(5, 60):
            past(stage, school, at(9) - timedelta(weeks=week))
    for day in range(8 if rises else 1):
        past(stage, schools[0], at(9) - timedelta(days=day))
    look(at=at(18))
    volume = running(AlarmRule.VOLUME)
    assert [alarm.unit for alarm in volume] == ([schools[0]] if rises else [])
    if rises:
        assert volume[0].cases.count() == volume[0].numbers["observed"] >= 7


def past(stage, school, moment):
    words = f"{moment:%Y%m%d}{school.pk}的一件小事"
    intake = given.intake(stage, body=words, place=school, klass=None, received_at=moment)
    return register(intake, code=given.code(), by=stage.mother, at=moment)


def test_what_is_about_the_head_is_told_to_the_county_alone(stage):
    cases = told_by(stage, "13900000001", "13900000002", "13900000003")
    for case in cases:
        named(stage, case, "principal")
    look(at=at(18))
    [alarm] = running(AlarmRule.MANY)
    assert alarm.is_apart
    assert not alarms.visible_to(stage.principal).exists()
    assert not alarms.visible_to(stage.inspector).exists()
    assert alarms.get_for(stage.county_supervisor, alarm.pk) == alarm
    with pytest.raises(alarms.NoSuchAlarm):
        alarms.get_for(stage.principal, alarm.pk)


def test_one_case_about_the_head_leaves_the_others_to_the_school_without_a_trace(stage):
    cases = told_by(stage, "13900000001", "13900000002", "13900000003")
    extra = given.registered(stage, body=STORIES[1], contact=Contact(phone="13900000004"))
    named(stage, extra, "principal")
    look(at=at(18))
    seen = alarms.visible_to(stage.principal).get(rule=AlarmRule.MANY)
    assert (seen.numbers["observed"], {one.appeal_id for one in seen.cases.all()}) == (3, {one.pk for one in cases})
    apart = alarms.visible_to(stage.county_supervisor).get(rule=AlarmRule.MANY, is_apart=True)
    assert apart.numbers["observed"] == 4


def test_a_case_about_a_supervisor_hides_the_warning_from_them_alone(stage):
    cases = told_by(stage, "13900000001", "13900000002", "13900000003")
    look(at=at(18))
    named(stage, cases[0], "county_supervisor")
    assert not alarms.visible_to(stage.county_supervisor).exists()
    assert alarms.visible_to(stage.county_dispatcher).filter(rule=AlarmRule.MANY).exists()


def test_another_school_sees_nothing(stage):
    told_by(stage, "13900000001", "13900000002", "13900000003")
    look(at=at(18))
    for name in ("other_principal", "clerk", "dispatcher", "teacher", "auditor", "system_admin"):
        assert not alarms.visible_to(getattr(stage, name)).exists()


def test_while_the_tally_is_behind_the_day_waits(stage):
    told_by(stage, "13900000001", "13900000002", "13900000003")
    assert (looking.look(at=at(18)), DailyLook.objects.exists()) == (0, False)
    assert look(at=at(18)) >= 1
