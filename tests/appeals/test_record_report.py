"""To whom and when the duty report of a red line was made."""

import pytest

from huying.appeals import facts
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.record_report import record_report
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind, RedLine
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


@pytest.fixture
def red(stage):
    appeal = given.handled(stage)
    mark_safety(appeal, signal=RedLine.SEXUAL_HARM, by=stage.teacher, at=at(13))
    return given.fresh(appeal)


def report(appeal, *, by, to="澄川县公安局"):
    record_report(appeal, reported_to=to, reported_at=at(13, 10), by=by, at=at(13, 20))


def test_it_stands_in_the_file_and_stops_the_timer(stage, red):
    report(red, by=stage.principal)
    assert record(red) == {"reported_to": "澄川县公安局", "reported_at": "2026-11-24T05:10:00+00:00"}
    assert written(given.fresh(red)) == step("record_report: handling → handling", "principal school", flags="safety")
    assert facts.of(given.fresh(red), at=at(14)).history.reports == ("澄川县公安局",)
    assert Clock.objects.get(appeal=red, kind=ClockKind.REPORT_AT_ONCE).stopped_at is not None


def test_desk_and_those_who_watch_record_it_and_nobody_else(stage, red):
    for name in ("teacher", "grade_head", "clerk"):
        with refused(red, NotAllowed):
            report(red, by=getattr(stage, name))
    report(red, by=stage.county_supervisor)


def test_it_names_whom_and_belongs_to_a_red_line(stage, red):
    with refused(red, NotPossible, "请写报告给谁"):
        report(red, by=stage.principal, to="")
    plain = given.handled(stage)
    with refused(plain, NotPossible, "现在不能做这一步"):
        report(plain, by=stage.principal)


def test_a_second_hand_comes_too_late(stage, red):
    appeal = overtaken(red, stage)
    with refused(appeal, Stale):
        report(appeal, by=stage.principal)
