"""What a machine writes is current: the page of states, the compiled words, the migrations, the locks."""

import re
import tomllib

import pytest
from django.core.management import call_command
from django.db import connection

from huying.appeals import append_only
from huying.rules import indicatorpage, states
from tests.house.source import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")


def test_the_page_of_states_is_drawn_from_the_table():
    assert (ROOT / "docs" / "states.md").read_text("utf-8") == states.page()


def test_the_page_of_indicators_is_drawn_from_the_catalogue():
    assert (ROOT / "docs" / "indicators.md").read_text("utf-8") == indicatorpage.page()


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_ledger_s_triggers_stand_after_all_migrations(db):
    assert append_only.missing(connection) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_pins_every_hash(lock):
    text = (ROOT / lock).read_text("utf-8")
    pinned = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==\S+", text, re.MULTILINE)
    assert re.search(r"https?:|file:|--index|@ ", text) is None
    assert len(pinned) == len(re.findall(r"^[\w.-]+.*\\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)) > 20


def test_the_lock_holds_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [
        re.match(r"[\w-]+", one).group() for one in [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    ]
    locked = (ROOT / "requirements-dev.txt").read_text("utf-8").lower()
    assert [name for name in asked if not re.search(rf"^{name.lower()}(\[.*\])?==", locked, re.MULTILINE)] == []
