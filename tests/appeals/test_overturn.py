"""A second person found the act wrong: state, fields and clocks stand as before it."""

from huying.appeals.actions.overturn import overturn
from huying.appeals.actions.pause import pause
from huying.appeals.actions.reclassify import Classes, reclassify
from huying.appeals.actions.refer_out import refer_out
from huying.appeals.actions.refuse import refuse
from huying.appeals.models import Clock, Topic
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import AppealKind, ClockKind, PauseReason, RefusalGround, Severity, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def undo(appeal, *, by, reviews, reason="应当受理"):
    overturn(appeal, reviews=reviews, reason=reason, by=by, at=at(14))


def turned_away(stage):
    appeal = given.registered(stage)
    refuse(appeal, ground=RefusalGround.OTHER, route="法院", reason="已起诉", by=stage.dispatcher, at=at(10, 30))
    return given.fresh(appeal)


def dates(appeal):
    return list(Clock.objects.filter(appeal=appeal).order_by("kind").values_list("kind", "due_at", "stopped_at"))


def test_a_refused_matter_is_at_the_desk_again(stage):
    appeal = given.registered(stage)
    before = dates(appeal)
    refuse(appeal, ground=RefusalGround.OTHER, route="法院", reason="已起诉", by=stage.dispatcher, at=at(10, 30))
    undo(given.fresh(appeal), by=stage.principal, reviews=2)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.unreviewed, dates(appeal)) == (State.RECEIVED, False, before)
    assert written(appeal) == step(
        "overturn: refused → received",
        "principal school",
        words=(("reason", "应当受理"),),
        told="""overturned: dispatcher school
                overturned: appellant""",
    )


def test_so_is_one_that_was_sent_elsewhere(stage):
    appeal = given.registered(stage)
    refer_out(appeal, route="110", handed_over="", reason="报警", by=stage.dispatcher, at=at(10, 30))
    undo(given.fresh(appeal), by=stage.principal, reviews=2)
    assert given.fresh(appeal).state == State.RECEIVED


def test_an_overturned_pause_never_happened(stage):
    appeal = given.handled(stage)
    due = appeal.due_at
    ground = PauseReason.MORE_INFORMATION
    pause(appeal, ground=ground, question="哪排？", reason="缺", by=stage.teacher, at=at(13, 30))
    undo(given.fresh(appeal), by=stage.principal, reviews=4)
    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.paused, appeal.due_at) == (State.HANDLING, False, due)
    assert not Clock.objects.filter(appeal=appeal, kind=ClockKind.PAUSE_CAP).exists()


def test_an_overturned_reclassification_gives_the_old_classes_back(stage):
    appeal = given.registered(stage)
    new = Classes(
        kind=AppealKind.COMPLAINT,
        topic=Topic.objects.get(code="canteen"),
        severity=Severity.URGENT,
        is_petition=True,
        document_number="澄信转〔2026〕7号",
    )
    reclassify(appeal, classes=new, reason="来文", by=stage.dispatcher, at=at(10, 30))
    undo(given.fresh(appeal), by=stage.principal, reviews=2)
    appeal = given.fresh(appeal)
    assert (appeal.kind, appeal.topic.code, appeal.severity, appeal.is_petition, appeal.petition_number) == (
        "HELP",
        "classing",
        "normal",
        False,
        "",
    )
    assert record(appeal)["reviews"] == 2


def test_a_petition_mark_that_was_taken_off_comes_back(stage):
    appeal = given.registered(stage)
    petition = Classes(kind=AppealKind.HELP, topic=appeal.topic, is_petition=True, document_number="7号")
    reclassify(appeal, classes=petition, reason="来文", by=stage.dispatcher, at=at(10, 30))
    plain = Classes(kind=AppealKind.HELP, topic=appeal.topic)
    reclassify(given.fresh(appeal), classes=plain, reason="撤销", by=stage.dispatcher, at=at(10, 40))
    undo(given.fresh(appeal), by=stage.principal, reviews=3)
    appeal = given.fresh(appeal)
    assert (appeal.is_petition, appeal.petition_number, appeal.unreviewed) == (True, "7号", True)


def test_the_acting_hand_never_overturns_itself_and_a_reason_is_needed(stage):
    appeal = turned_away(stage)
    for name in ("dispatcher", "clerk", "teacher", "caller"):
        with refused(appeal, NotAllowed):
            undo(appeal, by=getattr(stage, name), reviews=2)
    with refused(appeal, NotPossible, "请写明理由"):
        undo(appeal, by=stage.principal, reviews=2, reason="")


def test_only_an_act_that_waits_is_overturned(stage):
    appeal = turned_away(stage)
    with refused(appeal, NotPossible, "另一个人复核"):
        undo(appeal, by=stage.principal, reviews=1)


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(turned_away(stage), stage)
    with refused(appeal, Stale):
        undo(appeal, by=stage.principal, reviews=2)
