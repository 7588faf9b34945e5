"""Every action has one file, one public function of its name with the common signature, a test file and a word."""

import inspect
from importlib import import_module
from typing import get_type_hints

import pytest

from huying.rules.actors import Actor
from huying.rules.enums import Action
from tests.house.source import HOUSE, ROOT

# What begins an appeal, or moves many of them, has another subject; what a timer does has a function of its own.
SUBJECTS = {Action.REGISTER: "intake", Action.HAND_OVER: "person"}
GLOSSARY = ROOT / "docs" / "glossary.md"


def function(action: Action):
    return getattr(import_module(f"huying.appeals.actions.{action}"), action.value)


def test_there_is_a_file_for_every_action_and_no_other():
    files = {file.stem for file in (HOUSE / "appeals" / "actions").glob("*.py")} - {"__init__"}
    assert files == {action.value for action in Action}


@pytest.mark.parametrize("action", Action)
def test_an_action_takes_its_subject_then_everything_by_name(action):
    subject, *rest = inspect.signature(function(action)).parameters.values()
    assert subject.name == SUBJECTS.get(action, "appeal")
    assert all(one.kind is inspect.Parameter.KEYWORD_ONLY for one in rest)
    assert [one.name for one in rest][-2:] == ["by", "at"]
    assert get_type_hints(function(action))["by"] is Actor


@pytest.mark.parametrize("action", Action)
def test_an_action_says_what_is_true_afterwards_and_happens_whole_or_not_at_all(action):
    source = inspect.getsource(function(action))
    assert inspect.getdoc(function(action))
    assert source.startswith("@transaction.atomic\n")


def test_every_action_has_its_test_file():
    tests = {file.stem for file in (ROOT / "tests" / "appeals").glob("test_*.py")}
    assert [action.value for action in Action if f"test_{action}" not in tests] == []


def test_every_action_has_its_line_in_the_glossary():
    words = GLOSSARY.read_text("utf-8")
    assert [action.value for action in Action if f"`{action}`" not in words] == []
