"""A typed or proposed name was nobody complained about."""

from huying.appeals import queries
from huying.appeals.actions.dismiss_subject import dismiss_subject
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import AppealKind
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def proposed(stage):
    return given.registered(stage, kind=AppealKind.COMPLAINT, body="王芳老师让我来反映饭菜太凉。")


def drop(appeal, *, by, subject=None, reason="只是转述"):
    dismiss_subject(appeal, subject=subject or appeal.subjects.get().pk, reason=reason, by=by, at=at(10, 30))


def test_the_wall_falls_and_the_ground_is_on_record(stage):
    appeal = proposed(stage)
    drop(appeal, by=stage.dispatcher)

    subject = appeal.subjects.get()
    assert (subject.status, record(appeal)) == ("dismissed", {"subject": subject.pk})
    assert written(given.fresh(appeal)) == step(
        "dismiss_subject: received → received", "dispatcher school", words=(("reason", "只是转述"),)
    )
    given.dispatch(given.fresh(appeal), lead=stage.units["class"], by=stage.dispatcher, at=at(11))
    assert queries.visible_to(stage.teacher).filter(pk=appeal.pk).exists()


def test_counter_and_desk_dismiss_and_nobody_else(stage):
    appeal = proposed(stage)
    for name in ("teacher", "grade_head", "principal", "caller"):
        with refused(appeal, NotAllowed):
            drop(appeal, by=getattr(stage, name))
    drop(appeal, by=stage.clerk)


def test_only_a_name_of_this_appeal_and_with_a_reason(stage):
    appeal, other = proposed(stage), proposed(stage)
    with refused(appeal, NotPossible, "没有这个被反映对象"):
        drop(appeal, by=stage.dispatcher, subject=other.subjects.get().pk)
    with refused(appeal, NotPossible, "请写明理由"):
        drop(appeal, by=stage.dispatcher, reason="")


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(proposed(stage), stage)
    with refused(appeal, Stale):
        drop(appeal, by=stage.dispatcher)
