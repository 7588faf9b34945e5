"""Answered on the spot, with the words written down while they were there."""

from huying.appeals.actions.answer_at_once import answer_at_once
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.withdraw import withdraw
from huying.appeals.models import Clock, Parameter
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import AppealKind, ClockKind, RedLine, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import TODAY, at


def reply(appeal, *, by, words="七点半开门。"):
    answer_at_once(appeal, reply=words, minutes=3, by=by, at=at(10, 15))


def at_the_counter(stage, **fields):
    return given.registered(stage, by=stage.clerk, channel="phone", **{"kind": AppealKind.INQUIRY, **fields})


def test_the_clerk_who_took_it_answers_and_it_waits_for_its_call(stage):
    Parameter.objects.create(name="callback_sample", value=100, valid_from=TODAY)
    appeal = at_the_counter(stage)
    reply(appeal, by=stage.clerk)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.resolved_by_unit, appeal.lead_unit) == (State.CALLBACK, "YES", None)
    assert record(appeal) == {"minutes": 3, "callback_required": True, "resolved_by_unit": "YES"}
    assert written(appeal) == step(
        "answer_at_once: received → callback",
        "clerk school",
        words=(("reply", "七点半开门。"),),
        told="""answered: appellant
                to_call_back: caller school""",
    )
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.OUTER).stopped_at == at(10, 15)


def test_the_sample_may_leave_it_out(stage):
    Parameter.objects.create(name="callback_sample", value=0, valid_from=TODAY)
    appeal = at_the_counter(stage)
    reply(appeal, by=stage.clerk)
    assert record(appeal)["callback_required"] is False


def test_the_desk_answers_what_others_took_and_a_clerk_does_not(stage):
    appeal = given.registered(stage, kind=AppealKind.INQUIRY)
    for name in ("clerk", "teacher", "principal", "caller"):
        with refused(appeal, NotAllowed):
            reply(appeal, by=getattr(stage, name))
    reply(appeal, by=stage.dispatcher)
    assert given.fresh(appeal).state == State.CALLBACK


def test_complaints_named_people_red_lines_and_no_words_are_no_quick_answer(stage):
    complaint = at_the_counter(stage, kind=AppealKind.COMPLAINT)
    named = at_the_counter(stage, subjects=["体育老师"])
    red = at_the_counter(stage)
    mark_safety(red, signal=RedLine.SELF_HARM, by=stage.clerk, at=at(10, 13))
    for appeal, says in ((complaint, "不能当场答复"), (named, "涉及被反映对象"), (red, "红线")):
        with refused(given.fresh(appeal), NotPossible, says):
            reply(given.fresh(appeal), by=stage.clerk)
    silent = at_the_counter(stage)
    with refused(silent, NotPossible, "请写答复"):
        reply(silent, by=stage.clerk, words="")


def test_who_wants_it_back_is_not_answered_over_their_head(stage):
    appeal = at_the_counter(stage)
    withdraw(appeal, reason="不用了", by=stage.holding(appeal), at=at(10, 13))
    with refused(given.fresh(appeal), NotPossible, "现在不能做这一步"):
        reply(given.fresh(appeal), by=stage.clerk)


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(at_the_counter(stage), stage)
    with refused(appeal, Stale):
        reply(appeal, by=stage.clerk)
