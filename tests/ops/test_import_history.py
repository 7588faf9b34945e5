"""Past appeals from a sheet: every row once, at its true times, or refused with its reason."""

import io
from datetime import date, datetime

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from huying.appeals import queries, search
from huying.appeals.steps import as_fact
from huying.channels.models import IncomingMessage, Letter
from huying.ops.history.rows import SHANGHAI
from huying.rules import chain
from huying.rules.actors import TIMER
from huying.rules.enums import Flag, Resolved, State
from tests.cast import at

HEADS = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")
MAP = """
[columns]
external_ref = "留言编号"
appellant = "留言用户"
title = "留言主题"
received_at = "留言时间"
body = "留言详情"
answer = "答复意见"
answered_at = "答复时间"
[defaults]
channel = "hotline"
topic = "other"
kind = "INQUIRY"
school = "school"
"""
GOOD = (
    2549,
    "A00045581",
    "想问入学",
    "2019/4/24 15:40:04",
    "几月报名？_x000D_\n\t谢谢",
    "六月一日起。",
    "2019/4/26 9:30:00",
)
OPEN = (2550, "A1", "路灯不亮", "2019/4/25 8:00:00", "校门口路灯不亮。", "", "")


@pytest.fixture
def folder(tmp_path, stage):
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    return tmp_path


def sheet(folder, *rows, name="history.xlsx"):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, HEADS)
    day = book.add_format({"num_format": "yyyy/m/d h:mm:ss"})
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(line, column, cell, day)
            else:
                page.write(line, column, cell)
    book.close()
    (folder / name).write_bytes(out.getvalue())
    return folder / name


def bring(folder, *rows, **options):
    out = io.StringIO()
    call_command("import_history", sheet(folder, *rows), columns=folder / "map.toml", stdout=out, **options)
    return out.getvalue().strip()


def everything():
    return list(queries.visible_to(TIMER).order_by("pk"))


def test_an_answered_row_ends_closed_and_not_asked_at_its_true_times(folder):
    assert bring(folder, GOOD) == "新导入 1，以前已有 0，没有导入 0"
    (appeal,) = everything()
    assert (appeal.state, appeal.number, appeal.external_ref) == (State.CLOSED, "2019-0001", "2549")
    assert (appeal.received_at, appeal.closed_at) == (
        at(15, 40, day=24, month=4, year=2019).replace(second=4),
        at(9, 30, day=26, month=4, year=2019),
    )
    assert (appeal.resolved_by_callback, appeal.flag_set) == (
        Resolved.NOT_ASKED,
        frozenset({Flag.IMPORTED, Flag.LATE_ENTRY}),
    )


def test_an_unanswered_row_stays_received(folder):
    bring(folder, OPEN)
    assert [appeal.state for appeal in everything()] == [State.RECEIVED]


def test_a_second_run_adds_nothing(folder):
    bring(folder, GOOD, OPEN)
    assert bring(folder, GOOD, OPEN) == "新导入 0，以前已有 2，没有导入 0"
    assert len(everything()) == 2


def test_a_dry_run_writes_nothing(folder):
    assert bring(folder, GOOD, dry_run=True) == "新导入 1，以前已有 0，没有导入 0"
    assert everything() == []


def test_imported_history_tells_nobody_and_enters_no_ladder(folder):
    bring(folder, GOOD, OPEN)
    clocks = [clock for appeal in everything() for clock in appeal.clocks.all()]
    assert Letter.objects.count() == 0
    assert [clock for clock in clocks if clock.next_step_at is not None] == []


def test_the_chain_holds_and_says_what_was_not_recorded(folder):
    bring(folder, GOOD)
    (appeal,) = everything()
    events = list(appeal.events.all())
    told = [
        chain.Recorded(as_fact(event, organisation=appeal.organisation.code, number=appeal.number), event.digest)
        for event in events
    ]
    assert chain.first_break(told, organisation=appeal.organisation.code, number=appeal.number) is None
    assert any(event.data.get("not_recorded") for event in events)


def test_the_words_are_clean_and_found_and_the_raw_row_is_kept_sealed(folder):
    bring(folder, GOOD)
    (appeal,) = everything()
    assert search.matching(queries.visible_to(TIMER), "报名").get().pk == appeal.pk
    assert appeal.texts.first().body == "几月报名？\n谢谢"
    assert "A00045581" not in IncomingMessage.objects.get().sealed


REFUSED = (
    ((1, "A", "没有日期", "", "有内容", "", ""), "没有留言时间"),
    ((2, "A", "倒着", "2019/4/24 15:40:04", "有内容", "答", "2019/4/23 8:00:00"), "答复早于留言"),
    ((3, "A", "", "2019/4/24 15:40:04", "", "", ""), "没有内容"),
    (("", "A", "没号", "2019/4/24 15:40:04", "有内容", "", ""), "没有编号"),
    ((4, "A", "错日子", "2019/13/40 1:00:00", "有内容", "", ""), "没有这个时间"),
    ((5, "A", "乱写", "昨天下午", "有内容", "", ""), "看不懂的时间"),
    ((6, "A", "缺时间", "2019/4/24 15:40:04", "有内容", "答了", ""), "没有答复时间"),
)


@pytest.mark.parametrize(("row", "reason"), REFUSED)
def test_a_row_that_cannot_be_true_is_reported_and_left_out(folder, row, reason):
    report = folder / "report.xlsx"
    assert bring(folder, row, GOOD, report=report) == "新导入 1，以前已有 0，没有导入 1"
    lines = CalamineWorkbook.from_path(str(report)).get_sheet_by_index(0).to_python()
    assert lines[1][0] == 2
    assert reason in lines[1][2]


def test_a_number_used_twice_stands_once(folder):
    assert bring(folder, GOOD, GOOD) == "新导入 1，以前已有 0，没有导入 1"


SHAPES = (
    ("2019/4/24 15:40:04", "2019-04-24 15:40:04"),
    (datetime(2019, 4, 24, 15, 40, 4), "2019-04-24 15:40:04"),
    ("2019-04-24", "2019-04-24 17:00:00"),
    (datetime(2019, 4, 24), "2019-04-24 17:00:00"),
    ("2019年4月24日", "2019-04-24 17:00:00"),
)


@pytest.mark.parametrize(("cell", "local"), SHAPES)
def test_dates_come_in_several_shapes(folder, cell, local):
    bring(folder, (7, "A", "题", cell, "有内容", "", ""))
    (appeal,) = everything()
    assert f"{appeal.received_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" == local


BAD_MAPS = (
    ("[columns]\n", "缺少"),
    ("不是 toml [", "读不出列对照表"),
    (MAP.replace("留言编号", "没有的列"), "没有这些列"),
    (MAP.replace('"hotline"', '"nowhere"'), "没有这个渠道"),
    (MAP.replace('"other"', '"nothing"'), "没有这个事项分类"),
    (MAP.replace('"INQUIRY"', '"SONG"'), "没有这个性质"),
    (MAP.replace('"school"\n', '"elsewhere"\n'), "没有这个单位"),
)


@pytest.mark.parametrize(("words", "says"), BAD_MAPS)
def test_a_wrong_map_is_a_wrong_argument(folder, words, says):
    (folder / "map.toml").write_text(words, encoding="utf-8")
    with pytest.raises(CommandError, match=says) as refused:
        bring(folder, GOOD)
    assert refused.value.returncode == 2


def test_a_file_that_is_no_sheet_could_not_be_read(folder):
    (folder / "x.xlsx").write_bytes(b"not a sheet")
    with pytest.raises(CommandError, match="读不出表格") as refused:
        call_command("import_history", folder / "x.xlsx", columns=folder / "map.toml")
    assert refused.value.returncode == 1
