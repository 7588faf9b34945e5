from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from huying.papers.cells import NotADate, day_of, moment_of, text_of

CHINA = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2019/4/24 15:40:04", (2019, 4, 24, 15, 40, 4)),
        ("2019-04-24 15:40", (2019, 4, 24, 15, 40, 0)),
        ("2019年4月24日 15时40分", (2019, 4, 24, 15, 40, 0)),
        ("2019年4月24日15时", (2019, 4, 24, 15, 0, 0)),
        ("2019.4.24", (2019, 4, 24, 17, 0, 0)),
        ("20190424", (2019, 4, 24, 17, 0, 0)),
        ("2019-04-24T15:40:04+08:00", (2019, 4, 24, 15, 40, 4)),
        ("２０１９／４／２４　１５：４０", (2019, 4, 24, 15, 40, 0)),
        ("  2019/4/24\t0:00:00 ", (2019, 4, 24, 0, 0, 0)),
        (datetime(2019, 4, 24, 15, 40, 4), (2019, 4, 24, 15, 40, 4)),
        (datetime(2019, 4, 24), (2019, 4, 24, 17, 0, 0)),
        (date(2019, 4, 24), (2019, 4, 24, 17, 0, 0)),
        (20190424.0, (2019, 4, 24, 17, 0, 0)),
    ],
)
def test_a_moment_in_any_shape_a_column_holds(cell, moment):
    assert moment_of(cell) == datetime(*moment, tzinfo=CHINA)


@pytest.mark.parametrize("cell", ["", "   ", None, "_x000D_"])
def test_an_empty_cell_is_no_moment(cell):
    assert moment_of(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "昨天",
        "2019/13/1",
        "2019/2/30",
        "2019/4/24 25:00",
        "43579.6",
        43579.6,
        43579.0,
        True,
        time(8),
        "0001-01-01",
        "2019/4",
    ],
)
def test_what_is_no_date_is_refused_with_its_words(cell):
    with pytest.raises(NotADate):
        moment_of(cell)


def test_the_refusal_can_be_shown():
    with pytest.raises(NotADate, match="看不懂的时间：昨天"):
        moment_of("昨天")
    with pytest.raises(NotADate, match="没有这一天：2019-2-30"):
        day_of("2019/2/30")


def test_a_day_is_a_day():
    assert day_of("2020-09-01 08:00") == date(2020, 9, 1)
    assert day_of("") is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (2549.0, "2549"),
        (3.5, "3.5"),
        (True, "是"),
        (None, ""),
        ("第一行_x000D_\n第二行", "第一行\n第二行"),
        ("一\t二　三", "一 二 三"),
        ("  王小明  ", "王小明"),
        ("坏\x00字", "坏字"),
        (date(2019, 4, 24), "2019-04-24"),
    ],
)
def test_a_cell_as_text(cell, text):
    assert text_of(cell) == text
