"""The appellant's own word on the answer."""

import pytest

from huying.appeals import facts
from huying.appeals.actions.rate import rate
from huying.appeals.models import Receipt
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import Satisfaction, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def say(appeal, stage, *, satisfaction=Satisfaction.SATISFIED, by=None, reason="很快"):
    rate(appeal, satisfaction=satisfaction, reason=reason, by=by or stage.holding(appeal), at=at(15, 30))


def test_it_is_on_record_and_moves_nothing(stage):
    appeal = given.delivered(stage)
    say(appeal, stage)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.satisfaction) == (State.CALLBACK, "NOT_ASKED")
    assert record(appeal) == {"satisfaction": "SATISFIED", "is_spoken": False}
    assert written(appeal) == step(
        "rate: callback → callback", "appellant", words=(("reason", "很快"),), told="rated: dispatcher school"
    )
    assert facts.of(appeal, at=at(16)).history.last_rating == "SATISFIED"


def test_a_code_that_a_clerk_read_out_is_told_apart(stage):
    appeal = given.delivered(stage)
    Receipt.objects.filter(pk=appeal.receipt_id).update(is_spoken=True)
    say(given.fresh(appeal), stage)
    assert record(appeal)["is_spoken"] is True


def test_no_member_of_staff_and_no_other_receipt_rates(stage):
    appeal, other = given.delivered(stage), given.delivered(stage)
    for by in (stage.teacher, stage.dispatcher, stage.caller, stage.principal, stage.holding(other), stage.mother):
        with refused(appeal, (NotAllowed, NotPossible)):
            say(appeal, stage, by=by)


@pytest.mark.parametrize("word", [Satisfaction.NOT_RATED, Satisfaction.UNREACHABLE, Satisfaction.NOT_ASKED])
def test_a_rating_is_one_of_three_words(stage, word):
    appeal = given.delivered(stage)
    with refused(appeal, NotPossible, "请选满意"):
        say(appeal, stage, satisfaction=word)


def test_it_is_given_once_and_after_the_answer(stage):
    appeal = given.delivered(stage)
    say(appeal, stage)
    with refused(given.fresh(appeal), NotPossible, "这一轮已经评价过"):
        say(given.fresh(appeal), stage)
    waiting = given.handled(stage)
    with refused(waiting, NotPossible, "现在不能做这一步"):
        say(waiting, stage)


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.delivered(stage), stage)
    with refused(appeal, Stale):
        say(appeal, stage)
