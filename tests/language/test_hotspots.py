"""New words and one matter told by several."""

from huying.language import hotspots

OLD = [
    f"孩子坐最后一排，看不清黑板，想换到前面，{who}。"
    for who in ("近视", "个子小", "听不清", "有散光", "怕前面挡住") * 40
]
NEW = {
    1: "校外配餐送来已经凉了，孩子不吃。",
    2: "自从换成校外配餐，菜里有头发。",
    3: "校外配餐多少钱一份，谁定的？",
    4: "孩子坐最后一排，看不清黑板。",
    5: "体育课改成自习了。",
}


def test_a_phrase_that_is_new_and_comes_from_several_texts():
    [found] = hotspots.hotspots(NEW, OLD)
    assert (found.phrase, found.keys, found.before) == ("校外配餐", frozenset({1, 2, 3}), 0)


def test_what_was_always_said_is_no_news():
    texts = dict.fromkeys(range(6), "坐最后一排，看不清黑板")
    assert hotspots.hotspots(texts, OLD) == []


def test_two_are_not_several_and_nothing_is_nothing():
    assert hotspots.hotspots({1: NEW[1], 2: NEW[2]}, OLD) == []
    assert hotspots.hotspots({}, OLD) == []
    assert hotspots.hotspots(NEW, []) == []


def test_no_name_and_no_number_becomes_a_phrase():
    texts = {
        key: f"王小芳老师罚站{word}，电话13800005678" for key, word in enumerate(("很久", "一节课", "到放学", "走廊"))
    }
    said = " ".join(one.phrase for one in hotspots.hotspots(texts, OLD, hidden=["王小芳"]))
    assert "王" not in said and "芳" not in said and "1380" not in said


def test_texts_of_one_matter_are_put_together():
    texts = {
        1: "校门口路灯坏了三天，晚上放学看不见路",
        2: "学校门口的路灯坏了，晚上放学孩子看不见路",
        3: "路灯坏了三天没人修，校门口放学看不见路",
        4: "食堂的菜太咸了",
        5: "希望增加社团课",
    }
    assert hotspots.together(texts) == [frozenset({1, 2, 3})]
    assert hotspots.together({}) == []


def test_a_phrase_that_holds_or_ends_in_a_name_is_left_out():
    texts = {key: f"李建国主任收了{word}的补课费" for key, word in enumerate(("三百元", "五百元", "八百元", "很多"))}
    said = [one.phrase for one in hotspots.hotspots(texts, OLD)]
    assert not any("建国" in one or "李建" in one for one in said)
