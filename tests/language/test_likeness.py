import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.language.likeness import alike, suggest

COLD = "食堂饭菜凉，孩子吃不饱"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("孩子中午在食堂没吃饱，饭菜是凉的", COLD),
        ("校服太贵质量又差", "校服质量差，价格贵"),
        ("校门口放学堵车", "放学的时候校门口车太多堵死了"),
        ("请问课后服务费怎么还没退", "您好，上学期的课后服务费没有退，请问什么时候退？谢谢！"),
    ],
)
def test_the_same_matter_in_other_words_is_alike(one, other):
    assert alike(one, other) >= 0.2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("校门口放学堵车", COLD),
        ("尊敬的领导您好，请问学校什么时候开学？谢谢", "尊敬的领导您好，请问转学怎么办？谢谢"),
        ("孩子坐最后一排，看不清黑板", "作业太多，写到晚上十点"),
        ("", COLD),
        ("。！", "？"),
    ],
)
def test_another_matter_is_not_however_polite_both_are(one, other):
    assert alike(one, other) < 0.2


def test_the_same_words_are_one_whatever_their_width_and_marks():
    assert alike("ＷｉＦｉ坏了！教室没有网。", "wifi坏了，教室没有网") == 1.0


def test_suggestions_come_likest_first_with_the_words_they_share():
    near = {7: "食堂饭菜凉了，孩子吃不饱，请管管", 8: "校服太贵", 9: "这学期食堂饭菜总是凉"}
    found = suggest(COLD, near)
    assert [one.key for one in found] == [7, 9]
    assert found[0].shared == ("食堂饭菜凉", "吃不饱")
    assert found[1].shared == ("食堂饭菜",)


def test_only_as_many_are_suggested_as_are_asked_for():
    near = dict.fromkeys(range(9), COLD)
    assert [one.key for one in suggest(COLD, near, most=2)] == [0, 1]
    assert suggest(COLD, {}) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_the_same_both_ways_and_stays_in_bounds(one, other):
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1


@given(st.text(min_size=1, max_size=60))
def test_a_text_is_like_itself_or_holds_no_word(text):
    assert alike(text, text) in (0.0, 1.0)
