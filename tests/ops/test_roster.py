"""huying roster: what it says, and how it ends (0 done, 1 could not, 2 misused)."""

import json

import pytest

from huying.config import command
from huying.people.models import Person
from tests.people.test_roster import book

NEW = ["田野", "T101", "三年级4班", "班主任", "2026-09-01"]


@pytest.fixture
def run(stage, tmp_path, monkeypatch, capsys):
    def running(packed: bytes, *words: str) -> tuple[int, str, str]:
        file = tmp_path / "名册.xlsx"
        file.write_bytes(packed)
        code = command.run(["roster", str(file), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return running


def test_a_roster_is_brought_in_once(run):
    for added in (1, 0):
        code, out, _ = run(book(NEW), "--school", "school", "--json")
        assert (code, json.loads(out)["counts"]["new_people"]) == (0, added)
    assert Person.objects.filter(staff_number="T101").count() == 1


def test_a_dry_run_writes_nothing(run):
    code, out, _ = run(book(NEW), "--school", "school", "--dry-run", "--json")
    assert (code, json.loads(out)["dry_run"]) == (0, True)
    assert not Person.objects.filter(staff_number="T101").exists()


def test_faults_end_with_one_and_write_nothing(run):
    code, out, err = run(book(NEW, ["白露", "T2", "火星站"]), "--school", "school")
    assert (code, "第 3 行 单位：没有这个单位" in out, "要改 1 处" in err) == (1, True, True)
    assert not Person.objects.filter(staff_number="T101").exists()


@pytest.mark.parametrize("words", [("--school", "nowhere"), ("--school", "\x00"), ()])
def test_a_wrong_call_ends_with_two(run, words):
    assert run(book(NEW), *words)[0] == 2


def test_no_file_and_no_sheet_end_with_two(run, tmp_path):
    assert run(b"not a sheet", "--school", "school")[0] == 2
    assert command.run(["roster", str(tmp_path / "none.xlsx"), "--school", "school"]) == 2
