"""What a seal says, and what its tree is made of."""

import pytest

from huying.rules import seals
from huying.rules.seals import Head, NotASeal, Skipped

HEADS = [Head("2026-0010", 4, "a" * 64), Head("2026-0002", 9, "b" * 64), Head("2025-0011", 1, "c" * 64)]


def test_the_order_is_by_year_and_number_however_the_heads_come():
    assert [one.number for one in seals.ordered(HEADS)] == ["2025-0011", "2026-0002", "2026-0010"]
    assert seals.root(HEADS) == seals.root(reversed(HEADS))


@pytest.mark.parametrize("head", HEADS)
def test_a_path_leads_from_each_head_to_the_root_and_from_no_other(head):
    steps, root = seals.path(HEADS, head.number), seals.root(HEADS)
    assert seals.is_under(head, steps, root=root)
    assert not seals.is_under(Head(head.number, head.sequence + 1, head.digest), steps, root=root)


def test_a_number_that_was_not_sealed_has_no_path():
    with pytest.raises(KeyError):
        seals.path(HEADS, "2026-0003")


def test_a_seal_says_how_many_and_the_highest_number_of_each_year():
    said = seals.statement(organisation="sy", sequence=3, on="2026-11-24", at="t", heads=HEADS, reads="r", prev="p")
    assert (said["appeals"], said["highest"]) == (3, {"2026": 10, "2025": 11})
    assert seals.digest(said) != seals.digest({**said, "prev": "q"})


def test_a_receipt_names_the_appeal_and_its_first_event():
    said = seals.receipt(organisation="sy", number="2026-0001", at="t", first="f")
    assert said == {
        "kind": "huying receipt", "version": 1, "organisation": "sy", "number": "2026-0001", "at": "t", "first": "f",
    }  # fmt: skip


def test_first_seals_of_two_organisations_differ():
    assert seals.first_seal("sy") != seals.first_seal("ey")


@pytest.mark.parametrize(
    "found, last, wrong",
    [
        ([], {}, ""),
        (["2026-0001", "2026-0002"], {2026: 2}, ""),
        (["2026-0001", "2026-0003"], {2026: 3}, "2026-0002"),
        (["2026-0001"], {2026: 2}, "2026-0002"),
        (["2026-0001", "2026-0002"], {2026: 1}, "2026-0002"),
        (["2026-0001"], {}, "2026-0001"),
        (["2025-0002", "2026-0001"], {2025: 2, 2026: 1}, "2025-0001"),
        (["nonsense"], {}, "nonsense"),
    ],
)
def test_the_first_number_missing_or_too_many_is_named(found, last, wrong):
    assert seals.gap(found, last=last) == wrong


def test_heads_and_steps_come_back_from_a_file():
    assert seals.heads_from([["2026-0001", 2, "a"]]) == [Head("2026-0001", 2, "a")]
    assert seals.steps_from([["left", "a"]]) == [("left", "a")]


@pytest.mark.parametrize(
    "said", [None, {}, [1], [["2026-0001", "2", "a"]], [["x", 1, "a"]], [["2026-0001", True, "a"]]]
)
def test_what_is_no_list_of_heads_is_refused(said):
    with pytest.raises(NotASeal):
        seals.heads_from(said)


@pytest.mark.parametrize("said", [None, [1], [["left"]], "left"])
def test_what_is_no_path_is_refused(said):
    with pytest.raises(NotASeal):
        seals.steps_from(said)


LOST = (Skipped(2026, 3, 5),)


def test_numbers_declared_lost_are_no_gap_and_must_stay_lost():
    here = ["2026-0001", "2026-0002", "2026-0006"]
    assert seals.gap(here, last={2026: 6}) == "2026-0003"
    assert seals.gap(here, last={2026: 6}, skipped=LOST) == ""
    assert seals.gap([*here, "2026-0004"], last={2026: 6}, skipped=LOST) == "2026-0004"
    assert seals.gap(here, last={2026: 7}, skipped=LOST) == "2026-0007"
    assert seals.gap(["2025-0001"], last={2025: 1, 2026: 5}, skipped=LOST) == "2026-0001"


def test_a_seal_knows_what_was_given_out_by_its_heads_or_by_its_highest_number():
    heads = [Head("2026-0007", 3, "d"), Head("2026-0002", 1, "d")]
    assert seals.issued({"highest": {"2026": 9}}, heads) == ["2026-0002", "2026-0007"]
    said = {"highest": {"2026": 6, "2025": 1}, "skipped": [[2026, 3, 5]]}
    assert seals.issued(said, None) == ["2025-0001", "2026-0001", "2026-0002", "2026-0006"]


def test_a_seal_that_knows_of_no_loss_does_not_speak_of_any():
    words = {"organisation": "lw", "sequence": 1, "on": "2026-11-24", "at": "x", "heads": [], "reads": "", "prev": ""}
    assert "skipped" not in seals.statement(**words)
    assert seals.statement(**words, skipped=LOST)["skipped"] == [[2026, 3, 5]]


def test_numbers_are_told_in_stretches():
    wanted = ["2026-0003", "2026-0002", "2025-0009", "2026-0005", "2026-0002"]
    assert seals.ranges(wanted) == [
        ("2025-0009", "2025-0009", 1),
        ("2026-0002", "2026-0003", 2),
        ("2026-0005", "2026-0005", 1),
    ]
    assert seals.ranges([]) == []
