"""The matrix says so when a page differs from the table: each way of being wrong, and each of being right."""

from dataclasses import replace

import pytest

from tests.matrix.asking import Cell, Seen, fault
from tests.matrix.table import Row

HEADERS = (("Content-Type", "text/html"),)
MISSING = Seen(404, "", b"<h1>no such page</h1>", HEADERS, frozenset())
PAGE = Seen(200, "", b"<h1>an appeal</h1>", HEADERS, frozenset())
WAY_IN = Seen(302, "/staff/login/?next=/x/", b"", HEADERS, frozenset())
STEP = Row(
    "staff/appeals/<int:pk>/close/", ("GET", "POST"), {"new": frozenset({"dispatcher"})}, "closes it", step="close"
)
OWN = Row("progress/<int:pk>/receipt/", ("GET",), {"new": frozenset({"holder"})}, "the receipt")


def told(who: str, seen: Seen, *, verb: str = "GET", row: Row = STEP) -> bool:
    """Whether the answer is told as wrong."""
    return fault(Cell(row, verb, who, "new"), seen, MISSING) != ""


@pytest.mark.parametrize(
    ("seen", "is_wrong"),
    [
        (MISSING, False),
        (replace(MISSING, written=frozenset({"appeals_readrecord"})), False),
        (PAGE, True),
        (replace(MISSING, status=403), True),
        (replace(MISSING, body=b"<h1>no such appeal</h1>"), True),
        (replace(MISSING, headers=(("Content-Type", "text/plain"),)), True),
        (replace(MISSING, written=frozenset({"appeals_event"})), True),
        (replace(MISSING, written=frozenset({"channels_draft"})), True),
        (WAY_IN, True),
    ],
)
def test_a_denial_is_the_page_that_is_not_there_and_leaves_nothing(seen, is_wrong):
    assert told("other_principal", seen) is is_wrong


@pytest.mark.parametrize(("seen", "is_wrong"), [(WAY_IN, False), (replace(PAGE, status=401), False), (PAGE, True),
                                                (MISSING, True)])  # fmt: skip
def test_who_has_not_signed_in_is_shown_the_way_in(seen, is_wrong):
    assert told("nobody", seen) is is_wrong


@pytest.mark.parametrize(("seen", "is_wrong"), [(PAGE, False), (MISSING, True), (WAY_IN, True),
                                                (replace(PAGE, status=500), True)])  # fmt: skip
def test_who_may_gets_in(seen, is_wrong):
    assert told("dispatcher", seen) is is_wrong


@pytest.mark.parametrize(("seen", "is_wrong"), [(replace(PAGE, status=409), False), (replace(PAGE, status=422), False),
                                                (replace(PAGE, status=422, written=frozenset({"appeals_event"})), True),
                                                (replace(WAY_IN, target="/staff/"), True)])  # fmt: skip
def test_who_knows_of_it_but_may_not_is_refused_in_words_and_moves_nothing(seen, is_wrong):
    assert told("inspector", seen, verb="POST") is is_wrong


def test_only_the_holder_of_this_code_gets_the_receipt():
    code = Seen(302, "/progress/", b"", HEADERS, frozenset())
    assert [told(who, PAGE, row=OWN) for who in ("holder", "other_holder", "principal", "nobody")] == [
        False,
        *[True] * 3,
    ]
    assert [told(who, code, row=OWN) for who in ("principal", "nobody")] == [False, False]
    assert (told("other_holder", MISSING, row=OWN), told("holder", PAGE, verb="POST", row=OWN)) == (False, True)
