"""Every requirement of OWASP ASVS 5.0.0, levels 1 and 2, has an honest answer, and each proof it names is there."""

import ast
import csv
import re
from collections import Counter
from functools import cache

import pytest

from tests.house.source import ROOT

# section:requirements of level 1 and 2, as the standard numbers them.
L1_AND_L2 = """
1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4 3.4:1-6 3.5:1-5 3.7:1-2
4.1:1-3 4.2:1 4.3:1-2 4.4:1-4 5.1:1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4
7.1:1-3 7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3 8.3:1 8.4:1 9.1:1-3 9.2:1-4 10.1:1-2 10.2:1-2
10.3:1-4 10.4:1-11 10.5:1-5 10.6:1-2 10.7:1-3 11.1:1-2 11.2:1-3 11.3:1-3 11.4:1-4 11.5:1 11.6:1 12.1:1-3 12.2:1-2
12.3:1-4 13.1:1 13.2:1-5 13.3:1-2 13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7 16.1:1 16.2:1-5
16.3:1-4 16.4:1-3 16.5:1-3 17.1:1 17.2:1-4 17.3:1-2
"""
L3_TAKEN = {
    *("2.3.5", "3.4.8", "5.2.4", "5.2.6", "6.3.7", "6.3.8", "7.5.3"),
    *("8.3.2", "14.2.6", "14.2.7", "14.2.8", "15.4.2", "16.5.4"),
}
# What the software has nothing of: signed tokens, OAuth, media, GraphQL, WebSocket, federation, and some interpreters.
FOREIGN = re.compile(r"(9|10|17)\.|4\.[34]\.|6\.8\.|7\.6\.|7\.1\.3$|1\.2\.[678]$|1\.3\.[89]$|1\.4\.[13]$")
STATES = {"test", "document", "open", "not applicable"}
ROWS = list(csv.DictReader((ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="")))


def numbered() -> set[str]:
    """The ids that the list above stands for."""
    found = set()
    for part in L1_AND_L2.split():
        section, which = part.split(":")
        first, _, last = which.partition("-")
        found |= {f"{section}.{n}" for n in range(int(first), int(last or first) + 1)}
    return found


def test_every_requirement_of_both_levels_is_answered_once():
    ids = Counter(row["id"] for row in ROWS)
    assert len(numbered()) == 253
    assert set(ids) == numbered() | L3_TAKEN
    assert max(ids.values()) == 1


def test_only_what_is_foreign_to_the_software_is_not_applicable_and_each_has_its_reason():
    left_out = {row["id"] for row in ROWS if row["state"] == "not applicable"}
    assert left_out == {one for one in numbered() if FOREIGN.match(one)}
    assert len(left_out) == 63
    assert [row["id"] for row in ROWS if row["state"] in ("not applicable", "open") and not row["note"]] == []


def test_at_least_a_hundred_and_twenty_are_met_and_what_is_open_claims_nothing():
    states = Counter(row["state"] for row in ROWS if row["id"] not in L3_TAKEN)
    assert set(states) <= STATES
    assert states["test"] + states["document"] >= 120
    assert states["test"] >= 120
    assert [row["id"] for row in ROWS if (row["state"] in ("test", "document")) != bool(row["evidence"])] == []


@pytest.mark.parametrize("row", [row for row in ROWS if row["state"] == "test"], ids=lambda row: row["id"])
def test_every_test_that_is_named_exists(row):
    for named in row["evidence"].split():
        file, _, name = named.partition("::")
        assert name in names_in(file), named


@pytest.mark.parametrize("row", [row for row in ROWS if row["state"] == "document"], ids=lambda row: row["id"])
def test_every_heading_that_is_named_exists(row):
    page, _, heading = row["evidence"].partition("#")
    heads = re.findall(r"^#+ (.+)$", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    assert heading in heads


@cache
def names_in(file: str) -> frozenset[str]:
    return frozenset(
        node.name for node in ast.parse((ROOT / file).read_text("utf-8")).body if isinstance(node, ast.FunctionDef)
    )
