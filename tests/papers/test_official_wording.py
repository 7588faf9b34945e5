"""Texts on their way to paper: cleaned of what is no letter, numbered, broken into lines, dated."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.papers.official import wording
from huying.papers.official.document import Heading, Paper, Paragraph, Signature, Table
from huying.papers.official.tables import shares


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (45, "四十五"), (99, "九十九")]
)
def test_a_number_in_chinese(number, said):
    assert wording.chinese(number) == said


def test_headings_are_numbered_by_their_place_and_begin_anew_under_another():
    blocks = (
        Heading("一级"),
        Heading("二级", 2),
        Heading("二级", 2),
        Paragraph("文"),
        Heading("一级"),
        Heading("二级", 2),
    )
    deep = (Heading("三级", 3), Heading("四级", 4))
    assert list(wording.numbers(Paper("题", blocks + deep))) == [
        "一、", "（一）", "（二）", "", "二、", "（一）", "1.", "（1）",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("督办通知", ["督办通知"]),
        ("澄川县实验小学\n督办通知", ["澄川县实验小学", "督办通知"]),
        (
            "澄川县实验小学关于2026年10月诉求办理情况的通报",
            ["澄川县实验小学", "关于2026年10月诉求办理情况的通报"],
        ),
        ("题" * 45, ["题" * 15] * 3),
    ],
)
def test_a_title_is_broken_where_a_reader_breaks_it(title, lines):
    assert wording.title_lines(title) == lines


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("受理 42 件，占 9.5% 左右", "受理42件，占9.5%左右"),
        ("a\x00b\x0bc\ud800d\ufeff", "ab cd"),
        ("\u202e倒过来\u202c", "倒过来"),
        ("第一行\r\n第二行\t第三", "第一行 第二行 第三"),
        ("no  break\u3000here", "no break here"),
        ("שלום", "שלום"),
    ],
)
def test_what_is_no_letter_goes_and_the_rest_stays(raw, kept):
    assert wording.plain(raw) == kept


@given(st.text(max_size=80))
def test_a_cleaned_text_can_stand_in_any_file_and_stays_as_it_is(text):
    once = wording.plain(text)
    assert all(ord(one) >= 32 and not 0xD800 <= ord(one) < 0xE000 for one in once)
    assert wording.plain(once) == once


def test_a_day_has_no_leading_zeros():
    assert wording.day(date(2026, 3, 5)) == "2026年3月5日"


@pytest.mark.parametrize(
    ("organ", "indents"),
    [("澄川县实验小学", (3.75, 4.0)), ("澄川县教育惠民服务中心综合办公室", (0.0, 4.75)), ("校办", (6.25, 4.0))],
)
def test_the_organ_is_centred_above_the_day(organ, indents):
    # 2026年11月2日 takes 7 figures at a half and 3 characters: 6.5; the middle stands 4 + 3.25 = 7.25 from the right.
    assert wording.signature_indents(Signature(organ, date(2026, 11, 2))) == indents


def test_a_single_attachment_has_no_number():
    assert wording.attachment_lines(("统计表",)) == ["附件：统计表"]
    assert wording.attachment_lines(("表一", "表二")) == ["附件：1.表一", "　　　2.表二"]


def test_wide_columns_give_way_and_narrow_ones_keep_their_width():
    table = Table((("1", "字" * 60, "2026年10月22日"),), ("序", "内容", "期限"))
    narrow, wide, dated = (round(share * 36.8, 1) for share in shares(table))
    # 7 characters and 0.8 of padding for the day, 2.8 for the number, all the rest of 36.8 for the contents.
    assert (narrow, wide, dated) == (2.8, 26.2, 7.8)


def test_a_table_that_fits_has_room_around_its_texts():
    assert [round(share * 13.4, 1) for share in shares(Table((("一二三四", "五"),), ("甲", "一二三四")))] == [6.7, 6.7]


def test_the_name_of_a_school_stays_on_one_line_beside_seven_figures():
    heads = ("学校", "受理", "办结", "每千人", "按时办结率", "满意率", "重办", "超期")
    row = ("澄川县第一中心小学", "40", "39", "3.14", "95.0%", "88.0%", "2", "1")
    assert shares(Table((row,), heads))[0] * 36.8 >= 9 + 0.7


def test_shares_that_are_given_are_kept():
    assert shares(Table((("a", "b"),), widths=(1, 3))) == (0.25, 0.75)
