import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.language.words import TooLong, clean_line, clean_text


@pytest.mark.parametrize(
    ("brought", "kept"),
    [
        ("孩子\x00没吃饱\x07", "孩子没吃饱"),
        ("第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行"),
        ("第一行_x000D_\n第二行_x000d_", "第一行\n第二行"),
        ("　　您好：　请问", "您好： 请问"),
        ("一\t二", "一 二"),
        ("看\u202e看这\u2066里", "看看这里"),
        ("零\u200b宽\ufeff", "零宽"),
        ("坏\ud800字", "坏字"),
        ("头\n\n\n\n\n尾 \n", "头\n\n尾"),
        ("👨‍👩‍👧 谢谢😀❤️", "👨‍👩‍👧 谢谢😀❤️"),
        ("“原话”，《条例》；Ａ１（全角不动）", "“原话”，《条例》；Ａ１（全角不动）"),
        ("<script>alert(1)</script> =1+1", "<script>alert(1)</script> =1+1"),
        ("变量_x0041_和 _x000_", "变量_x0041_和 _x000_"),
        ("", ""),
    ],
)
def test_what_is_kept_of_a_text(brought, kept):
    assert clean_text(brought) == kept


def test_a_text_that_is_too_long_is_refused_whole_and_says_by_how_much():
    with pytest.raises(TooLong, match="最多 10 个字，现在有 12 个字") as refused:
        clean_text("一二三四五六七八九十一二", most=10)
    assert (refused.value.length, refused.value.most) == (12, 10)


def test_five_megabytes_are_refused_at_once():
    with pytest.raises(TooLong):
        clean_text("字" * 1_700_000, most=20_000)


def test_a_name_stands_on_one_line():
    assert clean_line("  王\n小　明\t") == "王 小 明"
    with pytest.raises(TooLong):
        clean_line("王" * 61, most=60)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    once = clean_text(text)
    assert clean_text(once) == once or "_x00" in once


@given(st.text())
def test_what_is_kept_can_always_be_stored(text):
    kept = clean_text(text)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert "\x00" not in kept
