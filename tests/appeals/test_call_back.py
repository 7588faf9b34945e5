"""Someone independent asks three questions; nobody reached answers nothing."""

from dataclasses import replace

from huying.appeals import facts
from huying.appeals.actions.call_back import Call, call_back
from huying.appeals.actions.join import join
from huying.appeals.models import Clock, Parameter
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind, Satisfaction, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import TODAY, at

SILENT = Call(reached=False)


def call(appeal, *, by, said=given.GOOD_CALL, reason="", when=None):
    call_back(appeal, call=said, reason=reason, by=by, at=when or at(16))


def test_the_three_answers_are_on_record_as_they_were_given(stage):
    Parameter.objects.create(name="callback_sample", value=100, valid_from=TODAY)
    appeal = given.delivered(stage)
    call(appeal, by=stage.caller)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.satisfaction, appeal.resolved_by_callback) == (
        State.CALLBACK,
        "NOT_ASKED",
        "NOT_ASKED",
    )
    assert record(appeal) == {
        "tried_at": "2026-11-24T08:00:00+00:00",
        "way": "phone",
        "reached": True,
        "contacted": True,
        "resolved": True,
        "satisfaction": "SATISFIED",
    }
    assert written(appeal) == step(
        "call_back: callback → callback", "caller school", told="called_back: dispatcher school"
    )
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.CALLBACK).stopped_at == at(16)


def test_a_try_nobody_answered_is_on_record_and_the_clock_runs_on(stage):
    Parameter.objects.create(name="callback_sample", value=100, valid_from=TODAY)
    appeal = given.delivered(stage)
    call(appeal, by=stage.caller, said=SILENT)
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.CALLBACK).stopped_at is None
    assert facts.of(given.fresh(appeal), at=at(17)).history.valid_callback is None


def test_all_three_are_asked_and_a_no_has_its_reason(stage):
    appeal = given.delivered(stage)
    for missing in ("contacted", "resolved", "satisfaction"):
        with refused(appeal, NotPossible, "三个问题都要问"):
            call(appeal, by=stage.caller, said=replace(given.GOOD_CALL, **{missing: None}))
    with refused(appeal, NotPossible, "要记下原因"):
        call(appeal, by=stage.caller, said=given.BAD_CALL)
    with refused(appeal, NotPossible, "三个问题都要问"):
        call(appeal, by=stage.caller, said=replace(given.GOOD_CALL, satisfaction=Satisfaction.UNREACHABLE))
    call(appeal, by=stage.caller, said=given.BAD_CALL, reason="座位没有换")
    assert written(appeal).words == (("reason", "座位没有换"),)


def test_nobody_who_handled_or_stands_near_it_calls(stage):
    appeal = given.delivered(stage)
    for name in ("teacher", "grade_head", "dispatcher", "principal", "inspector", "clerk", "other_principal"):
        with refused(appeal, NotAllowed):
            call(appeal, by=getattr(stage, name))
    call(appeal, by=stage.county_caller)
    assert written(appeal).by == "caller county"


def test_what_the_school_handled_itself_is_called_by_the_county(stage):
    appeal = given.delivered(stage, lead="school", by="principal", reviewer="county_supervisor")
    with refused(appeal, NotAllowed):
        call(appeal, by=stage.caller)
    call(appeal, by=stage.county_caller)


def test_a_joined_voice_is_called_once_it_has_its_answer(stage):
    main, voice = given.answered(stage), given.registered(stage)
    join(voice, main=main, reason="同一件事", by=stage.dispatcher, at=at(14, 30))
    with refused(given.fresh(voice), NotPossible, "还没有答复"):
        call(given.fresh(voice), by=stage.caller)
    given.approve_answer(given.fresh(main), checked=True, by=stage.grade_head, at=at(15))
    call(given.fresh(voice), by=stage.caller)
    assert written(voice).step == "call_back: joined → joined"


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.delivered(stage), stage)
    with refused(appeal, Stale):
        call(appeal, by=stage.caller)
