"""剔除 asked for by the unit, agreed to by the school and by the county; 考核申诉 against a figure."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from huying.appeals.steps import NotAllowed
from huying.channels.models import Letter
from huying.oversight import appraisal
from huying.oversight.actions.grant_exclusion import grant_exclusion
from huying.oversight.actions.grant_objection import grant_objection
from huying.oversight.actions.object_to_figure import object_to_figure
from huying.oversight.actions.reject_exclusion import reject_exclusion
from huying.oversight.actions.reject_objection import reject_objection
from huying.oversight.actions.request_exclusion import request_exclusion
from huying.oversight.appraisal import Missing
from huying.oversight.models import AppraisalAct, ExclusionRequest
from huying.rules.appraisal import NotNow, NotYours
from huying.rules.enums import Correction, ExclusionGround, RequestStage
from tests import given
from tests.appeals.ledger import event_of, record
from tests.cast import at


def asked(stage, **fields):
    appeal = given.closed(stage, **fields)
    said = {"ground": ExclusionGround.UNFOUNDED, "reason": "查了监控，不是本班的事"}
    return request_exclusion(appeal, **said, by=stage.teacher, at=at(9, day=26))


def agreed(stage):
    request = asked(stage)
    grant_exclusion(request, reason="核过监控", by=stage.principal, at=at(10, day=26))
    return request


def told(kind):
    return sorted(Letter.objects.filter(kind=kind).values_list("person__name", flat=True))


def test_it_counts_until_both_have_agreed(stage):
    request = agreed(stage)
    assert (request.stage, given.fresh(request.appeal).counted) == (RequestStage.FIRST_GRANTED, True)
    grant_exclusion(request, reason="同意", by=stage.county_supervisor, at=at(11, day=26))
    appeal = given.fresh(request.appeal)
    first, second = stage.person("principal").pk, stage.person("county_supervisor").pk
    assert (request.stage, appeal.counted, event_of(appeal).action) == (RequestStage.GRANTED, False, "exclude")
    assert record(appeal) == {"ground": "unfounded", "first": first, "second": second, "counted": False}
    assert [(act.stage, act.person_id) for act in appraisal.acts_of(request=request)] == [
        ("asked", stage.person("teacher").pk),
        ("first_granted", first),
        ("granted", second),
    ]
    assert told("exclusion_asked") == ["冯正", "方舟", "沈洁", "赵明远", "陆远"]
    assert told("exclusion_to_decide") == ["方舟", "沈洁", "陆远"]
    assert told("exclusion_granted") == ["王芳"]


def test_a_no_of_either_level_leaves_it_counted_and_on_record(stage):
    request = asked(stage)
    reject_exclusion(request, reason="监控看不清", by=stage.inspector, at=at(10, day=26))
    assert (request.stage, given.fresh(request.appeal).counted) == (RequestStage.REJECTED, True)
    second = agreed(stage)
    reject_exclusion(second, reason="要看原件", by=stage.county_dispatcher, at=at(11, day=26))
    assert given.fresh(second.appeal).counted
    assert told("exclusion_rejected") == ["王芳", "王芳"]
    with pytest.raises(NotNow, match="已经决定过"):
        grant_exclusion(second, reason="再想想", by=stage.county_supervisor, at=at(12, day=26))


def test_the_same_person_never_decides_twice(stage):
    request = asked(stage)
    grant_exclusion(request, reason="代学校", by=stage.county_supervisor, at=at(10, day=26))
    with pytest.raises(NotYours, match="两个人"):
        grant_exclusion(request, reason="再同意", by=stage.county_supervisor, at=at(11, day=26))
    with pytest.raises(NotYours):
        grant_exclusion(request, reason="同意", by=stage.principal, at=at(11, day=26))
    grant_exclusion(request, reason="同意", by=stage.second_supervisor, at=at(12, day=26))
    assert not given.fresh(request.appeal).counted


def test_only_the_lead_units_head_asks_and_once_at_a_time(stage):
    request = asked(stage)
    said = {"ground": ExclusionGround.UNFOUNDED, "reason": "再申请"}
    with pytest.raises(NotNow, match="在等决定"):
        request_exclusion(given.fresh(request.appeal), **said, by=stage.teacher, at=at(10, day=26))
    with pytest.raises(NotYours):
        request_exclusion(given.closed(stage), **said, by=stage.principal, at=at(10, day=26))
    with pytest.raises(DatabaseError), transaction.atomic():
        ExclusionRequest.objects.create(appeal=request.appeal, unit=request.unit, stage="asked", asked_at=at(10))


def test_whoever_may_not_know_of_the_appeal_knows_of_no_request(stage):
    request = asked(stage)
    for name in ("other_principal", "other_teacher", "auditor", "caller"):
        with pytest.raises(Missing):
            appraisal.request_for(getattr(stage, name), request.pk)
    assert appraisal.request_for(stage.principal, request.pk) == request
    assert not appraisal.may_decide(stage.other_principal, request, at=at(10, day=26))


def test_a_slower_hand_writes_nothing_and_the_record_only_grows(stage):
    request = asked(stage)
    same = ExclusionRequest.objects.get(pk=request.pk)
    grant_exclusion(request, reason="同意", by=stage.principal, at=at(10, day=26))
    with pytest.raises(NotNow, match="别人更新"):
        reject_exclusion(same, reason="不行", by=stage.inspector, at=at(10, 1, day=26))
    assert AppraisalAct.objects.filter(request=request).count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        AppraisalAct.objects.update(reason="别的")


# --- 考核申诉 --------------------------------------------------------------------------------------------------


def contested(stage, *, cases=(), by="principal", unit="school", **fields):
    usual = {"indicator": "resolution_rate", "since": date(2026, 11, 1), "until": date(2026, 11, 30)}
    said = {**usual, "cases": cases, "reason": "有一件同一件事算了两次", **fields}
    return object_to_figure(stage.units[unit], **said, by=getattr(stage, by), at=at(9, day=26))


def test_a_note_stands_beside_the_figure(stage):
    objection = contested(stage)
    said = {"correction": Correction.NOTE, "reason": "核过", "note": "解决率应为 9/10"}
    grant_objection(objection, **said, by=stage.county_supervisor, at=at(10, day=26))
    (found,) = appraisal.corrections([stage.units["school"]], since=date(2026, 11, 30), until=date(2026, 12, 30))
    assert (found, appraisal.counted_note(found)) == (objection, "解决率应为 9/10")
    assert appraisal.corrections([stage.units["school"]], since=date(2026, 12, 1), until=date(2026, 12, 30)) == []
    assert told("objection_asked") == ["方舟", "沈洁", "陆远"]
    assert told("objection_granted") == ["赵明远"]


def test_orders_go_to_the_second_level_or_count_again(stage):
    appeal = given.closed(stage)
    objection = contested(stage, cases=[appeal])
    grant_objection(
        objection, correction=Correction.EXCLUDE, reason="算了两次", by=stage.county_supervisor, at=at(10, day=26)
    )
    (request,) = appraisal.requests_for(stage.second_supervisor)
    assert (request.stage, request.ground, given.fresh(appeal).counted) == ("first_granted", "counted_twice", True)
    with pytest.raises(NotYours):
        grant_exclusion(request, reason="同意", by=stage.county_supervisor, at=at(11, day=26))
    grant_exclusion(request, reason="同意", by=stage.second_supervisor, at=at(11, day=26))
    assert not given.fresh(appeal).counted
    back = contested(stage, cases=[given.fresh(appeal)], reason="剔错了")
    # Both who left it out set the figure: the county's dispatcher answers.
    with pytest.raises(NotYours):
        reject_objection(back, reason="没错", by=stage.second_supervisor, at=at(12, day=26))
    grant_objection(back, correction=Correction.INCLUDE, reason="剔错了", by=stage.county_dispatcher, at=at(12, day=26))
    assert given.fresh(appeal).counted
    assert appraisal.counted_note(back) == ""


def test_what_cannot_be_corrected_leaves_nothing_behind(stage):
    objection = contested(stage)
    for correction, says in ((Correction.NOTE, "更正成什么"), (Correction.EXCLUDE, "没有写是哪几件")):
        with pytest.raises(NotNow, match=says):
            grant_objection(
                objection, correction=correction, reason="好", by=stage.county_supervisor, at=at(10, day=26)
            )
    open_one = contested(stage, cases=[given.handled(stage)])
    with pytest.raises(NotNow, match="有一件不能剔除"):
        grant_objection(
            open_one, correction=Correction.EXCLUDE, reason="好", by=stage.county_supervisor, at=at(10, day=26)
        )
    in_class = contested(stage, cases=[given.closed(stage)], by="teacher", unit="class")
    with pytest.raises(NotAllowed):
        grant_objection(in_class, correction=Correction.INCLUDE, reason="好", by=stage.principal, at=at(10, day=26))
    in_class.refresh_from_db()
    assert in_class.stage == RequestStage.ASKED


def test_a_figure_is_contested_by_its_own_unit_with_what_it_may_see(stage):
    with pytest.raises(NotYours):
        contested(stage, by="teacher")
    hidden = given.closed(stage, place=stage.units["school"])
    with pytest.raises(NotNow, match="看不到"):
        contested(stage, cases=[hidden], by="other_teacher", unit="other_class")
    with pytest.raises(NotNow, match="请写明"):
        contested(stage, since=date(2026, 12, 1))


def test_a_no_is_told_with_its_reason_and_seen_by_unit_and_county_only(stage):
    objection = contested(stage)
    with pytest.raises(NotYours):
        reject_objection(objection, reason="没错", by=stage.principal, at=at(10, day=26))
    reject_objection(objection, reason="没有算两次", by=stage.county_supervisor, at=at(10, day=26))
    assert told("objection_rejected") == ["赵明远"]
    assert [one.reason for one in appraisal.acts_of(objection=objection)] == ["有一件同一件事算了两次", "没有算两次"]
    seeing = [name for name in stage.accounts if appraisal.objections_for(getattr(stage, name)).exists()]
    assert seeing == [
        "dispatcher", "principal", "inspector", "county_dispatcher", "county_supervisor", "second_supervisor",
    ]  # fmt: skip
    with pytest.raises(Missing):
        appraisal.objection_for(stage.other_principal, objection.pk)
    assert [unit.code for unit in appraisal.units_of(stage.principal)] == ["school"]
