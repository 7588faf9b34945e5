"""Which schools come first, and what is said of each."""

import pytest

from huying.rules import attention
from huying.rules.attention import Looked


def words(one):
    return [reason.words for reason in attention.reasons(one)]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"late": 4, "oldest_days": 11}, ["超时 4 件，最久 11 天"]),
        ({"red_line": 1}, ["红线 1 件"]),
        ({"red_line": 2, "red_line_late": 1}, ["红线 1 件，过了报告时间"]),
        ({"same_topic": ("校车", 3)}, ["同类第 3 次：校车"]),
        ({"same_topic": ("校车", 2)}, []),
        ({"is_silent": True}, ["30 天没有来件"]),
        ({"declined": 5}, ["退单 5 次"]),
        ({"declined": 2}, []),
        ({"contact_denied": 2}, ["2 人说没有联系过"]),
        ({"contact_denied": 1}, []),
        ({"reopened": 3}, ["重新办 3 件"]),
        ({"ruling": 1}, ["1 件退单等裁定"]),
        ({}, []),
    ],
)
def test_every_reason_is_said_in_words(facts, said):
    assert words(Looked(1, **facts)) == said


def test_the_heaviest_reason_of_a_school_comes_first():
    one = Looked(1, late=1, oldest_days=2, declined=3, red_line=1, is_silent=False)
    assert words(one) == ["红线 1 件", "超时 1 件，最久 2 天", "退单 3 次"]


def test_the_most_pressing_schools_come_first_and_the_rest_stay_away():
    schools = [
        Looked(1, late=20, oldest_days=30),
        Looked(2, red_line_late=1),
        Looked(3),
        Looked(4, is_silent=True),
        Looked(5, late=1, oldest_days=1),
    ]
    assert [one.school for one in attention.pressing(schools)] == [2, 1, 5, 4]


def test_ten_schools_are_enough_for_one_day():
    schools = [Looked(pk, late=1) for pk in range(1, 13)]
    assert [one.school for one in attention.pressing(schools)] == [*range(1, 11)]
