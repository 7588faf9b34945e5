"""What the log says, where it is kept, and what never gets into it."""

import json
import logging
import re
import stat
import sys
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from huying.config import logs
from huying.config.logs import DailyFile, JsonLines
from huying.ops import logs as kept
from tests.cast import at
from tests.crawl.canaries import ALL

FIELDS = {"at", "level", "log", "message"}


def record(message: str, *args: object, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("huying.test", logging.WARNING, "file", 1, message, args, more.pop("exc_info", None))
    made.created = datetime(2026, 11, 24, 9, 0, 0, 250_000, tzinfo=UTC).timestamp()
    vars(made).update(more)
    return made


def line(message: str, *args: object, **more: object) -> dict[str, object]:
    return json.loads(JsonLines().format(record(message, *args, **more)))


def test_a_line_says_when_with_its_offset_how_bad_where_from_and_what():
    assert line("tick step %s failed", "letters") == {
        "at": "2026-11-24T17:00:00.250+08:00",
        "level": "WARNING",
        "log": "huying.test",
        "message": "tick step letters failed",
    }


@pytest.mark.parametrize(
    ("said", "kept_words"),
    [
        ("call 13800005678 now", "call 138****5678 now"),
        ("电话 138-0000-5678", "电话 138****5678"),
        ("code 1234 5678 9012 3456", "code ***"),
        ("code 1234567890123456", "code ***"),
        ("Not Found: /staff/invitation/Ab3dEf6hIj9lMn0pQr2t/", "Not Found: /staff/invitation/***/"),
        ("王小明妈妈来过", "王**妈妈来过"),
        ('two\nlines\r\nof {"level": "ERROR"}', 'two lines of {"level": "ERROR"}'),
        ("", ""),
    ],
)
def test_what_points_to_a_person_or_opens_a_door_is_masked_and_a_line_stays_one(said, kept_words):
    assert line("%s", said)["message"] == kept_words


def test_phones_codes_and_numbers_of_the_canaries_do_not_reach_a_line():
    pattern = re.compile(r"\d{7,}|@")
    told = {kind: line("saw %s", mark)["message"] for kind, mark in ALL.items() if pattern.search(mark)}
    assert len(told) >= 8
    assert [kind for kind, said in told.items() if ALL[kind] in said] == []


def test_of_an_error_its_kind_its_first_line_and_its_place_are_kept():
    try:
        raise IntegrityError("duplicate key\nDETAIL:  Failing row contains (1, 王小明, 孩子被打了).")
    except IntegrityError:
        said = line("failed", exc_info=sys.exc_info())["error"]
    assert (said["kind"], said["says"]) == ("IntegrityError", "duplicate key")
    assert re.fullmatch(r"test_logs\.py:\d+ test_of_an_error.*", said["where"][-1])


# --- the files ------------------------------------------------------------------------------------------------------


@pytest.fixture
def daily(tmp_path):
    handler = DailyFile(tmp_path / "logs", "security")
    handler.setFormatter(JsonLines())
    yield handler
    handler.close()


def test_each_day_has_a_file_that_only_its_owner_reads(daily, tmp_path):
    daily.emit(record("one"))
    following = record("two")
    following.created += 86_400
    daily.emit(following)
    files = sorted((tmp_path / "logs").iterdir())
    assert [file.name for file in files] == ["security-2026-11-24.jsonl", "security-2026-11-25.jsonl"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert [json.loads(file.read_text("utf-8"))["message"] for file in files] == ["one", "two"]


def test_a_line_late_in_the_evening_of_utc_belongs_to_the_next_chinese_day(daily, tmp_path):
    late = record("late")
    late.created = datetime(2026, 11, 24, 16, 30, tzinfo=UTC).timestamp()
    daily.emit(late)
    assert [file.name for file in (tmp_path / "logs").iterdir()] == ["security-2026-11-25.jsonl"]


def test_a_file_that_was_moved_away_is_begun_again(daily, tmp_path):
    daily.emit(record("one"))
    (tmp_path / "logs" / "security-2026-11-24.jsonl").rename(tmp_path / "elsewhere")
    daily.emit(record("two"))
    assert "two" in (tmp_path / "logs" / "security-2026-11-24.jsonl").read_text("utf-8")


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path, capsys):
    (tmp_path / "logs").write_text("in the way")
    handler = DailyFile(tmp_path / "logs", "huying")
    handler.setFormatter(JsonLines())
    handler.emit(record("one"))
    assert "log not written" in capsys.readouterr().err


def test_files_are_kept_for_the_days_that_were_set_and_nothing_else_is_touched(tmp_path, settings):
    settings.LOG_DIR, settings.LOG_DAYS = tmp_path, 200
    for name in ("huying-2026-05-07.jsonl", "huying-2026-05-08.jsonl", "security-2025-12-31.jsonl", "notes.txt",
                 "huying-2026-99-99.jsonl"):  # fmt: skip
        (tmp_path / name).touch()
    # 24 November is the 328th day of 2026, 8 May the 128th.
    assert kept.forget(at=at(12)) == 2
    left = sorted(file.name for file in tmp_path.iterdir())
    assert left == ["huying-2026-05-08.jsonl", "huying-2026-99-99.jsonl", "notes.txt"]
    assert kept.forget(at=at(12)) == 0


def test_a_folder_that_is_not_there_has_nothing_to_forget(tmp_path, settings):
    settings.LOG_DIR = tmp_path / "none"
    assert kept.forget(at=at(12)) == 0


@pytest.mark.parametrize(
    ("said", "address"),
    [("/dev/log", "/dev/log"), ("log.example.org", ("log.example.org", 514)), ("10.0.0.5:6514", ("10.0.0.5", 6514))],
)
def test_lines_may_go_to_the_syslog_of_the_house_too(tmp_path, said, address):
    made = logs.settings_for(tmp_path, level="WARNING", syslog=said)
    assert made["handlers"]["syslog"]["address"] == address
    assert "syslog" in made["root"]["handlers"]
    assert "syslog" in made["loggers"]["huying.security"]["handlers"]
    assert "syslog" not in logs.settings_for(tmp_path, level="WARNING", syslog="")["handlers"]


def test_nobody_is_mailed_an_error_with_the_form_in_it(tmp_path):
    assert logs.settings_for(tmp_path, level="WARNING", syslog="")["loggers"]["django"]["handlers"] == []
