"""To another lawful route, at once, waiting for a second person; a red line only once it was reported."""

from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.record_report import record_report
from huying.appeals.actions.refer_out import refer_out
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import RedLine, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def refer(appeal, *, by, route="110", reason="校外正在发生"):
    refer_out(appeal, route=route, handed_over="电话报警，时间地点", reason=reason, by=by, at=at(10, 30))


def test_the_parent_knows_where_it_went(stage):
    appeal = given.registered(stage)
    refer(appeal, by=stage.dispatcher)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.unreviewed) == (State.REFERRED, True)
    assert record(appeal) == {"route": "110", "handed_over": "电话报警，时间地点"}
    assert written(appeal) == step(
        "refer_out: received → referred",
        "dispatcher school",
        flags="unreviewed",
        words=(("reason", "校外正在发生"),),
        told="""referred_out: appellant
                unreviewed: dispatcher school""",
    )


def test_a_red_line_goes_elsewhere_only_after_its_duty_report(stage):
    appeal = given.registered(stage)
    mark_safety(appeal, signal=RedLine.MISSING, by=stage.clerk, at=at(10, 20))
    with refused(given.fresh(appeal), NotPossible, "先登记报告情况"):
        refer(given.fresh(appeal), by=stage.dispatcher)
    record_report(
        given.fresh(appeal), reported_to="澄川县公安局", reported_at=at(10, 22), by=stage.dispatcher, at=at(10, 24)
    )
    refer(given.fresh(appeal), by=stage.dispatcher)
    assert written(appeal).flags == "safety unreviewed"


def test_nobody_but_the_desk_refers_and_route_and_reason_are_needed(stage):
    appeal = given.registered(stage)
    for name in ("clerk", "teacher", "principal", "caller"):
        with refused(appeal, NotAllowed):
            refer(appeal, by=getattr(stage, name))
    with refused(appeal, NotPossible, "请写明应当去哪里办；请写明理由"):
        refer(appeal, by=stage.dispatcher, route="", reason="")


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.registered(stage), stage)
    with refused(appeal, Stale):
        refer(appeal, by=stage.dispatcher)
