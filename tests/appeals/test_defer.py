"""Put off until a review day: granted by another person and explained to the appellant."""

from datetime import date

import pytest

from huying.appeals.actions.defer import defer
from huying.appeals.actions.request_deferral import request_deferral
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.channels.models import Letter
from huying.rules.enums import ClockKind, State
from tests import given
from tests.appeals.ledger import event_of, overtaken, record, refused, step, written
from tests.cast import at

REVIEW = date(2027, 1, 15)


@pytest.fixture
def asked(stage):
    appeal = given.handled(stage)
    request_deferral(appeal, plan="寒假换桌椅", review_on=REVIEW, reason="等采购", by=stage.teacher, at=at(13))
    return given.fresh(appeal)


def put_off(appeal, *, by, plan="寒假换桌椅", reason="确需采购", when=None):
    defer(appeal, plan=plan, review_on=REVIEW, reason=reason, by=by, at=when or at(14))


def test_from_now_on_the_review_day_is_the_date(stage, asked):
    put_off(asked, by=stage.principal)

    appeal = given.fresh(asked)
    assert (appeal.state, appeal.deferral_pending) == (State.DEFERRED, False)
    assert record(appeal) == {"review_on": "2027-01-15"}
    assert written(appeal) == step(
        "defer: handling → deferred",
        "principal school",
        words=(("plan", "寒假换桌椅"), ("reason", "确需采购")),
        told="""deferred: 王芳
                deferred: appellant""",
    )
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.DEFERRAL).due_at == at(17, day=15, month=1, year=2027)
    letter = Letter.objects.get(key__startswith=event_of(appeal).digest[:24], post="appellant")
    assert letter.data == {"review_on": "2027-01-15"}


def test_neither_who_asked_nor_the_desk_grants_it(stage, asked):
    for name in ("teacher", "grade_head", "dispatcher", "inspector"):
        with refused(asked, NotAllowed):
            put_off(asked, by=getattr(stage, name))


def test_it_was_asked_for_and_the_date_has_not_passed(stage, asked):
    with refused(asked, NotPossible, "挂账要写客观原因"):
        put_off(asked, by=stage.principal, plan="")
    with refused(asked, NotPossible, "已过期限"):
        put_off(asked, by=stage.principal, when=at(17, 1, day=27))
    unasked = given.handled(stage)
    with refused(unasked, NotPossible, "现在不能做这一步"):
        put_off(unasked, by=stage.principal)


def test_a_second_hand_comes_too_late(stage, asked):
    appeal = overtaken(asked, stage)
    with refused(appeal, Stale):
        put_off(appeal, by=stage.principal)
