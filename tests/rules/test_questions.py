import pytest

from huying.rules import questions
from huying.rules.questions import BadQuestion
from tests.rules.almanac import CHINA


def test_one_answer_a_row_in_order():
    rows = [
        {"at": "2026-09-18T10:00:00+08:00", "limit": "1wd"},
        {"at": "2026-09-24T01:00:00Z", "limit": "7wd"},
        {"at": "2026-12-31T10:00:00+08:00", "limit": "1wd"},
        {"at": "2026-09-18", "limit": "15min"},
    ]
    assert [one.row for one in questions.answer_sheet(rows, CHINA)] == [
        ("2026-09-18T10:00:00+08:00", "1wd", "2026-09-20T17:00:00+08:00", "false"),
        ("2026-09-24T01:00:00Z", "7wd", "2026-10-12T17:00:00+08:00", "false"),
        ("2026-12-31T10:00:00+08:00", "1wd", "2027-01-04T17:00:00+08:00", "true"),
        ("2026-09-18", "15min", "2026-09-18T00:15:00+08:00", "false"),
    ]


def test_every_row_without_sense_is_named_and_then_nothing_is_answered():
    rows = [
        {"at": "2026-09-18", "limit": "0wd"},
        {"at": "2026-09-18", "limit": "1wd"},
        {"at": "soon", "limit": "1wd"},
        {"at": None, "limit": None},
        {"at": "2026-09-18", "limit": "10000cd"},
    ]
    with pytest.raises(BadQuestion) as refused:
        questions.answer_sheet(rows, CHINA)
    assert [line.split("：")[0] for line in str(refused.value).splitlines()] == [
        "第 2 行",
        "第 4 行",
        "第 5 行",
        "第 6 行",
    ]


def test_a_sheet_full_of_mistakes_is_answered_shortly():
    with pytest.raises(BadQuestion, match="另外还有 10 行"):
        questions.answer_sheet([{"at": "x", "limit": "1wd"}] * 30, CHINA)


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "9999-12-31T23:59:59+08:00", "1900-12-31"])
@pytest.mark.parametrize("limit", ["5wd", "10cd", "4wh", "15min"])
def test_a_year_that_no_calendar_reaches_is_refused_in_words(at, limit):
    with pytest.raises(BadQuestion, match=r"没有 .* 年的日历"):
        questions.answer(at, limit, CHINA)
