"""责任追究 from the finding to its end: heard, decided by another, open to the person and to nobody else."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from huying.appeals import append_only
from huying.appeals.actions.name_subject import name_subject
from huying.appeals.actions.supervise import supervise
from huying.appeals.identities import Contact
from huying.channels.models import Letter
from huying.ops.checkup import database
from huying.ops.checkup.finding import Grade
from huying.oversight import accountability, dutybook, dutypaper
from huying.oversight.accountability import Missing
from huying.oversight.actions.add_statement import add_statement
from huying.oversight.actions.carry_out_measure import carry_out_measure
from huying.oversight.actions.close_accountability import close_accountability
from huying.oversight.actions.decide_duty_objection import decide_duty_objection
from huying.oversight.actions.decide_measure import decide_measure
from huying.oversight.actions.drop_accountability import drop_accountability
from huying.oversight.actions.make_statement import make_statement
from huying.oversight.actions.object_to_measure import object_to_measure
from huying.oversight.actions.open_accountability import open_accountability
from huying.oversight.actions.propose_measure import propose_measure
from huying.oversight.actions.return_proposal import return_proposal
from huying.oversight.actions.serve_accountability import serve_accountability
from huying.oversight.actions.waive_statement import waive_statement
from huying.oversight.models import AccountabilityCase, DutyEvent, DutyFact
from huying.papers.official.as_html import html
from huying.rules.accountability import NotNow, NotYours
from huying.rules.enums import DutyAct, DutyFinding, DutyMeasure, DutyStage, Station
from tests import given
from tests.cast import at

FOUND = "签收以后三个工作日没有联系，系统催办两次没有回应。"


def opened(stage, *, appeal=None, by=None, found=FOUND, **fields):
    appeal = appeal or given.handled(stage)
    usual = {"finding": DutyFinding.DELAY, "events": [2, 3]}
    said = {**usual, **fields, "found": found, "by": by or stage.inspector, "at": at(9, day=25)}
    return open_accountability(stage.person("teacher"), appeal=appeal, **said)


def served(stage, **fields):
    case = opened(stage, **fields)
    serve_accountability(case, by=stage.inspector, at=at(10, day=25))
    return case


def proposed(stage, measure=DutyMeasure.REMINDER, **fields):
    case = served(stage, **fields)
    make_statement(case, statement="那三天我在外地培训，交代过同事。", by=stage.teacher, at=at(11, day=25))
    propose_measure(case, measure=measure, reason="没有当面交接", by=stage.inspector, at=at(14, day=25))
    return case


def decided(stage):
    case = proposed(stage)
    decide_measure(case, measure=DutyMeasure.REMINDER, reason="情节轻", by=stage.principal, at=at(15, day=25))
    return case


def told(kind):
    return sorted(Letter.objects.filter(kind=kind).values_list("person__name", flat=True))


def acts(case):
    return [event.act for event in case.events.order_by("sequence")]


def test_the_whole_course_with_an_objection(stage):
    case = decided(stage)
    object_to_measure(case, reason="交接有记录", by=stage.teacher, at=at(9, day=26))
    decide_duty_objection(
        case, measure=DutyMeasure.NONE, reason="查到交接记录", by=stage.county_supervisor, at=at(10, day=26)
    )
    carry_out_measure(case, reason="已当面告知", by=stage.inspector, at=at(11, day=26))
    close_accountability(case, by=stage.inspector, at=at(12, day=26))
    case.refresh_from_db()
    assert (case.stage, case.measure, case.version) == (DutyStage.CLOSED, DutyMeasure.NONE, 9)
    assert acts(case) == [
        "open", "serve", "state", "propose", "decide", "object", "decide_objection", "carry_out", "close",
    ]  # fmt: skip
    assert dutybook.broken(case) is None
    assert told("duty_served") == ["王芳"]
    assert told("duty_to_decide") == ["方舟", "赵明远", "陆远"]
    assert told("duty_objected") == ["方舟", "陆远"]


def test_the_paper_names_the_way_back_until_it_was_taken(stage):
    case = decided(stage)
    paper = dutypaper.decision_of(accountability.read(case, by=stage.teacher, at=at(16, day=25)))
    assert "10个工作日内，向澄川县教育惠民服务中心" in html(paper)
    object_to_measure(case, reason="交接有记录", by=stage.teacher, at=at(9, day=26))
    decide_duty_objection(
        case, measure=DutyMeasure.NONE, reason="查到交接记录", by=stage.county_supervisor, at=at(10, day=26)
    )
    paper = dutypaper.decision_of(accountability.read(case, by=stage.teacher, at=at(11, day=26)))
    assert ("不作处理" in html(paper), "如不服" in html(paper), "澄川县教育惠民服务中心" in html(paper)) == (
        True,
        False,
        True,
    )
    assert dutypaper.decision_of(accountability.read(served(stage), by=stage.teacher, at=at(11, day=26))) is None


def test_a_record_that_was_changed_is_named(stage):
    case = decided(stage)
    assert (dutybook.changed(), database.duties().grade) == ([], Grade.OK)
    # Whoever owns the database can take the triggers away: the digests still tell.
    append_only.lift(None, SimpleNamespace(connection=connection))
    case.events.filter(sequence=3).update(note="没有说什么")
    assert (dutybook.changed(), database.duties().grade) == ([f"{case.number}:3"], Grade.BROKEN)


def test_the_terms_are_working_days_of_the_dated_parameters(stage):
    case = served(stage)
    # Wednesday 25 November and five working days: Wednesday 2 December, close of work.
    assert (case.served_at, case.heard_by) == (at(10, day=25), at(17, day=2, month=12))
    other = decided(stage)
    assert other.objection_until == at(17, day=9, month=12)


def test_the_person_alone_reads_it_and_only_once_it_is_served(stage):
    case = opened(stage)
    assert not accountability.about(stage.teacher).exists()
    serve_accountability(case, by=stage.inspector, at=at(10, day=25))
    assert list(accountability.about(stage.teacher)) == [case]
    for name in ("other_teacher", "grade_head", "principal", "inspector"):
        assert not accountability.about(getattr(stage, name)).exists()
        with pytest.raises(Missing):
            accountability.get_own(getattr(stage, name), case.pk)


def test_those_who_keep_it_are_inspector_principal_and_county_and_nobody_else(stage):
    case = served(stage)
    keepers = [name for name in stage.accounts if accountability.kept_by(getattr(stage, name)).exists()]
    assert keepers == ["principal", "inspector", "county_dispatcher", "county_supervisor", "second_supervisor"]
    with pytest.raises(Missing):
        accountability.get_kept(stage.other_principal, case.pk)


def test_behind_a_wall_of_the_appeal_nobody_keeps_the_case_nor_is_told(stage):
    appeal = given.handled(stage)
    case = opened(stage, appeal=appeal)
    name_subject(appeal, person=stage.person("principal"), by=stage.county_dispatcher, at=at(9, 30, day=25))
    assert not accountability.kept_by(stage.principal).exists()
    assert not accountability.kept_by(stage.inspector).exists()
    serve_accountability(case, by=stage.county_dispatcher, at=at(10, day=25))
    make_statement(case, statement="有原因", by=stage.teacher, at=at(11, day=25))
    propose_measure(
        case, measure=DutyMeasure.REMINDER, reason="没有交接", by=stage.county_dispatcher, at=at(14, day=25)
    )
    assert told("duty_to_decide") == ["方舟", "陆远"]


def test_facts_are_told_without_the_appeal_and_none_of_an_appeal_about_the_person(stage):
    case = served(stage)
    lines = accountability.read(case, by=stage.teacher, at=at(11, day=25)).facts
    assert [(line.action, line.unit) for line in lines] == [
        ("dispatch", "澄川县实验小学"),
        ("acknowledge", "三年级4班"),
    ]
    about_her = given.complaint_about(stage, "teacher")
    retaliated = opened(
        stage, appeal=about_her, finding=DutyFinding.RETALIATION, events=[1], by=stage.county_dispatcher
    )
    serve_accountability(retaliated, by=stage.county_dispatcher, at=at(10, day=25))
    assert accountability.read(retaliated, by=stage.teacher, at=at(11, day=25)).facts == ()
    assert len(accountability.read(retaliated, by=stage.county_supervisor, at=at(11, day=25)).facts) == 1


@pytest.mark.parametrize(
    "found",
    [
        "家长说孩子坐最后一排，看不清，她没有理",
        "对丁晓敏的反映没有联系",
        "打 13800135000 没有打通就不管了",
        "{number} 三天没有联系",
    ],
)
def test_what_gives_the_appeal_away_is_refused(stage, found):
    appeal = given.handled(stage, contact=Contact(name="丁晓敏", phone="13800135000"))
    with pytest.raises(NotNow, match="编号或原话"):
        opened(stage, appeal=appeal, found=found.format(number=appeal.number))
    assert not AccountabilityCase.objects.exists()


def test_it_stands_on_events_that_are_there(stage):
    with pytest.raises(NotNow, match="从记录里选出依据"):
        opened(stage, events=[99])
    with pytest.raises(NotYours):
        opened(stage, by=stage.grade_head)
    assert not DutyFact.objects.exists()


def test_who_opened_or_proposed_does_not_decide(stage):
    case = proposed(stage, by=stage.county_supervisor)
    with pytest.raises(NotYours):
        decide_measure(case, measure=DutyMeasure.REMINDER, reason="好", by=stage.county_supervisor, at=at(15, day=25))
    decide_measure(case, measure=DutyMeasure.REMINDER, reason="好", by=stage.second_supervisor, at=at(15, day=25))
    object_to_measure(case, reason="不服", by=stage.teacher, at=at(16, day=25))
    for name in ("county_supervisor", "second_supervisor", "principal"):
        with pytest.raises(NotYours):
            said = {"measure": DutyMeasure.NONE, "reason": "改"}
            decide_duty_objection(case, **said, by=getattr(stage, name), at=at(17, day=25))


def test_whoever_had_a_hand_in_the_events_does_not_decide(stage):
    """The principal handled it too, and what the principal did is part of the finding."""
    appeal = given.handled(stage)
    supervise(appeal, demand="三天内联系", due_at=at(17, day=27), reason="没有联系", by=stage.principal, at=at(16))
    case = opened(stage, appeal=given.fresh(appeal), events=[3, 4])
    serve_accountability(case, by=stage.inspector, at=at(10, day=25))
    waive_statement(case, by=stage.teacher, at=at(11, day=25))
    propose_measure(case, measure=DutyMeasure.REMINDER, reason="没有联系", by=stage.inspector, at=at(14, day=25))
    assert told("duty_to_decide") == ["方舟", "陆远"]
    with pytest.raises(NotYours):
        decide_measure(case, measure=DutyMeasure.REMINDER, reason="好", by=stage.principal, at=at(15, day=25))


def test_silence_is_recorded_only_after_the_term_and_the_person_may_waive_at_once(stage):
    case = served(stage)
    with pytest.raises(NotNow, match="期限还没有过"):
        waive_statement(case, by=stage.inspector, at=at(10, day=27))
    waive_statement(case, by=stage.inspector, at=at(9, day=3, month=12))
    assert case.events.last().data == {"by_the_person": False}
    other = served(stage)
    waive_statement(other, by=stage.teacher, at=at(11, day=25))
    assert other.events.last().data == {"by_the_person": True}


def test_a_returned_proposal_is_heard_again(stage):
    case = proposed(stage)
    add_statement(case, statement="补充：有培训通知", by=stage.teacher, at=at(14, 30, day=25))
    return_proposal(case, reason="培训通知没有核对", by=stage.principal, at=at(15, day=25))
    assert (case.stage, case.heard_by) == (DutyStage.SERVED, at(17, day=2, month=12))
    with pytest.raises(NotNow):
        decide_measure(case, measure=DutyMeasure.NONE, reason="好", by=stage.principal, at=at(16, day=25))
    facts = dutybook.facts_of(case, list(case.events.order_by("sequence")), at=at(16, day=25))
    assert (facts.proposed, facts.proposed_by) == (None, None)


def test_what_is_dropped_before_it_was_served_never_comes_before_the_person(stage):
    case = opened(stage)
    drop_accountability(case, reason="查清不是她经手", by=stage.inspector, at=at(9, 30, day=25))
    assert (case.stage, told("duty_dropped"), accountability.about(stage.teacher).exists()) == ("dropped", [], False)
    other = served(stage)
    drop_accountability(other, reason="查清不是她经手", by=stage.principal, at=at(12, day=25))
    assert told("duty_dropped") == ["王芳"]


def test_a_slower_hand_writes_nothing(stage):
    case = served(stage)
    same = AccountabilityCase.objects.get(pk=case.pk)
    make_statement(case, statement="有原因", by=stage.teacher, at=at(11, day=25))
    with pytest.raises(NotNow, match="别人更新"):
        make_statement(same, statement="再说一次", by=stage.teacher, at=at(11, 1, day=25))
    assert acts(case) == ["open", "serve", "state"]


def test_the_record_only_grows_and_a_change_of_it_is_seen(stage):
    case = decided(stage)
    for rows in (DutyEvent.objects.filter(case=case), DutyFact.objects.filter(case=case)):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(sequence=7)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    assert dutybook.broken(case) is None
    case.number = "ZJ-2026-000000"
    assert dutybook.broken(case) == 1


def test_the_chain_of_an_appeal_names_who_held_it_and_who_may_be_asked(stage):
    appeal = given.handled(stage)
    chain = accountability.chain_of(appeal, at=at(9) + timedelta(days=10))
    assert [hold.station for hold in chain.holds] == [Station.DESK, Station.UNIT, Station.HAND]
    assert chain.holds[2].person == stage.person("teacher").pk
    names = [one.name for one in accountability.candidates(appeal, by=stage.inspector, at=at(9, day=25))]
    assert names == ["林静", "王芳"]
    assert accountability.candidates(appeal, by=stage.grade_head, at=at(9, day=25)) == []


def test_the_head_of_a_school_is_the_countys(stage):
    appeal = given.handled(stage, lead="school", by="principal")
    facts = dutybook.of_person(stage.person("principal"), at=at(9, day=25))
    assert facts.is_head_of_school
    said = {"appeal": appeal, "finding": DutyFinding.DELAY, "found": FOUND, "events": [3], "at": at(9, day=25)}
    with pytest.raises(NotYours):
        open_accountability(stage.person("principal"), **said, by=stage.inspector)
    case = open_accountability(stage.person("principal"), **said, by=stage.county_dispatcher)
    assert not accountability.kept_by(stage.inspector).exists()
    assert DutyAct.SERVE in accountability.read(case, by=stage.county_supervisor, at=at(9, day=25)).acts
