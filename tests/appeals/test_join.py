"""Handled inside a main appeal; receipt, clock, answer, callback and rating live on."""

from huying.appeals.actions.join import join
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind, State
from tests import given
from tests.appeals.ledger import everything, overtaken, record, refused, step, written
from tests.cast import at


def merge(appeal, main, *, by, reason="同一件事"):
    join(appeal, main=main, reason=reason, by=by, at=at(13))


def test_its_own_clock_runs_on_and_the_main_appeal_is_untouched(stage):
    main, voice = given.handled(stage), given.registered(stage)
    before = everything(main)
    merge(voice, main, by=stage.dispatcher)

    voice = given.fresh(voice)
    assert (voice.state, voice.joined_into) == (State.JOINED, main)
    assert record(voice) == {"main": main.pk, "joined_into": main.pk}
    assert written(voice) == step(
        "join: received → joined", "dispatcher school", words=(("reason", "同一件事"),), told="joined: appellant"
    )
    assert Clock.objects.get(appeal=voice, kind=ClockKind.OUTER).stopped_at is None
    assert everything(main) == before


def test_a_main_appeal_is_open_and_another(stage):
    voice = given.registered(stage)
    with refused(voice, NotPossible, "不能并到自己"):
        merge(voice, voice, by=stage.dispatcher)
    done = given.closed(stage)
    with refused(voice, NotPossible, "主件要是正在办理的事"):
        merge(voice, done, by=stage.dispatcher)


def test_where_the_walls_differ_nobody_gains_sight(stage):
    voice, main = given.registered(stage), given.complaint_about(stage, "teacher")
    with refused(voice, NotPossible, "回避的人不同"):
        merge(voice, main, by=stage.dispatcher)


def test_what_is_joined_is_no_main_appeal(stage):
    main, first, second = given.handled(stage), given.registered(stage), given.registered(stage)
    merge(first, main, by=stage.dispatcher)
    with refused(second, NotPossible, "主件要是正在办理的事"):
        merge(second, given.fresh(first), by=stage.dispatcher)


def test_nobody_but_the_desk_joins_and_only_with_a_reason(stage):
    main, voice = given.handled(stage), given.registered(stage)
    for name in ("clerk", "teacher", "principal", "mother"):
        with refused(voice, (NotAllowed, NotPossible)):
            merge(voice, main, by=getattr(stage, name))
    with refused(voice, NotPossible, "请写明理由"):
        merge(voice, main, by=stage.dispatcher, reason="")


def test_a_second_hand_comes_too_late(stage):
    main = given.handled(stage)
    voice = overtaken(given.registered(stage), stage)
    with refused(voice, Stale):
        merge(voice, main, by=stage.dispatcher)
