"""The docs name what is there: every command, and no file, command or target that does not exist."""

import re

import pytest

from tests.house.source import HOUSE, ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMANDS = {file.stem.replace("_", "-") for file in (HOUSE / "ops" / "management" / "commands").glob("[a-z]*.py")}
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
PLACE = re.compile(r"`((?:huying|tests|docs|scripts)/[\w/.]+\.\w+)`")


def named(pattern: str) -> list[str]:
    """What our pages name in that shape, as page: name."""
    return [f"{page.name}: {name}" for page in PAGES for name in re.findall(pattern, page.read_text("utf-8"))]


def test_every_command_stands_in_the_page_on_running_it():
    words = (ROOT / "docs" / "run.md").read_text("utf-8")
    assert {name for name in COMMANDS if f"`huying {name}`" not in words} == set()


def test_every_command_that_a_page_names_exists():
    found = named(r"(?:`|bin/|Scripts\\|^)huying ([a-z][a-z-]+)")
    assert found
    assert [one for one in found if one.split(": ")[1] not in COMMANDS] == []


def test_every_target_that_a_page_names_exists():
    found = named(r"`make ([a-z]+)`")
    assert found
    assert [one for one in found if one.split(": ")[1] not in TARGETS] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_file_that_a_page_names_is_there(page):
    text = page.read_text("utf-8")
    links = [page.parent / link for link in LINK.findall(text) if "://" not in link]
    gone = [str(one) for one in links if not one.exists()]
    assert gone + [place for place in PLACE.findall(text) if not (ROOT / place).exists()] == []


def test_every_decision_stands_in_their_list():
    folder = ROOT / "docs" / "decisions"
    told = (folder / "README.md").read_text("utf-8")
    assert [file.name for file in folder.glob("d*.md") if f"({file.name})" not in told] == []
