"""A joined appeal stands alone again, as if it had never been joined."""

import pytest

from huying.appeals.actions.join import join
from huying.appeals.actions.unjoin import unjoin
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


@pytest.fixture
def voice(stage):
    main, voice = given.handled(stage), given.registered(stage)
    join(voice, main=main, reason="同一件事", by=stage.dispatcher, at=at(13))
    return given.fresh(voice)


def part(appeal, *, by, reason="不是一回事"):
    unjoin(appeal, reason=reason, by=by, at=at(14))


def test_it_is_at_the_desk_with_its_own_clock(stage, voice):
    outer = Clock.objects.get(appeal=voice, kind=ClockKind.OUTER).due_at
    part(voice, by=stage.holding(voice))

    appeal = given.fresh(voice)
    assert (appeal.state, appeal.joined_into, appeal.lead_unit) == (State.RECEIVED, None, None)
    assert record(appeal) == {"joined_into": None}
    assert written(appeal) == step(
        "unjoin: joined → received",
        "appellant",
        words=(("reason", "不是一回事"),),
        told="""unjoined: dispatcher school
                unjoined: appellant""",
    )
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.OUTER).due_at == outer


def test_the_desk_may_and_nobody_else(stage, voice):
    for name in ("clerk", "teacher", "principal", "mother"):
        with refused(voice, (NotAllowed, NotPossible)):
            part(voice, by=getattr(stage, name))
    part(voice, by=stage.dispatcher)


def test_a_reason_and_a_joining_are_needed(stage, voice):
    with refused(voice, NotPossible, "请写明理由"):
        part(voice, by=stage.dispatcher, reason="")
    alone = given.registered(stage)
    with refused(alone, NotPossible, "现在不能做这一步"):
        part(alone, by=stage.dispatcher)


def test_a_second_hand_comes_too_late(stage, voice):
    appeal = overtaken(voice, stage)
    with refused(appeal, Stale):
        part(appeal, by=stage.dispatcher)
