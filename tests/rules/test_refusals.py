"""A refusal in the reader's language."""

from huying.rules.refusals import Refusal

ENGLISH = {"第 %(number)s 行：%(unit)s": "Row %(number)s: %(unit)s", "工作日": "working days", "不行": "No", "": "head"}


def say(text: str) -> str:
    return ENGLISH.get(text, text)


def test_it_is_said_as_written_unless_an_edge_brings_a_language():
    refusal = Refusal("第 %(number)s 行：%(unit)s", number=3, unit="工作日")
    assert (str(refusal), refusal.said(say)) == ("第 3 行：工作日", "Row 3: working days")


def test_one_without_values_may_hold_a_percent_sign():
    assert str(Refusal("100% 不行")) == "100% 不行"
    assert Refusal("不行").said(say) == "No"


def test_an_empty_value_stays_empty():
    assert Refusal("第 %(number)s 行：%(unit)s", number=1, unit="").said(say) == "Row 1: "
