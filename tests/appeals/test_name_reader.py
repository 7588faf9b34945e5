"""Two people at most read the words of a 举报, each by name; who takes another's place is told to the auditor."""

import pytest

from huying.appeals import facts
from huying.appeals.actions.name_reader import name_reader
from huying.appeals.actions.name_subject import name_subject
from huying.appeals.actions.reclassify import Classes, reclassify
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules import permissions
from huying.rules.enums import AppealKind, Severity
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


@pytest.fixture
def report(stage):
    """Taken down by the clerk, who is one of the two."""
    return given.registered(stage, by=stage.clerk, kind=AppealKind.REPORT, body="有老师在校外办班收钱。")


def named(stage, appeal, name, *, by=None, hour=11, **fields):
    who = {"by": by or stage.dispatcher, "at": at(hour)}
    name_reader(given.fresh(appeal), person=stage.person(name), **fields, **who)
    return given.fresh(appeal)


def readers(appeal, *, moment=None):
    return facts.of(appeal, at=moment or at(11)).history.readers


def test_whoever_took_it_down_is_one_and_the_desk_names_the_other(stage, report):
    assert readers(report) == (stage.clerk.person,)
    appeal = named(stage, report, "inspector")
    assert readers(appeal) == (stage.clerk.person, stage.inspector.person)
    assert written(appeal) == step("name_reader: received → received", "dispatcher school", told="reader_named: 冯正")


def test_a_third_is_refused(stage, report):
    appeal = named(stage, report, "dispatcher")
    with refused(appeal, NotPossible, "最多两个人"):
        named(stage, appeal, "principal")


def test_one_is_replaced_for_a_reason_and_the_auditor_is_told(stage, report):
    appeal = named(stage, report, "dispatcher")
    with refused(appeal, NotPossible, "换人要写理由"):
        named(stage, appeal, "inspector", instead_of=stage.clerk.person)
    appeal = named(stage, appeal, "inspector", instead_of=stage.clerk.person, reason="登记员外出学习")
    assert readers(appeal) == (stage.dispatcher.person, stage.inspector.person)
    assert written(appeal) == step(
        "name_reader: received → received",
        "dispatcher school",
        words=(("reason", "登记员外出学习"),),
        told="reader_named: 冯正\nreader_replaced: auditor school",
    )


@pytest.mark.parametrize("name", ["teacher", "office_head", "caller", "auditor", "other_dispatcher", "system_admin"])
def test_who_handles_calls_or_watches_is_no_reader(stage, report, name):
    with refused(report, NotPossible, "不能看原话"):
        named(stage, report, name)


def test_whoever_is_complained_about_is_no_reader(stage, report):
    name_subject(report, person=stage.person("inspector"), by=stage.dispatcher, at=at(10, 30))
    with refused(given.fresh(report), NotPossible, "不能看原话"):
        named(stage, report, "inspector")


def test_a_reader_who_turns_out_to_be_complained_about_reads_no_more(stage, report):
    appeal = given.opened(named(stage, report, "inspector", hour=10), by=stage.inspector)
    assert permissions.reads_original(stage.inspector, facts.of(appeal, at=at(11)))
    name_subject(appeal, person=stage.person("inspector"), by=stage.dispatcher, at=at(11))
    case = facts.of(given.fresh(appeal), at=at(11))
    assert not permissions.reads_original(stage.inspector, case)
    assert not permissions.may_open(stage.inspector, case)


def test_only_the_desk_names(stage, report):
    for name in ("clerk", "principal", "inspector", "grade_head", "county_supervisor", "other_dispatcher"):
        with refused(report, NotAllowed):
            named(stage, report, "principal", by=getattr(stage, name))
    named(stage, report, "county_supervisor", by=stage.county_dispatcher)


def test_what_is_no_report_needs_no_reader(stage):
    with refused(appeal := given.registered(stage), NotPossible, "不是举报"):
        named(stage, appeal, "principal")


def test_made_a_report_later_it_is_sealed_from_then_on(stage):
    appeal = given.registered(stage)
    classes = Classes(kind=AppealKind.REPORT, topic=appeal.topic, severity=Severity.NORMAL)
    reclassify(appeal, classes=classes, reason="是举报", by=stage.dispatcher, at=at(11))
    case = facts.of(given.fresh(appeal), at=at(11))
    assert [permissions.reads_original(actor, case) for actor in (stage.dispatcher, stage.principal)] == [False, False]
    back = Classes(kind=AppealKind.HELP, topic=appeal.topic, severity=Severity.NORMAL)
    reclassify(given.fresh(appeal), classes=back, reason="又不是了", by=stage.dispatcher, at=at(12))
    case = facts.of(given.fresh(appeal), at=at(12))
    assert not permissions.reads_original(stage.dispatcher, case)


def test_a_second_hand_comes_too_late(stage, report):
    appeal = overtaken(report, stage)
    with refused(appeal, Stale):
        name_reader(appeal, person=stage.person("principal"), by=stage.dispatcher, at=at(18))
