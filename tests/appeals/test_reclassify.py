"""Another kind, topic or severity; a 信访转办件 only with its document."""

from huying.appeals.actions.reclassify import Classes, reclassify
from huying.appeals.models import Topic
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import AppealKind, Severity
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def classes(**fields):
    usual = {"kind": AppealKind.SUGGESTION, "topic": Topic.objects.get(code="canteen")}
    return Classes(**{**usual, **fields})


def change(appeal, *, by, reason="说的是食堂", **fields):
    reclassify(appeal, classes=classes(**fields), reason=reason, by=by, at=at(10, 30))


def test_old_and_new_stand_in_the_event_and_a_second_person_is_asked(stage):
    appeal = given.registered(stage)
    old, new = appeal.topic_id, Topic.objects.get(code="canteen").pk
    change(appeal, by=stage.dispatcher)

    appeal = given.fresh(appeal)
    assert (appeal.kind, appeal.topic.code, appeal.unreviewed) == ("SUGGESTION", "canteen", True)
    assert record(appeal) == {
        "former": {
            "kind": "HELP",
            "topic_id": old,
            "severity": "normal",
            "petition_number": "",
            "is_petition": False,
        },
        "kind": "SUGGESTION",
        "topic": new,
        "severity": "normal",
        "petition_number": "",
    }
    assert written(appeal) == step(
        "reclassify: received → received",
        "dispatcher school",
        flags="unreviewed",
        words=(("reason", "说的是食堂"),),
        told="""reclassified: appellant
                unreviewed: dispatcher school""",
    )


def test_no_clock_moves_back(stage):
    appeal = given.handled(stage, kind=AppealKind.SUGGESTION)
    due = appeal.due_at
    change(appeal, by=stage.dispatcher, kind=AppealKind.INQUIRY)
    assert given.fresh(appeal).due_at >= due


def test_a_petition_comes_with_its_number_and_goes_again(stage):
    appeal = given.registered(stage)
    with refused(appeal, NotPossible, "来文编号"):
        change(appeal, by=stage.dispatcher, is_petition=True)
    change(appeal, by=stage.dispatcher, is_petition=True, document_number="澄信转〔2026〕7号")
    assert (given.fresh(appeal).is_petition, given.fresh(appeal).petition_number) == (True, "澄信转〔2026〕7号")
    change(given.fresh(appeal), by=stage.dispatcher)
    assert (given.fresh(appeal).is_petition, given.fresh(appeal).petition_number) == (False, "")


def test_a_change_changes_something_and_says_why(stage):
    appeal = given.registered(stage)
    same = {"kind": AppealKind.HELP, "topic": appeal.topic, "severity": Severity.NORMAL}
    with refused(appeal, NotPossible, "分类没有变"):
        change(appeal, by=stage.dispatcher, **same)
    with refused(appeal, NotPossible, "请写明理由"):
        change(appeal, by=stage.dispatcher, reason="")


def test_nobody_but_the_desk_reclassifies(stage):
    appeal = given.registered(stage)
    for name in ("clerk", "teacher", "principal", "inspector", "county_supervisor", "mother"):
        with refused(appeal, (NotAllowed, NotPossible)):
            change(appeal, by=getattr(stage, name))


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.registered(stage), stage)
    with refused(appeal, Stale):
        change(appeal, by=stage.dispatcher)
