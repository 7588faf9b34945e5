"""The later date is refused; the old one stands."""

import pytest

from huying.appeals.actions.reject_extension import reject_extension
from huying.appeals.actions.request_extension import request_extension
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


@pytest.fixture
def asked(stage):
    appeal = given.handled(stage)
    request_extension(appeal, due_at=at(17, day=1, month=12), reason="等", by=stage.teacher, at=at(13))
    return given.fresh(appeal)


def test_the_old_date_stands_and_who_asked_knows_why(stage, asked):
    reject_extension(asked, reason="不用等", by=stage.principal, at=at(14))

    appeal = given.fresh(asked)
    assert (appeal.extension_pending, appeal.extended, appeal.due_at) == (False, False, at(17, day=27))
    assert written(appeal) == step(
        "reject_extension: handling → handling",
        "principal school",
        words=(("reason", "不用等"),),
        told="extension_rejected: 王芳",
    )


def test_nobody_else_refuses_it_and_only_with_a_reason(stage, asked):
    for name in ("teacher", "grade_head", "dispatcher", "inspector"):
        with refused(asked, NotAllowed):
            reject_extension(asked, reason="不", by=getattr(stage, name), at=at(14))
    with refused(asked, NotPossible, "请写明理由"):
        reject_extension(asked, reason="", by=stage.principal, at=at(14))


def test_a_second_hand_comes_too_late(stage, asked):
    appeal = overtaken(asked, stage)
    with refused(appeal, Stale):
        reject_extension(appeal, reason="不用等", by=stage.principal, at=at(18))
