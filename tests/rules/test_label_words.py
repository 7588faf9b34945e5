"""Words for people, looked up by member and never stored."""

from enum import StrEnum

import pytest

from huying.rules import labels
from huying.rules.enums import Action, AppealKind, PostKind, Resolved, State


@pytest.mark.parametrize(
    ("member", "words"),
    [
        (State.CLOSED, "已办结"),
        (Action.SEND_BACK, "退办"),
        (Action.DECLINE, "申请退单"),
        (AppealKind.REPORT, "举报"),
        (PostKind.PRINCIPAL, "校长"),
        (Resolved.NOT_ASKED, "未问"),
    ],
)
def test_a_member_has_its_words(member, words):
    assert labels.label(member) == words


def test_the_same_code_word_in_two_lists_has_two_meanings():
    assert labels.label(AppealKind.SUGGESTION) != labels.label(Action.ANSWER)
    with pytest.raises(KeyError):
        labels.label(StrEnum("Stranger", {"ONE": "received"}).ONE)


def test_choices_of_a_form_are_value_and_words():
    assert labels.choices(Resolved) == [("YES", "已解决"), ("NO", "没有解决"), ("NOT_ASKED", "未问")]
