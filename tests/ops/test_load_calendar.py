import io
import json

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from huying.people import calendars
from tests import given
from tests.cast import at

NOTICE = """关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日至12日放假调休，共8天。1月30日（周六）、2月20日（周六）上班。
"""


def load(*words: str) -> str:
    out = io.StringIO()
    call_command("load_calendar", *words, stdout=out)
    return out.getvalue()


def test_a_known_year_is_confirmed_from_what_ships(db):
    assert "2026 年：放假 33 天，调休上班 6 天" in load("2026")
    assert calendars.known_years() == tuple(range(2004, 2027))


def test_an_unknown_year_needs_its_notice(db):
    with pytest.raises(CommandError, match="2027 年的放假安排还不知道"):
        load("2027")


def test_the_notices_own_words_are_read_shown_and_confirmed(stage, tmp_path):
    calendars.seed_national(at=at(8))
    given.registered(stage, received_at=at(10, day=31, month=12))
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, encoding="utf-8")
    said = load("2027", str(path), "--source", "国办发明电〔2026〕7号")
    assert "2027年2月" in said
    assert "2027 年已确认；重新计算 1 件未办结的诉求，0 个期限变动" in said
    assert calendars.national().fact(at(8, day=30, month=1, year=2027).date()).source == "国办发明电〔2026〕7号"


def test_a_dry_run_writes_nothing(db, tmp_path):
    calendars.seed_national(at=at(8))
    path = tmp_path / "n.txt"
    path.write_text(NOTICE, encoding="utf-8")
    assert "没有写入" in load("2027", str(path), "--dry-run")
    assert json.loads(load("2027", str(path), "--dry-run", "--json")) == {
        "year": 2027, "recounted": 0, "would_move": 0,
    }  # fmt: skip
    assert 2027 not in calendars.known_years()


def test_a_csv_and_a_workbook_say_the_same(db, tmp_path):
    rows = [("日期", "上班", "名称"), ("2027-01-01", "休息", "元旦"), ("2027-01-09", "上班", "元旦")]
    (tmp_path / "n.csv").write_text("\n".join(",".join(row) for row in rows), encoding="utf-8-sig")
    book = xlsxwriter.Workbook(tmp_path / "n.xlsx")
    for number, row in enumerate(rows):
        book.worksheets()[0].write_row(number, 0, row) if number else book.add_worksheet().write_row(0, 0, row)
    book.close()
    first = json.loads(load("2027", str(tmp_path / "n.csv"), "--json"))
    second = json.loads(load("2027", str(tmp_path / "n.xlsx"), "--json"))
    assert (first, first["days_off"], first["make_up_days"]) == (second, 1, 1)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("n.txt", "二〇二七年", "没有 2027 年"),
        ("n.csv", "2027-01-01,也许\n", "第 1 行"),
        ("n.xlsx", "no workbook", "读不了"),
        ("n.txt", "一、元旦：1月32日放假。", "不存在"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(db, tmp_path, name, content, why):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=why):
        load("2027", str(tmp_path / name))
    assert 2027 not in calendars.known_years()


def test_a_file_that_is_not_there_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="读不了"):
        load("2027", str(tmp_path / "none.txt"))


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_days_of_a_known_year_that_have_passed_are_refused(db, tmp_path, words):
    calendars.seed_national(at=at(8))
    path = tmp_path / "更正.csv"
    path.write_text("日期,上班,名称\n2025-10-13,休息,补假\n", encoding="utf-8")
    with pytest.raises(CommandError, match="已经开始，日历不能再改"):
        load("2025", str(path), *words)
    assert calendars.national().is_workday(at(8, day=13, month=10, year=2025).date())
