"""Two hands at one moment: one wins, the other is told so and leaves nothing; numbers have no gap."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.answer import answer
from huying.appeals.actions.approve_answer import approve_answer
from huying.appeals.actions.close import close
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.dispute import dispute
from huying.appeals.actions.escalate import escalate
from huying.appeals.actions.join import join
from huying.appeals.actions.refuse import refuse
from huying.appeals.actions.register import register
from huying.appeals.actions.remind import remind
from huying.appeals.actions.send_back import send_back
from huying.appeals.actions.withdraw import take_effect, withdraw
from huying.appeals.models import Appeal, Event, NumberSequence, Receipt, Text
from huying.appeals.steps import NotPossible, Stale
from huying.channels.models import Letter
from huying.rules import history
from huying.rules.actors import TIMER
from huying.rules.enums import RefusalGround, State
from tests import cast, given
from tests.appeals.ledger import everything
from tests.appeals.test_ledger import broken
from tests.cast import Stage, at

Hand = Callable[[Appeal], Any]


def at_once(*hands: Callable[[], Any]) -> list[Any]:
    """What becomes of each hand when all begin at the same moment: what it gave, or how it was refused."""
    ready, ends = threading.Barrier(len(hands)), [None] * len(hands)

    def run(place: int, hand: Callable[[], Any]) -> None:
        try:
            ready.wait(timeout=30)
            ends[place] = hand()
        except (Stale, NotPossible, DatabaseError, Fell) as refusal:
            ends[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return ends


class Fell(Exception):
    """Something broke after the registration and before its end."""


@pytest.fixture
def own_stage(own_database):
    """The cast on a database of its own, with transactions that really end."""
    return cast.enter()


def refusal(stage: Stage) -> Hand:
    ground = RefusalGround.OTHER
    return lambda appeal: refuse(appeal, ground=ground, route="法院", reason="已起诉", by=stage.dispatcher, at=at(11))


def sending(stage: Stage, unit: str) -> Hand:
    return lambda appeal: dispatch(appeal, lead=stage.units[unit], summary=unit, by=stage.dispatcher, at=at(11))


PAIRS: dict[str, tuple[Callable[[Stage], Appeal], Callable[[Stage], tuple[Hand, Hand]]]] = {
    "two units": (given.registered, lambda stage: (sending(stage, "class"), sending(stage, "office"))),
    "sent and refused": (given.registered, lambda stage: (sending(stage, "class"), refusal(stage))),
    "signed for and sent on": (
        given.dispatched,
        lambda stage: (lambda one: acknowledge(one, by=stage.teacher, at=at(12)), sending(stage, "office")),
    ),
    "answered twice": (
        given.contacted,
        lambda stage: (
            lambda one: answer(one, draft=given.FULL, by=stage.teacher, at=at(14)),
            lambda one: answer(one, draft=given.FULL, by=stage.teacher, at=at(14)),
        ),
    ),
    "passed and sent back": (
        given.answered,
        lambda stage: (
            lambda one: approve_answer(one, checked=True, by=stage.grade_head, at=at(15)),
            lambda one: send_back(one, reason="不够", by=stage.grade_head, at=at(15)),
        ),
    ),
    "closed and disputed": (
        given.called_back,
        lambda stage: (
            lambda one: close(one, closing=given.CLOSING, by=stage.dispatcher, at=at(16, 30)),
            lambda one: dispute(one, reason="没换", by=stage.holding(one), at=at(16, 30)),
        ),
    ),
    "sent and withdrawn": (
        given.registered,
        lambda stage: (
            sending(stage, "class"),
            lambda one: withdraw(one, reason="算了", by=stage.holding(one), at=at(11)),
        ),
    ),
    "withdrawn and nudged": (
        given.handled,
        lambda stage: (
            lambda one: withdraw(one, reason="算了", by=stage.holding(one), at=at(14)),
            lambda one: remind(one, by=stage.dispatcher, at=at(14)),
        ),
    ),
    "two timers": (
        given.handled,
        lambda stage: (
            lambda one: escalate(one, to=stage.units["county"], cause="overdue", by=TIMER, at=at(14)),
            lambda one: escalate(one, to=stage.units["county"], cause="overdue", by=TIMER, at=at(14)),
        ),
    ),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_one_hand_wins_and_the_other_leaves_nothing(own_stage, pair):
    build, hands = PAIRS[pair]
    appeal = build(own_stage)
    events = Event.objects.filter(appeal=appeal).count()
    first, second = hands(own_stage)
    copies = given.fresh(appeal), given.fresh(appeal)

    ends = at_once(lambda: first(copies[0]), lambda: second(copies[1]))

    lost = [end for end in ends if isinstance(end, Exception)]
    assert len(lost) == 1
    assert isinstance(lost[0], Stale | NotPossible)
    assert Event.objects.filter(appeal=appeal).count() == events + 1
    assert_nothing_is_left_over(appeal)


def assert_nothing_is_left_over(appeal: Appeal) -> None:
    """Chain, row, texts and letters all belong to the events that stand."""
    row = given.fresh(appeal)
    steps = list(Event.objects.filter(appeal=appeal).order_by("sequence"))
    past = history.replay(given.queries.facts.step_of(event) for event in steps)
    assert broken(row) is None
    assert (row.state, row.flag_set, row.version) == (past.state, past.flags, len(steps))
    assert set(Text.objects.filter(appeal=appeal).values_list("event_id", flat=True)) <= {event.pk for event in steps}
    prints = {event.digest[:24] for event in steps}
    assert {
        key.split(":")[0] for key in Letter.objects.filter(appeal=appeal.pk).values_list("key", flat=True)
    } <= prints


def test_two_appeals_are_never_joined_into_each_other(own_stage):
    one, other = given.registered(own_stage), given.registered(own_stage)
    copies = [(given.fresh(one), given.fresh(other)), (given.fresh(other), given.fresh(one))]

    def joining(appeal: Appeal, main: Appeal) -> Callable[[], Any]:
        return lambda: join(appeal, main=main, reason="同一件事", by=own_stage.dispatcher, at=at(11))

    ends = at_once(*(joining(*pair) for pair in copies))

    lost = [end for end in ends if isinstance(end, Exception)]
    assert [type(end) for end in lost] == [NotPossible]
    assert sorted(given.fresh(row).state for row in (one, other)) == [State.JOINED, State.RECEIVED]
    for row in (one, other):
        assert_nothing_is_left_over(row)


def test_nothing_is_joined_to_what_is_withdrawn_at_that_moment(own_stage):
    main, voice = given.handled(own_stage), given.registered(own_stage)
    withdraw(main, reason="算了", by=own_stage.holding(main), at=at(14))
    main_copy, other_copy, voice_copy = given.fresh(main), given.fresh(main), given.fresh(voice)
    later = at(15, day=27)

    at_once(
        lambda: take_effect(main_copy, at=later),
        lambda: join(voice_copy, main=other_copy, reason="同一件事", by=own_stage.dispatcher, at=later),
    )

    # Either it came too late, or it took the place of what was withdrawn.
    assert given.fresh(main).state == State.WITHDRAWN
    assert given.fresh(voice).state in (State.RECEIVED, State.HANDLING)
    for row in (main, voice):
        assert_nothing_is_left_over(row)


def test_whoever_read_first_and_wrote_last_is_told(own_stage):
    appeal = given.registered(own_stage)
    early = given.fresh(appeal)
    sending(own_stage, "class")(given.fresh(appeal))
    before = everything(appeal)
    with pytest.raises(Stale, match="已被别人更新"):
        remind(early, by=own_stage.dispatcher, at=at(12))
    assert everything(appeal) == before


def test_numbers_have_no_gap_though_some_filings_fall(own_stage):
    intakes = [given.intake(own_stage) for _ in range(12)]
    codes = [given.code() for _ in intakes]

    def file(place: int) -> Callable[[], str]:
        def hand() -> str:
            with transaction.atomic():
                appeal = register(intakes[place], code=codes[place], by=own_stage.mother, at=at(10, 12))
                if place % 3 == 0:
                    raise Fell
            return appeal.number

        return hand

    ends = at_once(*(file(place) for place in range(12)))

    numbers = sorted(end for end in ends if isinstance(end, str))
    assert numbers == [f"2026-{n:04}" for n in range(1, 9)]
    assert [type(ends[place]) for place in (0, 3, 6, 9)] == [Fell] * 4
    assert (Appeal.objects.count(), Receipt.objects.count(), NumberSequence.objects.get().last) == (8, 8, 8)


def test_one_outer_number_comes_in_once_however_often_it_is_sent(own_stage):
    intake = given.intake(own_stage, channel="hotline", external_ref="HL-7")
    codes = [given.code() for _ in range(4)]
    ends = at_once(
        *(lambda code=code: register(intake, code=code, by=own_stage.dispatcher, at=at(10)) for code in codes)
    )
    assert sum(isinstance(end, Appeal) for end in ends) == 1
    assert (Appeal.objects.count(), Receipt.objects.count(), NumberSequence.objects.get().last) == (1, 1, 1)
