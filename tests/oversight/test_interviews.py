"""A talk from the call to its end: who, what they are shown, what both sign, and what came of it."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from huying.channels.models import Letter
from huying.oversight import alarms, proceedings
from huying.oversight.actions.call_interview import Call, call_interview
from huying.oversight.actions.call_off import call_off
from huying.oversight.actions.finish_item import finish_item
from huying.oversight.actions.hold_interview import Record, hold_interview
from huying.oversight.actions.raise_interview import raise_interview
from huying.oversight.actions.recheck_interview import recheck_interview
from huying.oversight.actions.sign_record import sign_record
from huying.oversight.models import Interview, Proceeding, ProceedingEvent, Signature
from huying.oversight.trace import Overtaken
from huying.people.models import Post
from huying.rules.enums import InterviewWeight, PostKind, ProceedingAct, ProceedingStage, RecheckResult
from huying.rules.interviews import ItemFact, NotYoursToCall, Unfit
from tests import given
from tests.cast import at
from tests.oversight import talks
from tests.oversight.seen import warned

A = ProceedingAct


def acts(proceeding):
    return [event.act for event in proceeding.events.all()]


def told(kind):
    return sorted(Letter.objects.filter(kind=kind).values_list("person__name", flat=True))


def test_a_unit_is_called_and_only_its_head_is_told(stage):
    appeal = given.handled(stage, lead="office", by="office_head")
    proceeding = talks.called(stage, cases=[appeal])
    assert (proceeding.stage, proceeding.next_on, acts(proceeding)) == (
        "announced",
        date(2026, 11, 26),
        [A.CALL_INTERVIEW],
    )
    assert told("interview_called") == ["钱进"]
    letter = Letter.objects.get(kind="interview_called")
    assert (letter.number, letter.data) == (proceeding.number, {"proceeding": proceeding.pk})
    assert [one.pk for one in proceedings.cases_of(proceeding, stage.office_head)] == [appeal.pk]


@pytest.mark.parametrize("who", ["grade_head", "office_head", "dispatcher", "other_principal", "county_dispatcher"])
def test_nobody_beside_below_or_elsewhere_calls_a_unit(stage, who):
    with pytest.raises(NotYoursToCall):
        talks.called(stage, by=who)
    assert not Proceeding.objects.exists()


def test_a_case_that_the_one_called_may_not_know_of_cannot_stand_on_the_list(stage):
    about_him = given.complaint_about(stage, "principal")
    seen_by_him = given.dispatched(stage)
    with pytest.raises(Unfit, match=about_him.number) as refusal:
        talks.called(stage, unit="school", by="county_supervisor", cases=[about_him, seen_by_him])
    assert seen_by_him.number not in str(refusal.value)
    assert not Letter.objects.filter(kind="interview_called").exists()


def test_nobody_lists_a_case_that_they_cannot_see_themselves(stage):
    about_him = given.complaint_about(stage, "principal")
    with pytest.raises(Unfit, match="看不到"):
        talks.called(stage, cases=[about_him])


def test_a_unit_without_a_head_and_a_day_that_is_over_are_refused(stage):
    with pytest.raises(Unfit, match="现在以后"):
        talks.called(stage, meets_at=at(16))
    Post.objects.filter(kind=PostKind.OFFICE_HEAD).update(ends_on=date(2026, 11, 20))
    with pytest.raises(Unfit, match="没有负责人"):
        talks.called(stage)


def test_whoever_is_complained_about_later_loses_sight_of_the_whole_talk(stage):
    """The principal saw a talk of his school; then one of its cases turns out to be about him."""
    appeal = given.handled(stage)
    proceeding = talks.called(stage, unit="school", by="county_supervisor", cases=[appeal])
    assert proceedings.visible_to(stage.principal).filter(pk=proceeding.pk).exists()
    given.name_subject(given.fresh(appeal), person=stage.person("principal"), by=stage.county_dispatcher, at=at(17, 30))
    assert not proceedings.visible_to(stage.principal).exists()
    assert proceedings.waiting_for(stage.principal) == []
    with pytest.raises(proceedings.Missing):
        proceedings.get_for(stage.principal, proceeding.pk)
    assert proceedings.visible_to(stage.county_supervisor).filter(pk=proceeding.pk).exists()


def test_who_sees_a_talk(stage):
    talks.called(stage)
    seers = {name for name in stage.accounts if proceedings.visible_to(getattr(stage, name)).exists()}
    assert seers == {
        "office_head",
        "principal",
        "inspector",
        "county_dispatcher",
        "county_supervisor",
        "second_supervisor",
    }


def test_the_record_waits_for_both_signatures_and_then_the_commitments_run(stage):
    proceeding = talks.held(stage)
    assert (proceeding.stage, proceeding.next_on) == ("held", date(2026, 11, 30))
    sign_record(proceeding, by=stage.office_head, at=at(11, day=26))
    proceeding = talks.fresh(proceeding)
    assert (proceeding.stage, told("item_set")) == ("held", [])
    sign_record(proceeding, by=stage.principal, at=at(12, day=26))
    proceeding = talks.fresh(proceeding)
    # The last day taken on is Friday 4 December; ten working days on is Friday the 18th.
    assert (proceeding.stage, proceeding.next_on) == ("under_way", date(2026, 12, 18))
    signatures = [(one.side, one.person.name, one.account.login) for one in proceeding.signatures.all()]
    assert signatures == [("unit", "钱进", "office_head"), ("caller", "赵明远", "principal")]
    assert {one.digest for one in proceeding.signatures.all()} == {proceeding.interview.digest}
    assert (told("item_set"), told("interview_signed")) == (["钱进"], ["赵明远"])


def test_each_side_signs_once_and_nobody_for_the_other(stage):
    proceeding = talks.held(stage)
    sign_record(proceeding, by=stage.office_head, at=at(11, day=26))
    for who in ("office_head", "teacher", "county_supervisor", "inspector"):
        with pytest.raises(NotYoursToCall):
            sign_record(talks.fresh(proceeding), by=getattr(stage, who), at=at(12, day=26))
    assert Signature.objects.count() == 1


def test_words_changed_behind_the_house_s_back_cannot_be_signed(stage):
    proceeding = talks.held(stage)
    Interview.objects.filter(pk=proceeding.pk).update(view="我们全认。")
    with pytest.raises(Overtaken, match="不一样"):
        sign_record(talks.fresh(proceeding), by=stage.office_head, at=at(11, day=26))
    assert not Signature.objects.exists()


@pytest.mark.parametrize("table", [ProceedingEvent, Signature])
def test_the_record_of_a_proceeding_and_its_signatures_are_never_changed(stage, table):
    talks.signed(stage)
    for act in (lambda: table.objects.update(at=at(8)), lambda: table.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


def test_a_record_is_written_once_and_by_the_post_that_called(stage):
    proceeding = talks.held(stage)
    record = Record("别的事实", "别的说法", "", [talks.item(stage)])
    with pytest.raises(Overtaken):
        hold_interview(proceeding, record=record, by=stage.principal, at=at(12, day=26))
    other = talks.called(stage)
    with pytest.raises(NotYoursToCall):
        hold_interview(other, record=record, by=stage.inspector, at=at(12, day=26))
    assert talks.fresh(proceeding).interview.shown == "三件都在到期后两天才答复。"


@pytest.mark.parametrize(("shown", "view", "says"), [("", "有", "事实"), ("有", "  ", "说法")])
def test_a_record_without_the_facts_or_the_unit_s_view_is_refused(stage, shown, view, says):
    record = Record(shown, view, "", [talks.item(stage)])
    with pytest.raises(Unfit, match=says):
        hold_interview(talks.called(stage), record=record, by=stage.principal, at=at(10, day=26))


def test_a_commitment_goes_to_people_of_the_unit_who_may_know_of_its_cases(stage):
    appeal = given.handled(stage)
    given.name_subject(appeal, person=stage.person("teacher"), by=stage.dispatcher, at=at(13))
    proceeding = talks.called(stage, unit="grade", cases=[given.fresh(appeal)])
    for who, says in (("office_head", "参加单位"), ("teacher", "王芳不能知道")):
        with pytest.raises(Unfit, match=says):
            record = Record("事实", "说法", "", [talks.item(stage, who)])
            hold_interview(talks.fresh(proceeding), record=record, by=stage.principal, at=at(10, day=26))
    assert not proceedings.visible_to(stage.teacher).exists()


def test_what_was_taken_on_waits_in_the_owner_s_tray_and_is_marked_late(stage):
    proceeding = talks.signed(stage)
    (waiting,) = proceedings.waiting_for(stage.office_head)
    assert (waiting.act, waiting.due_on, waiting.words) == (A.FINISH_ITEM, date(2026, 12, 4), "每天公示菜单和价格")
    assert not waiting.is_late(on=date(2026, 12, 4))
    assert waiting.is_late(on=date(2026, 12, 5))
    finish_item(
        proceedings.item_for(stage.office_head, waiting.item),
        note="已公示。",
        by=stage.office_head,
        at=at(9, day=3, month=12),
    )
    assert (proceedings.waiting_for(stage.office_head), told("item_done")) == ([], ["赵明远"])
    assert [one.act for one in proceedings.waiting_for(stage.principal)] == [A.RECHECK_INTERVIEW]
    assert acts(talks.fresh(proceeding))[-1] == A.FINISH_ITEM


def test_a_commitment_is_finished_once_in_words_and_by_who_took_it_on(stage):
    proceeding = talks.signed(stage)
    one = proceeding.items.get()
    for by, note, refusal in (("inspector", "做了", NotYoursToCall), ("office_head", " ", Unfit)):
        with pytest.raises(refusal):
            finish_item(
                proceedings.item_for(getattr(stage, by), one.pk),
                note=note,
                by=getattr(stage, by),
                at=at(9, day=3, month=12),
            )
    finish_item(
        proceedings.item_for(stage.office_head, one.pk), note="做了", by=stage.office_head, at=at(9, day=3, month=12)
    )
    with pytest.raises(Overtaken):
        finish_item(
            proceedings.item_for(stage.office_head, one.pk),
            note="又做了",
            by=stage.office_head,
            at=at(9, day=4, month=12),
        )


LATER = at(9, day=18, month=12)


def test_a_talk_made_good_is_closed(stage):
    proceeding = talks.signed(stage)
    recheck_interview(proceeding, result=RecheckResult.FULFILLED, found="每天都公示。", by=stage.principal, at=LATER)
    proceeding = talks.fresh(proceeding)
    assert (proceeding.stage, proceeding.next_on, proceeding.interview.result) == ("closed", None, "fulfilled")
    assert told("interview_rechecked") == ["钱进"]


def test_a_talk_half_made_good_is_looked_at_once_more(stage):
    proceeding = talks.signed(stage)
    words = {"result": RecheckResult.PARTLY, "found": "只公示了一半。"}
    recheck_interview(proceeding, **words, again_on=date(2026, 12, 25), by=stage.principal, at=LATER)
    proceeding = talks.fresh(proceeding)
    assert (proceeding.stage, proceeding.next_on) == ("under_way", date(2026, 12, 25))


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"result": RecheckResult.PARTLY, "found": "", "again_on": None}, "看到了什么"),
        ({"result": RecheckResult.PARTLY, "found": "一半", "again_on": date(2026, 12, 18)}, "今天以后"),
        ({"result": RecheckResult.FULFILLED, "found": "好", "again_on": date(2026, 12, 25)}, "不用再看"),
    ],
)
def test_a_look_that_does_not_fit_is_refused(stage, given_, says):
    with pytest.raises(Unfit, match=says):
        recheck_interview(talks.signed(stage), **given_, by=stage.principal, at=LATER)


def test_what_was_not_made_good_goes_one_tier_up_as_a_heavier_talk(stage):
    former = talks.raised(stage)
    assert (former.stage, told("interview_raised")) == ("raised", ["方舟", "钱进", "陆远"])
    with pytest.raises(NotYoursToCall, match="更高一级"):
        talks.called(stage, by="principal", follows=former)
    heavier = talks.called(stage, by="county_supervisor", follows=former, meets_at=at(9, day=25, month=12))
    assert heavier.interview.weight == InterviewWeight.KEY_TALK
    with pytest.raises(Overtaken):
        talks.called(stage, by="county_supervisor", follows=talks.fresh(former), meets_at=at(9, day=25, month=12))


def test_only_a_talk_that_was_raised_is_followed_by_a_heavier_one(stage):
    with pytest.raises(Overtaken):
        talks.called(stage, by="county_supervisor", follows=talks.signed(stage))
    with pytest.raises(Unfit, match="不再升级"):
        words = {"result": RecheckResult.FULFILLED, "found": "好"}
        raise_interview(talks.signed(stage), **words, by=stage.principal, at=LATER)


def test_a_talk_is_called_off_with_a_reason_and_only_before_it_was_held(stage):
    proceeding = talks.called(stage)
    with pytest.raises(Unfit):
        call_off(proceeding, reason="", by=stage.principal, at=at(18))
    call_off(proceeding, reason="当事人住院，另定时间。", by=stage.principal, at=at(18))
    assert (talks.fresh(proceeding).stage, told("proceeding_called_off")) == ("called_off", ["钱进"])
    with pytest.raises(Overtaken):
        call_off(talks.held(stage), reason="不谈了", by=stage.principal, at=at(18, day=26))


def test_whoever_takes_the_post_over_takes_the_talk_over(stage):
    proceeding = talks.called(stage, unit="school", by="county_supervisor")
    assert proceedings.keeps(stage.second_supervisor, proceeding)
    Post.objects.filter(person=stage.person("county_supervisor")).update(ends_on=date(2026, 11, 20))
    assert not proceedings.keeps(stage.county_supervisor, proceeding)
    assert not proceedings.visible_to(stage.county_supervisor).exists()


def test_a_talk_takes_up_the_warning_it_came_from(stage):
    alarm = warned(stage)
    cases = list(alarms.cases_of(alarm, stage.county_supervisor))
    talk = talks.called(stage, unit="school", by="county_supervisor", cases=cases, alarm=alarm)
    record = alarms.records_of(alarm)[0]
    assert (record.step, record.data, talk.interview.alarm) == ("talk", {"kind": "interview", "id": talk.pk}, alarm.pk)


def test_numbers_tell_nothing_of_how_many_there_are(stage):
    first, second = talks.called(stage), talks.called(stage)
    assert first.number[:8] == second.number[:8] == "YT-2026-"
    assert (len(first.number), first.number != second.number) == (14, True)


def test_a_step_that_is_refused_leaves_nothing(stage):
    before = (ProceedingEvent.objects.count(), Letter.objects.count())
    with pytest.raises(Unfit):
        call_interview(
            stage.units["office"],
            call=Call(**{**vars(talks.CALL), "meets_at": at(8)}),
            cases=[],
            by=stage.principal,
            at=at(17),
        )
    assert (ProceedingEvent.objects.count(), Letter.objects.count()) == before
    with pytest.raises(Unfit, match="日期"):
        record = Record("事实", "说法", "", [ItemFact("公示", stage.person("office_head").pk, date(2026, 11, 1))])
        hold_interview(talks.called(stage), record=record, by=stage.principal, at=at(10, day=26))
    assert Proceeding.objects.get().stage == ProceedingStage.ANNOUNCED
