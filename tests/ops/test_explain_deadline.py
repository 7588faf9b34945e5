import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from huying.people import calendars
from huying.rules.workdays import DayFact
from tests.cast import at


def explain(*words: str) -> str:
    out = io.StringIO()
    call_command("explain_deadline", *words, stdout=out)
    return out.getvalue()


def test_one_date_is_explained_day_by_day(db):
    said = explain("--at", "2025-09-28T10:00:00+08:00", "--limit", "5wd").splitlines()
    assert said[0] == "从9月28日（周日）10:00起算，当天不算"
    assert "10月1日（周三）：不算（国庆节）" in said
    assert "10月11日（周六）：第 5 个工作日（调休上班）" in said
    assert "到期：10月11日（周六）17:00" in said


def test_one_date_as_one_json_object(db):
    said = json.loads(explain("--at", "2026-12-31T10:00:00+08:00", "--limit", "1wd", "--json"))
    assert (said["due"], said["provisional"]) == ("2027-01-04T17:00:00+08:00", True)
    assert said["for_parent"] == "2027年1月4日（周一）17:00 前（暂定）；周末和元旦不算"
    assert said["days"][0] == {"date": "2027-01-01", "counted": "", "what": "元旦，放假安排还没公布"}


def test_a_units_own_calendar_counts_when_it_is_named(stage):
    closed = DayFact(at(8, day=25).date(), is_workday=False, name="校运会")
    calendars.set_days(stage.units["school"], [closed], source="通知", at=at(8))
    asked = ("--at", "2026-11-24T10:00:00+08:00", "--limit", "1wd", "--json")
    assert json.loads(explain(*asked))["due"] == "2026-11-25T17:00:00+08:00"
    assert json.loads(explain(*asked, "--unit", "class"))["due"] == "2026-11-26T17:00:00+08:00"


def test_a_sheet_is_answered_row_by_row(db, tmp_path):
    sheet = tmp_path / "asked.csv"
    sheet.write_text(
        "at,limit\n2026-09-18T10:00:00+08:00,1wd\n2026-09-24T10:00:00+08:00,10cd\n2027-03-01T10:00:00+08:00,1wd\n",
        encoding="utf-8-sig",
    )
    assert list(csv.reader(io.StringIO(explain("--batch", str(sheet))))) == [
        ["at", "limit", "due", "provisional"],
        ["2026-09-18T10:00:00+08:00", "1wd", "2026-09-20T17:00:00+08:00", "false"],
        ["2026-09-24T10:00:00+08:00", "10cd", "2026-10-04T17:00:00+08:00", "false"],
        ["2027-03-01T10:00:00+08:00", "1wd", "2027-03-02T17:00:00+08:00", "true"],
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("at,limit\n2026-09-18,0wd\n", "第 2 行"),
        ("at,limit\n2026-09-18,1wd\n2026-09-18,10000wd\n", "第 3 行"),
        ("when,limit\n2026-09-18,1wd\n", "缺少列 at"),
    ],
)
def test_a_sheet_without_sense_is_refused_and_nothing_is_answered(db, tmp_path, content, why):
    sheet = tmp_path / "asked.csv"
    sheet.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=why) as refused:
        explain("--batch", str(sheet))
    assert refused.value.returncode == 1


def test_a_sheet_that_is_not_there_or_not_text_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="读不了"):
        explain("--batch", str(tmp_path / "none.csv"))
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(CommandError, match="读不了"):
        explain("--batch", str(tmp_path / "binary.csv"))


@pytest.mark.parametrize("limit", ["0wd", "10000wd", "5days"])
def test_a_limit_without_sense_is_refused(db, limit):
    with pytest.raises(CommandError) as refused:
        explain("--at", "2026-09-18", "--limit", limit)
    assert refused.value.returncode == 1


def test_a_unit_nobody_knows_is_refused(db):
    with pytest.raises(CommandError, match="没有代码是“nowhere”的单位"):
        explain("--at", "2026-09-18", "--limit", "1wd", "--unit", "nowhere")


@pytest.mark.parametrize("words", [(), ("--at", "2026-09-18"), ("--at", "x", "--limit", "1wd", "--batch", "a.csv")])
def test_half_a_question_is_misuse(db, words):
    with pytest.raises(CommandError) as misused:
        explain(*words)
    assert misused.value.returncode == 2
