"""Not taken on: at once, with ground, reason and route, and waiting for a second person."""

from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.refuse import refuse
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.channels.models import Letter
from huying.rules.enums import RedLine, RefusalGround, State
from tests import given
from tests.appeals.ledger import event_of, overtaken, record, refused, step, written
from tests.cast import at


def turn_away(appeal, *, by, route="县人民法院", reason="已经起诉"):
    refuse(appeal, ground=RefusalGround.OTHER_LAWFUL_ROUTE, route=route, reason=reason, by=by, at=at(10, 30))


def test_the_parent_knows_why_and_where_to_go_and_a_second_person_is_asked(stage):
    appeal = given.registered(stage)
    turn_away(appeal, by=stage.dispatcher)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.unreviewed) == (State.REFUSED, True)
    assert record(appeal) == {"ground": "other_lawful_route", "route": "县人民法院"}
    assert written(appeal) == step(
        "refuse: received → refused",
        "dispatcher school",
        flags="unreviewed",
        words=(("reason", "已经起诉"),),
        told="""refused: appellant
                unreviewed: dispatcher school""",
    )
    letter = Letter.objects.get(key__startswith=event_of(appeal).digest[:24], post="appellant")
    assert letter.data == {"route": "县人民法院"}
    assert not Clock.objects.filter(appeal=appeal, stopped_at__isnull=True).exists()


def test_nobody_but_the_desk_refuses_and_only_before_dispatch(stage):
    appeal = given.registered(stage)
    for name in ("clerk", "teacher", "principal", "inspector", "other_dispatcher", "mother"):
        with refused(appeal, (NotAllowed, NotPossible)):
            turn_away(appeal, by=getattr(stage, name))
    sent = given.dispatched(stage)
    with refused(sent, NotPossible, "现在不能做这一步"):
        turn_away(sent, by=stage.dispatcher)


def test_reason_and_route_are_needed_and_a_red_line_is_never_refused(stage):
    appeal = given.registered(stage)
    with refused(appeal, NotPossible, "请写明理由；请写明应当去哪里办"):
        turn_away(appeal, by=stage.dispatcher, route="", reason="")
    mark_safety(appeal, signal=RedLine.SEXUAL_HARM, by=stage.clerk, at=at(10, 20))
    with refused(given.fresh(appeal), NotPossible, "红线"):
        turn_away(given.fresh(appeal), by=stage.dispatcher)


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.registered(stage), stage)
    with refused(appeal, Stale):
        turn_away(appeal, by=stage.dispatcher)
