"""A spot check: a list frozen before its seed, a draw that anybody can do again, a second call from higher up."""

from datetime import date

import pytest

from huying.appeals import seals
from huying.appeals.actions.call_back import call_back
from huying.appeals.actions.close import close
from huying.appeals.actions.reopen import reopen
from huying.appeals.models import Event
from huying.oversight import proceedings
from huying.oversight.actions.announce_check import announce_check
from huying.oversight.actions.close_check import close_check
from huying.oversight.actions.draw_check import draw_check
from huying.oversight.actions.record_check import Said, record_check
from huying.oversight.models import Proceeding, SpotCall
from huying.oversight.trace import Overtaken
from huying.rules import sampling
from huying.rules.enums import Action, CheckResult, ProceedingAct, Satisfaction
from huying.rules.interviews import NotYoursToCall, Unfit
from huying.rules.sampling import NothingToDraw, NotYoursToCheck
from tests import given
from tests.cast import at
from tests.oversight import talks

A = ProceedingAct
SOUND = Said(CheckResult.SOUND, resolved=True, satisfaction=Satisfaction.SATISFIED)
FALSE = Said(CheckResult.FALSE_CLOSURE, resolved=False, satisfaction=Satisfaction.DISSATISFIED, note="座位从没换过。")


def test_the_list_is_frozen_and_its_digest_on_record_before_there_is_a_seed(stage):
    proceeding = talks.announced(stage)
    closings = Event.objects.filter(action=Action.CLOSE).values_list("digest", flat=True)
    check = proceeding.spot_check
    assert (check.entries, check.digest) == (sorted(closings), sampling.list_digest(closings))
    event = proceeding.events.get()
    assert (event.data["list"], event.data["seal_after"], check.seed) == (check.digest, 1, "")
    with pytest.raises(NothingToDraw, match="还没有生成"):
        draw_check(proceeding, by=stage.county_supervisor, at=at(10, day=25))


def test_the_draw_follows_from_list_and_seal_and_can_be_done_again(stage):
    proceeding = talks.drawn(stage)
    check = proceeding.spot_check
    assert (check.seal.sequence, check.seal.made_at) == (2, talks.NEXT_DAY)
    seed = sampling.seed_of(seal=check.seal.digest, entries=check.digest)
    (call,) = check.calls.all()
    assert (check.seed, (call.entry,)) == (seed, sampling.drawn(check.entries, seed=seed, share=5))
    assert call.entry == call.appeal.events.get(action=Action.CLOSE).digest
    assert (call.first_resolved, call.first_satisfaction) == (True, "SATISFIED")
    assert proceeding.events.last().data["drawn"] == [call.entry]


def test_a_later_seal_is_no_choice(stage):
    proceeding = talks.announced(stage)
    first, *_ = seals.make_now(at=talks.NEXT_DAY)
    given.closed(stage, when=at(9, day=26))
    seals.make_now(at=at(10, day=26))
    draw_check(proceeding, by=stage.county_supervisor, at=at(11, day=26))
    assert talks.fresh(proceeding).spot_check.seal == first


def test_nothing_is_drawn_twice_nor_by_somebody_else(stage):
    proceeding = talks.drawn(stage)
    with pytest.raises(Overtaken):
        draw_check(proceeding, by=stage.county_supervisor, at=at(11, day=26))
    with pytest.raises(NotYoursToCall):
        draw_check(proceeding, by=stage.principal, at=at(11, day=26))
    assert SpotCall.objects.count() == 1


@pytest.mark.parametrize(
    ("since", "until", "says"),
    [
        (date(2026, 11, 1), date(2026, 11, 25), "已经结束"),
        (date(2026, 11, 24), date(2026, 11, 1), "已经结束"),
        (date(2026, 10, 1), date(2026, 10, 31), "没有办结"),
    ],
)
def test_a_period_that_still_runs_or_holds_nothing_is_refused(stage, since, until, says):
    given.closed(stage)
    words = {"title": "抽查", "since": since, "until": until}
    with pytest.raises(Unfit, match=says):
        announce_check(stage.units["school"], **words, by=stage.county_supervisor, at=at(9, day=25))


@pytest.mark.parametrize("who", ["principal", "dispatcher", "caller", "other_principal"])
def test_only_inspectors_and_the_county_check(stage, who):
    with pytest.raises(NotYoursToCall):
        talks.announced(stage, closed=1, by=who)


def test_whoever_is_complained_about_stands_on_no_list_of_theirs(stage):
    about = given.delivered(stage)
    given.name_subject(about, person=stage.person("inspector"), by=stage.dispatcher, at=at(15, 30))
    call_back(given.fresh(about), call=given.GOOD_CALL, by=stage.caller, at=at(16))
    close(given.fresh(about), closing=given.CLOSING, by=stage.dispatcher, at=at(16, 30))
    proceeding = talks.announced(stage, closed=1, by="inspector")
    hidden = about.events.get(action=Action.CLOSE).digest
    assert hidden not in proceeding.spot_check.entries
    assert len(proceeding.spot_check.entries) == 1


def test_the_school_does_not_know_of_a_check_from_the_county(stage):
    talks.drawn(stage)
    seers = {name for name in stage.accounts if proceedings.visible_to(getattr(stage, name)).exists()}
    assert seers == {"county_dispatcher", "county_supervisor", "second_supervisor"}
    assert proceedings.waiting_for(stage.principal) == []


def test_a_check_is_out_of_sight_for_whoever_one_of_its_list_turns_out_to_be_about(stage):
    proceeding = talks.drawn(stage)
    call = proceeding.spot_check.calls.get()
    reopen(call.appeal, reason="家长又来反映", by=stage.county_supervisor, at=at(10, day=26))
    about = {"person": stage.person("second_supervisor"), "by": stage.dispatcher}
    given.name_subject(given.fresh(call.appeal), **about, at=at(10, 30, day=26))
    assert list(proceedings.visible_to(stage.second_supervisor)) == []
    assert [one.pk for one in proceedings.calls_of(proceeding, stage.county_supervisor)] == [call.pk]
    with pytest.raises(proceedings.Missing):
        proceedings.call_for(stage.second_supervisor, call.pk)


def test_the_second_answer_stands_beside_the_first(stage):
    call = talks.drawn(stage).spot_check.calls.get()
    record_check(call, said=SOUND, by=stage.second_supervisor, at=at(11, day=26))
    call.refresh_from_db()
    assert (call.result, call.resolved, call.satisfaction, call.called_by.name) == ("sound", True, "SATISFIED", "方舟")
    with pytest.raises(Overtaken):
        record_check(call, said=SOUND, by=stage.second_supervisor, at=at(11, day=26))


def test_the_school_s_own_inspector_is_of_no_higher_tier_than_its_caller(stage):
    call = talks.drawn(stage, by="inspector").spot_check.calls.get()
    with pytest.raises(NotYoursToCheck, match="更高"):
        record_check(call, said=SOUND, by=stage.inspector, at=at(11, day=26))
    record_check(call, said=SOUND, by=stage.county_supervisor, at=at(11, day=26))


def test_a_false_closing_is_taken_up_again_with_its_reason(stage):
    proceeding = talks.drawn(stage)
    call = proceeding.spot_check.calls.get()
    record_check(call, said=FALSE, by=stage.county_supervisor, at=at(11, day=26))
    appeal = given.fresh(call.appeal)
    last = appeal.events.order_by("sequence").last()
    assert (appeal.state, appeal.round, last.action, last.data["false_closure"]) == ("received", 2, "reopen", True)
    # The record names the lot, never the appeal.
    assert talks.fresh(proceeding).events.last().data == {"lot": 1, "result": "false_closure"}


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (Said(CheckResult.SOUND, resolved=None, satisfaction=None), "要问"),
        (Said(CheckResult.NOT_REACHED, resolved=True, satisfaction=Satisfaction.SATISFIED), "没有回答"),
        (Said(CheckResult.DEFECT, resolved=True, satisfaction=Satisfaction.BASICALLY), "哪里不对"),
        (Said(CheckResult.FALSE_CLOSURE, resolved=True, satisfaction=Satisfaction.BASICALLY, note="没换"), "不是虚假"),
    ],
)
def test_an_answer_that_does_not_fit_its_finding_is_refused(stage, said, says):
    call = talks.drawn(stage, closed=1).spot_check.calls.get()
    with pytest.raises(Unfit, match=says):
        record_check(call, said=said, by=stage.county_supervisor, at=at(11, day=26))
    call.refresh_from_db()
    assert call.result == ""


def test_a_check_is_closed_when_everybody_was_asked(stage):
    proceeding = talks.drawn(stage)
    with pytest.raises(Unfit, match="没有回访"):
        close_check(proceeding, found="都属实。", by=stage.county_supervisor, at=at(12, day=26))
    not_there = Said(CheckResult.NOT_REACHED, resolved=None, satisfaction=None)
    record_check(proceeding.spot_check.calls.get(), said=not_there, by=stage.county_supervisor, at=at(11, day=26))
    for by, found, refusal in (("principal", "好", NotYoursToCall), ("county_supervisor", " ", Unfit)):
        with pytest.raises(refusal):
            close_check(proceeding, found=found, by=getattr(stage, by), at=at(12, day=26))
    close_check(proceeding, found="一件没有联系上。", by=stage.county_supervisor, at=at(12, day=26))
    assert Proceeding.objects.get().stage == "closed"
