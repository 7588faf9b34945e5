"""The appellant takes it back: in force after 72 hours, undone until then; a red line goes on."""

from huying.appeals.actions.join import join
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.withdraw import take_effect, withdraw
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind, RedLine, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def take_back(appeal, stage, *, by=None, reason="老师已经换了"):
    withdraw(appeal, reason=reason, by=by or stage.holding(appeal), at=at(14))


def test_the_wish_stands_for_72_hours_and_the_clocks_run_on(stage):
    appeal = given.handled(stage)
    due = appeal.due_at
    take_back(appeal, stage)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.withdraw_pending, appeal.due_at) == (State.HANDLING, True, due)
    assert written(appeal) == step(
        "withdraw: handling → handling",
        "appellant",
        flags="withdraw_pending",
        words=(("reason", "老师已经换了"),),
        told="""withdraw_pending: dispatcher school
                withdraw_pending: appellant""",
    )
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.WITHDRAWAL).due_at == at(14, day=27)


def test_then_it_is_withdrawn_and_parent_and_unit_know(stage):
    appeal = given.handled(stage)
    take_back(appeal, stage)
    take_effect(given.fresh(appeal), at=at(14, 1, day=27))
    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.withdraw_pending) == (State.WITHDRAWN, False)
    assert written(appeal) == step(
        "withdraw: handling → withdrawn",
        "timer",
        told="""withdrawn: appellant
                withdrawn: class_teacher class""",
    )


def test_nothing_that_was_not_wished_takes_effect(stage):
    appeal = given.handled(stage)
    with refused(appeal, NotPossible):
        take_effect(appeal, at=at(14, day=27))


def test_of_a_red_line_the_wish_is_recorded_and_nothing_else(stage):
    appeal = given.handled(stage)
    mark_safety(appeal, signal=RedLine.BULLYING, by=stage.teacher, at=at(13))
    take_back(given.fresh(appeal), stage)
    appeal = given.fresh(appeal)
    assert (written(appeal).flags, appeal.withdraw_pending) == ("safety", False)
    with refused(appeal, NotPossible):
        take_effect(appeal, at=at(14, day=27))


def test_the_unit_never_enters_it_and_a_reason_is_needed(stage):
    appeal = given.handled(stage)
    for name in ("teacher", "grade_head", "dispatcher", "clerk", "principal", "caller"):
        with refused(appeal, NotAllowed):
            take_back(appeal, stage, by=getattr(stage, name))
    with refused(appeal, NotPossible, "请写明理由"):
        take_back(appeal, stage, reason="")


def test_a_caller_records_what_was_said_on_the_line(stage):
    appeal = given.delivered(stage)
    take_back(appeal, stage, by=stage.caller)
    assert (written(appeal).by, given.fresh(appeal).withdraw_pending) == ("caller school", True)


def test_the_oldest_voice_takes_the_place_and_the_others_follow(stage):
    main = given.handled(stage)
    heir, other = given.registered(stage), given.registered(stage)
    for voice in (heir, other):
        join(voice, main=given.fresh(main), reason="同一件事", by=stage.dispatcher, at=at(13))
    take_back(given.fresh(main), stage)
    take_effect(given.fresh(main), at=at(14, 1, day=27))

    heir, other = given.fresh(heir), given.fresh(other)
    assert (heir.state, heir.lead_unit.code, heir.in_charge, heir.joined_into) == (
        State.HANDLING,
        "class",
        stage.person("teacher"),
        None,
    )
    assert (other.state, other.joined_into) == (State.JOINED, heir)
    assert record(heir)["inherits"] is True
    assert written(heir) == step("unjoin: joined → handling", "timer", told="inherited: 王芳")


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        take_back(appeal, stage)
