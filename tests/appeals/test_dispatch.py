"""One unit leads; the wall and the tier above have the last word."""

from datetime import date

from huying.appeals.actions.approve_decline import approve_decline
from huying.appeals.actions.decline import decline
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.models import AssistingUnit, Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.people.models import Post
from huying.rules.enums import AppealKind, ClockKind, PostKind, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def test_it_lies_with_one_lead_unit_and_those_who_help(stage):
    appeal = given.registered(stage)
    units = stage.units
    dispatch(
        appeal,
        lead=units["class"],
        assisting=[units["office"]],
        summary="座位靠后",
        by=stage.dispatcher,
        at=at(11),
    )

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.lead_unit.code, appeal.in_charge) == (State.DISPATCHED, "class", None)
    assert [(one.unit.code, one.is_current, one.is_done) for one in appeal.assisting.all()] == [("office", True, False)]
    assert record(appeal) == {
        "assisting": [units["office"].pk],
        "is_ruling": False,
        "level": "class",
        "lead_unit": units["class"].pk,
        "in_charge": None,
        "desk": units["school"].pk,
    }
    assert written(appeal) == step(
        "dispatch: received → dispatched",
        "dispatcher school",
        words=(("summary", "座位靠后"),),
        told="""dispatched: class_teacher class
                asked_to_assist: office_head office
                dispatched: appellant""",
    )


def test_sent_again_it_has_new_helpers_and_its_clock_goes_on(stage):
    appeal = given.handled(stage)
    due = appeal.due_at
    dispatch(appeal, lead=stage.units["grade"], reason="级部协调", by=stage.dispatcher, at=at(13))

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.lead_unit.code, appeal.in_charge, appeal.due_at) == (
        State.DISPATCHED,
        "grade",
        None,
        due,
    )
    assert written(appeal).words == (("reason", "级部协调"),)
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.ANSWER).started_at == at(11)


def test_helpers_of_the_first_dispatch_are_no_longer_asked(stage):
    appeal = given.registered(stage)
    dispatch(appeal, lead=stage.units["class"], assisting=[stage.units["office"]], by=stage.dispatcher, at=at(11))
    dispatch(given.fresh(appeal), lead=stage.units["grade"], by=stage.dispatcher, at=at(11, 30))
    assert not AssistingUnit.objects.get(appeal=appeal).is_current


def test_a_grade_head_passes_it_down_and_nowhere_else(stage):
    appeal = given.handled(stage, lead="grade", by="grade_head")
    for name in ("office", "grade", "school", "other_school"):
        with refused(appeal, NotPossible, "只能派给本单位下面的班级"):
            dispatch(appeal, lead=stage.units[name], by=stage.grade_head, at=at(13))
    dispatch(appeal, lead=stage.units["class"], by=stage.grade_head, at=at(13))
    assert given.fresh(appeal).lead_unit.code == "class"


def test_nobody_but_desk_and_head_dispatches(stage):
    appeal = given.registered(stage)
    for name in ("clerk", "teacher", "grade_head", "principal", "caller", "other_dispatcher", "mother"):
        with refused(appeal, (NotAllowed, NotPossible)):
            dispatch(appeal, lead=stage.units["class"], by=getattr(stage, name), at=at(11))


def test_where_nobody_is_left_at_a_desk_the_county_s_supervisor_sends_it(stage):
    """The county's only dispatcher is complained about, and the school has none: it must not lie there."""
    appeal = given.complaint_about(stage, "county_dispatcher")
    Post.objects.filter(unit=stage.units["school"], kind=PostKind.DISPATCHER).update(ends_on=date(2026, 11, 20))
    with refused(appeal, (NotAllowed, NotPossible)):
        dispatch(appeal, lead=stage.units["grade"], by=stage.county_dispatcher, at=at(11))
    dispatch(appeal, lead=stage.units["grade"], by=stage.county_supervisor, at=at(11))
    assert given.fresh(appeal).state == State.DISPATCHED


def test_neither_lead_nor_helper_may_stand_near_the_subject(stage):
    appeal = given.complaint_about(stage, "teacher")
    for lead, helper in (("class", []), ("grade", []), ("office", ["class"])):
        with refused(appeal, NotPossible, "要回避"):
            dispatch(
                appeal,
                lead=stage.units[lead],
                assisting=[stage.units[name] for name in helper],
                by=stage.dispatcher,
                at=at(11),
            )


def test_a_name_nobody_settled_keeps_it_at_the_desk(stage):
    appeal = given.registered(stage, subjects=["体育老师"])
    with refused(appeal, NotPossible, "先确认或排除"):
        dispatch(appeal, lead=stage.units["office"], by=stage.dispatcher, at=at(11))


def test_a_report_goes_out_as_its_summary(stage):
    appeal = given.registered(stage, kind=AppealKind.REPORT, body="有人收礼。")
    with refused(appeal, NotPossible, "事实摘要"):
        dispatch(appeal, lead=stage.units["office"], by=stage.dispatcher, at=at(11))
    with refused(appeal, NotPossible, "先看原话"):
        dispatch(appeal, lead=stage.units["office"], summary="收受礼品一事", by=stage.dispatcher, at=at(11))
    given.opened(appeal, by=stage.dispatcher)
    dispatch(given.fresh(appeal), lead=stage.units["office"], summary="收受礼品一事", by=stage.dispatcher, at=at(11))
    dispatch(given.fresh(appeal), lead=stage.units["grade"], by=stage.dispatcher, at=at(12))
    assert given.fresh(appeal).lead_unit.code == "grade"


def returned(stage, appeal, lead, head):
    dispatch(given.fresh(appeal), lead=stage.units[lead], by=stage.dispatcher, at=at(11))
    decline(
        given.fresh(appeal),
        clause="职责",
        suggested=stage.units["school"],
        reason="不归我",
        by=getattr(stage, head),
        at=at(11, 30),
    )
    approve_decline(given.fresh(appeal), reason="同意", by=stage.dispatcher, at=at(11, 40))


def test_after_two_returns_the_county_rules_and_the_unit_may_not_decline(stage):
    appeal = given.registered(stage)
    returned(stage, appeal, "class", "teacher")
    returned(stage, appeal, "office", "office_head")
    with refused(given.fresh(appeal), NotPossible, "上一级裁定"):
        dispatch(given.fresh(appeal), lead=stage.units["grade"], by=stage.dispatcher, at=at(12))
    dispatch(given.fresh(appeal), lead=stage.units["grade"], by=stage.county_dispatcher, at=at(12))

    appeal = given.fresh(appeal)
    assert (appeal.designated, written(appeal).flags, record(appeal)["is_ruling"]) == (True, "designated", True)
    with refused(appeal, NotPossible):
        decline(
            appeal,
            clause="职责",
            suggested=stage.units["office"],
            reason="还是不归我",
            by=stage.grade_head,
            at=at(12, 30),
        )


def test_what_the_county_sends_to_a_school_is_the_school_s_to_pass_on(stage):
    appeal = given.registered(stage, by=stage.county_dispatcher, channel="hotline")
    dispatch(appeal, lead=stage.units["school"], by=stage.county_dispatcher, at=at(11))
    assert given.fresh(appeal).desk.code == "school"
    dispatch(given.fresh(appeal), lead=stage.units["class"], by=stage.dispatcher, at=at(12))
    assert written(appeal).told == {"dispatched: class_teacher class", "dispatched: appellant"}


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.registered(stage), stage)
    with refused(appeal, Stale):
        dispatch(appeal, lead=stage.units["class"], assisting=[stage.units["office"]], by=stage.dispatcher, at=at(18))
