"""Which official papers there are of an appeal, by where it stands and what was done."""

import pytest

from huying.rules import caseletters
from huying.rules.enums import Action, CaseLetter, State
from tests.rules.scene import CAST, case

A, L, S = Action, CaseLetter, State


@pytest.mark.parametrize(
    ("state", "taken", "has_lead", "papers"),
    [
        (S.RECEIVED, {A.REGISTER}, False, ()),
        (S.DISPATCHED, {A.REGISTER, A.DISPATCH}, True, (L.TAKEN_ON,)),
        (S.HANDLING, {A.DISPATCH, A.APPROVE_EXTENSION}, True, (L.TAKEN_ON, L.EXTENDED)),
        # waiting for its review: a draft of the opinion
        (S.ANSWERED, {A.DISPATCH, A.ANSWER}, True, (L.OPINION, L.TAKEN_ON)),
        # sent back before it ever went out: no opinion any more
        (S.HANDLING, {A.DISPATCH, A.ANSWER, A.SEND_BACK}, True, (L.TAKEN_ON,)),
        (S.CLOSED, {A.DISPATCH, A.APPROVE_EXTENSION, A.APPROVE_ANSWER}, True, (L.OPINION, L.TAKEN_ON)),
        (S.CALLBACK, {A.ANSWER_AT_ONCE}, False, (L.OPINION,)),
        (S.REFUSED, {A.REFUSE}, False, (L.REFUSED,)),
        (S.REFERRED, {A.REFER_OUT}, False, (L.REFERRED,)),
        (S.WITHDRAWN, {A.DISPATCH, A.WITHDRAW}, True, ()),
        (S.JOINED, {A.DISPATCH, A.JOIN}, True, ()),
    ],
)
def test_the_papers_there_are(state, taken, has_lead, papers):
    assert caseletters.there_are(state, taken, has_lead=has_lead) == papers


def test_the_papers_are_for_whoever_answers_reviews_or_concludes():
    facts = case(State.HANDLING)
    takers = {name for name, actor in CAST.items() if caseletters.may_take(actor, facts)}
    assert {"teacher", "dispatcher"} <= takers
    assert not takers & {"clerk", "auditor", "other_principal", "other_teacher"}
