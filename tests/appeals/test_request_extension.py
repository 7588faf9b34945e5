"""A later date is asked for: before the old one, once, and not beyond what may be."""

from huying.appeals.actions.reject_extension import reject_extension
from huying.appeals.actions.request_extension import request_extension
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def ask(appeal, *, by, until=None, reason="等新桌椅", when=None):
    request_extension(appeal, due_at=until or at(17, day=1, month=12), reason=reason, by=by, at=when or at(13))


def test_the_wish_is_pending_and_the_principal_is_asked(stage):
    appeal = given.handled(stage)
    due = appeal.due_at
    ask(appeal, by=stage.teacher)

    appeal = given.fresh(appeal)
    assert (appeal.extension_pending, appeal.extended, appeal.due_at) == (True, False, due)
    assert record(appeal) == {"wished": "2026-12-01T09:00:00+00:00"}
    assert written(appeal) == step(
        "request_extension: handling → handling",
        "class_teacher class",
        flags="extension_pending",
        words=(("reason", "等新桌椅"),),
        told="extension_requested: principal school",
    )


def test_the_county_is_asked_where_the_school_itself_handles(stage):
    appeal = given.handled(stage, lead="school", by="principal")
    ask(appeal, by=stage.principal)
    assert written(given.fresh(appeal)).told == {"extension_requested: county_supervisor county"}


def test_nobody_but_the_person_in_charge_asks(stage):
    appeal = given.handled(stage)
    for name in ("dispatcher", "grade_head", "principal", "county_supervisor"):
        with refused(appeal, NotAllowed):
            ask(appeal, by=getattr(stage, name))


def test_reason_and_a_later_date_are_needed(stage):
    appeal = given.handled(stage)  # due on Friday 27th
    with refused(appeal, NotPossible, "请写明理由"):
        ask(appeal, by=stage.teacher, reason="")
    with refused(appeal, NotPossible, "新期限要晚于原期限"):
        ask(appeal, by=stage.teacher, until=at(17, day=27))


def test_it_reaches_five_working_days_and_no_further(stage):
    appeal = given.handled(stage)
    with refused(appeal, NotPossible, "最长能到的日子"):
        ask(appeal, by=stage.teacher, until=at(17, 1, day=4, month=12))
    ask(appeal, by=stage.teacher, until=at(17, day=4, month=12))
    assert given.fresh(appeal).extension_pending


def test_it_never_goes_beyond_the_sender_s_date(stage):
    appeal = given.handled(stage, channel="hotline", external_ref="HL-7", outer_due_at=at(17, day=2, month=12))
    with refused(appeal, NotPossible, "来件单位的期限"):
        ask(appeal, by=stage.teacher, until=at(17, day=3, month=12))


def test_it_is_asked_before_the_date_and_once_a_round(stage):
    late, again = given.handled(stage), given.handled(stage)
    with refused(late, NotPossible, "已过期限"):
        ask(late, by=stage.teacher, when=at(17, 1, day=27))
    ask(again, by=stage.teacher)
    reject_extension(given.fresh(again), reason="不等", by=stage.principal, at=at(14))
    with refused(given.fresh(again), NotPossible, "只能申请延期一次"):
        ask(given.fresh(again), by=stage.teacher, when=at(15))


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        ask(appeal, by=stage.teacher)
