"""Another person grants the later date; the old one stays on record."""

import pytest

from huying.appeals.actions.approve_extension import approve_extension
from huying.appeals.actions.request_extension import request_extension
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at

UNTIL = at(17, day=1, month=12)


@pytest.fixture
def asked(stage):
    appeal = given.handled(stage)
    request_extension(appeal, due_at=UNTIL, reason="等新桌椅", by=stage.teacher, at=at(13))
    return given.fresh(appeal)


def test_the_new_date_stands_and_the_parent_is_told(stage, asked):
    approve_extension(asked, due_at=UNTIL, reason="同意", by=stage.principal, at=at(14))

    appeal = given.fresh(asked)
    assert (appeal.extended, appeal.extension_pending, appeal.due_at) == (True, False, UNTIL)
    assert record(appeal) == {"due_at": "2026-12-01T09:00:00+00:00", "old_due_at": "2026-11-27T09:00:00+00:00"}
    assert written(appeal) == step(
        "approve_extension: handling → handling",
        "principal school",
        flags="extended",
        words=(("reason", "同意"),),
        told="""extension_approved: 王芳
                extended: appellant""",
    )
    assert Clock.objects.get(appeal=appeal, kind=ClockKind.ANSWER).due_at == UNTIL


def test_neither_who_asked_nor_the_desk_grants_it(stage, asked):
    for name in ("teacher", "grade_head", "dispatcher", "inspector", "county_dispatcher"):
        with refused(asked, NotAllowed):
            approve_extension(asked, due_at=UNTIL, by=getattr(stage, name), at=at(14))


def test_the_principal_s_own_extension_is_the_county_s_to_grant(stage):
    appeal = given.handled(stage, lead="school", by="principal")
    request_extension(appeal, due_at=UNTIL, reason="等", by=stage.principal, at=at(13))
    with refused(given.fresh(appeal), NotAllowed):
        approve_extension(given.fresh(appeal), due_at=UNTIL, by=stage.principal, at=at(14))
    approve_extension(given.fresh(appeal), due_at=UNTIL, by=stage.county_supervisor, at=at(14))
    assert given.fresh(appeal).extended


def test_only_a_later_date_within_the_length_is_granted_and_only_when_asked(stage, asked):
    with refused(asked, NotPossible, "新期限要晚于原期限"):
        approve_extension(asked, due_at=at(17, day=27), by=stage.principal, at=at(14))
    with refused(asked, NotPossible, "最长能到的日子"):
        approve_extension(asked, due_at=at(17, day=11, month=12), by=stage.principal, at=at(14))
    unasked = given.handled(stage)
    with refused(unasked, NotPossible, "现在不能做这一步"):
        approve_extension(unasked, due_at=UNTIL, by=stage.principal, at=at(14))


def test_a_second_hand_comes_too_late(stage, asked):
    appeal = overtaken(asked, stage)
    with refused(appeal, Stale):
        approve_extension(appeal, due_at=UNTIL, by=stage.principal, at=at(18))
