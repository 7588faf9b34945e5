"""`huying`: our commands by their names, honest exit codes, and nothing but JSON on stdout where it is asked for."""

import json

import pytest
from django.core.management import CommandError
from django.db import OperationalError

from huying.config import command
from huying.ops.management.commands import tick


def test_alone_it_lists_our_commands_and_says_that_it_was_misused(capsys):
    assert command.run([]) == 2
    listed = capsys.readouterr().out
    assert "import-history" in listed
    assert "makemigrations" not in listed


def test_help_is_no_misuse(capsys):
    assert command.run(["--help"]) == 0
    assert "tick" in capsys.readouterr().out


def test_a_word_that_is_no_command_is_named(capsys):
    assert command.run(["migrate"]) == 2
    assert "没有这个命令：migrate" in capsys.readouterr().err


@pytest.mark.parametrize("name", command.names())
def test_every_command_explains_itself(name, capsys):
    assert command.run([name, "--help"]) == 0
    assert f"huying {name}" in capsys.readouterr().out


@pytest.mark.parametrize("name", command.names())
def test_a_wrong_option_is_a_wrong_argument(name, capsys):
    assert command.run([name, "--no-such-option"]) == 2
    assert capsys.readouterr().err.startswith("Error: ")


@pytest.mark.parametrize(
    "fault", [CommandError("文件读不出来"), OperationalError("database is locked"), OSError("no space left on device")]
)
def test_what_could_not_be_done_is_said_without_a_trace(monkeypatch, capsys, fault):
    def fail(*args, **options):
        raise fault

    monkeypatch.setattr(tick.Command, "handle", fail)
    assert command.run(["tick"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"{fault}\n"


def test_interrupted_by_hand(monkeypatch):
    def interrupt(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(tick.Command, "handle", interrupt)
    assert command.run(["tick"]) == 130


def test_asked_for_json_stdout_holds_one_object(db, capsys):
    assert command.run(["figures", "--from", "2026-01-01", "--to", "2026-12-31", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["received"] == 0
