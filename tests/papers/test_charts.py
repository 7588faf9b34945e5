"""Pictures of figures: from zero, readable without colour, said aloud, with their table, with nothing that runs."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.papers.charts.chart import Size, most
from huying.papers.charts.months import Month, Wording, columns, line, sparkline
from huying.papers.charts.rows import Bar, bars, heat, rate

YEAR = [Month(f"{month}月", total, total - 2) for month, total in zip(range(1, 13), range(30, 54, 2), strict=True)]
NAMED = Wording("近 12 个月来件")
NASTY = '<script>alert(1)</script>" onload="x\' & ]]>'


def drawn(chart):
    return ET.fromstring(chart.svg)


def test_a_picture_says_its_numbers_and_has_them_as_a_table():
    chart = columns(YEAR[-2:], NAMED)
    root = drawn(chart)
    assert (root.get("role"), root.get("aria-label")) == (
        "img",
        "近 12 个月来件：11月 50，其中 48，12月 52，其中 50",
    )
    assert (chart.heads, chart.rows) == (("月份", "来件", "按期"), (("11月", "50", "48"), ("12月", "52", "50")))
    assert '<td class="r">50</td>' in chart.table()


def test_columns_begin_at_zero_and_grow_in_proportion():
    root = drawn(columns([Month("1月", 10), Month("2月", 20)], NAMED))
    low, high = (float(box.get("height")) for box in root.iter("rect") if box.get("class") == "c1")
    assert high == pytest.approx(2 * low, abs=0.2)


def test_at_most_twelve_columns_are_drawn_and_the_last_is_the_present():
    root = drawn(columns([Month("旧", 1), *YEAR], NAMED))
    groups = list(root.iter("g"))
    assert (len(groups), [one.get("class") for one in groups][-1]) == (12, "cur")


def test_a_month_of_which_nothing_is_known_is_no_zero():
    chart = line([Month("1月", 3), Month("2月", None), Month("3月", 5), Month("4月", 4)], NAMED, reference=4)
    assert chart.rows[1] == ("2月", "—")
    paths = [one.get("class") for one in drawn(chart).iter("path")]
    assert paths.count("ln") == 1  # one month alone before the gap is a dot, the two after it a line
    assert paths.count("ref") == 1


def test_bars_carry_whiskers_where_a_range_is_known():
    chart = bars([Bar("一小", 0.8, "16/20", 0.58, 0.92), Bar("二小", None, "3/4")], "满意", top=1)
    root = drawn(chart)
    assert [one.get("class") for one in root.iter("path")] == ["ci", "ax"]
    assert len(list(root.iter("rect"))) == 1
    assert chart.rows == (("一小", "16/20"), ("二小", "3/4"))


def test_a_rate_stands_between_its_ends_on_a_common_line():
    root = drawn(rate(0.5, 0.75, 1.2, said="15/20", title="满意"))
    assert root.find("circle").get("cx") == "88"
    assert root.find("path[@class='ci']").get("d") == "M60 8H116M60 4V12M116 4V12"


@pytest.mark.parametrize(("value", "step"), [(None, ""), (0, "heat0"), (1, "heat1"), (4.9, "heat2"), (99, "heat4")])
def test_a_cell_is_as_dark_as_the_bounds_it_reaches(value, step):
    assert heat(value, (1, 3, 5, 8)) == step


@pytest.mark.parametrize(("values", "top"), [([], 1), ([3], 3), ([10], 10), ([55], 60), ([999], 1000)])
def test_the_scale_ends_at_a_round_number(values, top):
    assert most(values) == top


@pytest.mark.parametrize("size", list(Size))
def test_nothing_in_a_picture_runs_or_is_styled(size):
    charts = [
        columns([Month(NASTY, 3, 1)], Wording(NASTY), size=size),
        line([Month(NASTY, 3), Month(NASTY, 4)], Wording(NASTY), size=size),
        bars([Bar(NASTY, 3, NASTY, 1, 4)], NASTY, size=size),
        rate(0.1, 0.2, 0.3, said=NASTY, title=NASTY),
        sparkline([1, 2, None, 3], NASTY),
    ]
    for chart in charts:
        for made in (chart.svg, chart.table()):
            root = ET.fromstring(made)
            assert not [one for one in root.iter() if one.tag.rpartition("}")[2] in ("script", "style")]
            assert not [name for one in root.iter() for name in one.attrib if name == "style" or name.startswith("on")]


def test_large_letters_are_a_class():
    assert 'class="big"' in line([Month("1月", 3)], NAMED, size=Size.PUBLIC).svg
    assert not re.search(r"font-size|fill=", line([Month("1月", 3)], NAMED).svg)


@pytest.mark.parametrize("make", [lambda: columns([], NAMED), lambda: line([], NAMED), lambda: bars([], "无")])
def test_no_data_is_said(make):
    assert "没有数据" in make().svg


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**7)), max_size=30))
def test_whatever_the_numbers_nothing_leaves_the_picture(values):
    for chart in (columns([Month("月", one) for one in values], NAMED), sparkline(values, "小")):
        root = ET.fromstring(chart.svg)
        _, _, width, height = map(float, root.get("viewBox").split())
        for one in root.iter("rect"):
            left, top = float(one.get("x")), float(one.get("y"))
            assert 0 <= left <= left + float(one.get("width")) <= width + 0.1
            assert 0 <= top <= top + float(one.get("height")) <= height + 0.1
        for one in root.iter("circle"):
            assert 0 <= float(one.get("cy")) <= height
