"""How a warning is dealt with: each step by whom it belongs to, on record, once."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from huying.channels.models import Letter
from huying.oversight import alarms
from huying.oversight.actions.close_alarm import close_alarm
from huying.oversight.actions.find_alarm import find_alarm
from huying.oversight.actions.fulfil import fulfil
from huying.oversight.actions.raise_alarm import raise_alarm
from huying.oversight.actions.rectify import rectify
from huying.oversight.actions.take_up import take_up
from huying.oversight.actions.warn import warn
from huying.oversight.models import Alarm, AlarmRecord
from huying.rules import alarms as rules
from huying.rules.actors import TIMER
from huying.rules.alarms import Signal
from huying.rules.enums import AlarmRule, AlarmStatus, AlarmStep
from tests import given
from tests.cast import at
from tests.oversight.seen import fresh, named, overdue, warned


def letters(kind: str) -> list[tuple[str, str]]:
    return list(Letter.objects.filter(kind=kind).values_list("unit__code", "post"))


def test_the_head_of_the_unit_is_reminded(stage):
    alarm = warned(stage)
    warn(alarm, by=stage.county_supervisor, at=at(9))
    assert fresh(alarm).status == AlarmStatus.REMINDED
    assert letters("alarm_reminded") == [("school", "principal")]
    assert [one.step for one in alarms.records_of(alarm)] == ["remind", "found"]


def test_nobody_is_reminded_of_what_is_said_about_them(stage):
    alarm = warned(stage, given.registered(stage))
    named(stage, given.registered(stage), "principal")
    case = alarm.cases.get().appeal
    named(stage, case, "principal")
    with pytest.raises(rules.AboutTheHead):
        warn(alarm, by=stage.county_supervisor, at=at(9))
    with pytest.raises(rules.AboutTheHead):
        warn(warned(stage, is_apart=True), by=stage.county_supervisor, at=at(9))
    assert letters("alarm_reminded") == []


def test_from_the_warning_to_the_re_check(stage):
    alarm = warned(stage)
    warn(alarm, by=stage.county_supervisor, at=at(9))
    take_up(fresh(alarm), step=AlarmStep.TALK, reason="约谈校长", by=stage.county_supervisor, at=at(10))
    rectify(fresh(alarm), reason="总务处加两个人", due_on=date(2026, 12, 1), by=stage.principal, at=at(11))
    row = fresh(alarm)
    # 2026-12-01 is a Tuesday: ten working days later is Tuesday the 15th.
    assert (row.status, row.rectify_by, row.recheck_on) == ("rectifying", date(2026, 12, 1), date(2026, 12, 15))
    with pytest.raises(rules.TooEarly):
        fulfil(row, reason="都办完了", by=stage.county_supervisor, at=at(9, day=14, month=12))
    fulfil(row, reason="都办完了", by=stage.county_supervisor, at=at(9, day=15, month=12))
    assert (fresh(alarm).status, fresh(alarm).closed_at) == ("closed", at(9, day=15, month=12))
    steps = [(one.step, one.person.name if one.person else "") for one in reversed(alarms.records_of(alarm))]
    assert steps == [("found", ""), ("remind", "陆远"), ("talk", "陆远"), ("rectify", "赵明远"), ("fulfil", "陆远")]


def test_what_was_not_put_right_is_raised_and_begins_anew(stage):
    alarm = warned(stage)
    rectify(alarm, reason="增加窗口", due_on=date(2026, 12, 1), by=stage.principal, at=at(11))
    raise_alarm(fresh(alarm), reason="没有改", by=stage.county_supervisor, at=at(9, day=16, month=12))
    row = fresh(alarm)
    assert (row.status, row.is_raised, row.rectify_by, row.recheck_on) == ("open", True, None, None)
    # Nothing stands above the county here: it goes on watching itself.
    assert letters("alarm_raised") == [("county", "county_supervisor")]


def test_what_a_step_led_to_stands_in_the_record(stage):
    alarm = warned(stage)
    take_up(
        alarm,
        step=AlarmStep.STUDY,
        reason="食堂",
        kind="joint_study",
        proceeding=7,
        by=stage.county_supervisor,
        at=at(9),
    )
    assert alarms.records_of(alarm)[0].data == {"kind": "joint_study", "id": 7}


def test_a_day_that_is_gone_is_no_day_to_put_it_right_by(stage):
    with pytest.raises(rules.DayGone):
        rectify(warned(stage), reason="改", due_on=date(2026, 11, 24), by=stage.principal, at=at(11))


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_no_warning_is_closed_without_a_reason(stage, reason):
    alarm = warned(stage)
    with pytest.raises(rules.NoReason):
        close_alarm(alarm, reason=reason, by=stage.county_supervisor, at=at(9))
    assert (fresh(alarm).status, alarm.records.count()) == ("open", 1)


def test_the_school_does_not_close_its_own_warning(stage):
    with pytest.raises(rules.NotYours):
        close_alarm(warned(stage), reason="没事", by=stage.principal, at=at(9))


def test_of_two_who_do_the_same_at_once_one_is_told(stage):
    alarm, other = warned(stage), Alarm.objects.select_related("unit").get()
    close_alarm(alarm, reason="查过了", by=stage.county_supervisor, at=at(9))
    with pytest.raises(rules.NotThisStep):
        close_alarm(other, reason="查过了", by=stage.second_supervisor, at=at(9))
    assert alarm.records.filter(step="close").count() == 1


def test_what_was_closed_is_quiet_until_there_is_a_new_case(stage):
    first, second = given.registered(stage), given.registered(stage)
    alarm = warned(stage, first)
    close_alarm(alarm, reason="查过了", by=stage.county_supervisor, at=at(9))
    assert find_alarm(overdue(stage, first), by=TIMER, at=at(7, day=25)) is None
    assert find_alarm(overdue(stage, first, second), by=TIMER, at=at(7, day=26)) is not None
    assert find_alarm(overdue(stage, first), by=TIMER, at=at(7, day=27) + timedelta(days=120)) is None


def test_a_warning_that_grows_while_it_is_put_right_is_told_again(stage):
    first, second = given.registered(stage), given.registered(stage)
    alarm = warned(stage, first)
    rectify(alarm, reason="改", due_on=date(2026, 12, 1), by=stage.principal, at=at(11))
    find_alarm(overdue(stage, first, second, oldest=12), by=TIMER, at=at(7, day=25))
    assert letters("alarm_grew") == [("county", "county_supervisor")]
    assert (alarm.numbers["oldest"], alarms.numbers_now(alarm)["oldest"]) == (9, 12)


@pytest.mark.parametrize("change", [{"reason": "别的"}, {"step": "close"}])
def test_the_record_cannot_be_changed(stage, change):
    alarm = warned(stage)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AlarmRecord.objects.filter(alarm=alarm).update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AlarmRecord.objects.filter(alarm=alarm).delete()


def test_a_silence_is_not_told_to_whom_its_count_would_tell_of_themselves(stage):
    signal = Signal(AlarmRule.SILENCE, stage.units["school"].pk, "silence", (), {"observed": 3})
    find_alarm(signal, by=TIMER, at=at(7))
    named(stage, given.registered(stage), "inspector")
    assert not alarms.visible_to(stage.inspector).exists()
    assert alarms.visible_to(stage.principal).exists() and alarms.visible_to(stage.county_supervisor).exists()
    # What is about the head was never counted in what the school sees.
    named(stage, given.registered(stage), "principal")
    assert alarms.visible_to(stage.principal).exists()


def test_what_was_counted_about_a_supervisor_hides_the_silence_from_them(stage):
    signal = Signal(AlarmRule.SILENCE, stage.units["school"].pk, "silence", (), {"observed": 3})
    find_alarm(signal, is_apart=True, by=TIMER, at=at(7))
    named(stage, given.registered(stage), "county_supervisor")
    assert not alarms.visible_to(stage.county_supervisor).exists()
    assert alarms.visible_to(stage.second_supervisor).exists()
