import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.language.titles import LONGEST, suggest_title


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("孩子坐最后一排，看不清黑板。想换到前面。", "孩子坐最后一排，看不清黑板"),
        ("尊敬的校长：您好！食堂的饭菜有点凉。", "食堂的饭菜有点凉"),
        ("老师您好，请问几点放学？", "请问几点放学"),
        ("您好！\n\n校服掉色", "校服掉色"),
        ("我是三年级4班王小明的妈妈，电话13800005678，作业太多", "我是（班级）王**的妈妈，电话138****5678…"),
        ("张老师上课骂人", "某老师上课骂人"),
        (
            "从上周开始每天放学的时候校门口都堵得水泄不通，家长接孩子要等半个小时",
            "从上周开始每天放学的时候校门口都堵得水泄不通…",
        ),
        ("一" * 50, "一" * 29 + "…"),
        ("您好", "您好"),
        ("", "没有文字"),
        ("。。。\n！", "没有文字"),
    ],
)
def test_the_title_a_text_suggests(body, title):
    assert suggest_title(body) == title


@given(st.text(max_size=200))
def test_a_title_is_never_empty_and_never_too_long(body):
    assert 0 < len(suggest_title(body)) <= LONGEST
    assert "\n" not in suggest_title(body)
