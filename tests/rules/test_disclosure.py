"""No small count can be worked out from public tables: by subtraction, over months, roll-ups and overlapping tables."""

import time
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.rules.disclosure import (
    TOTAL,
    Cell,
    K,
    Range,
    Unprotected,
    hidden,
    is_safe,
    linked,
    ranges,
    table,
    weak,
)

SCHOOLS = {
    ("实小", "食堂"): 12, ("实小", "校车"): 3, ("实小", "收费"): 9,
    ("二小", "食堂"): 8, ("二小", "校车"): 15, ("二小", "收费"): 7,
    ("三小", "食堂"): 6, ("三小", "校车"): 11, ("三小", "收费"): 20,
}  # fmt: skip


def shown(cells, unseen):
    return {cell.key: cell.value for cell in cells if cell.key not in unseen}


def test_one_small_count_takes_three_others_with_it():
    cells = table(SCHOOLS)
    unseen = hidden(cells)
    assert ("", "实小", "校车") in unseen
    assert len(unseen) == 4
    # Another school, another topic: a rectangle, so that neither row nor column has one gap alone.
    rows, columns = {key[1] for key in unseen}, {key[2] for key in unseen}
    assert (len(rows), len(columns)) == (2, 2)
    assert TOTAL not in rows | columns


def test_what_is_large_enough_everywhere_is_all_shown():
    assert hidden(table({(row, column): 5 for row in "ab" for column in "cd"})) == frozenset()


def test_nought_is_hidden_like_one():
    assert ("", "a", "c") in hidden(table({("a", "c"): 0, ("a", "d"): 9, ("b", "c"): 9, ("b", "d"): 9}))


def test_hiding_the_small_counts_alone_gives_them_away():
    cells = table(SCHOOLS)
    alone = frozenset({("", "实小", "校车")})
    assert ranges(cells, alone) == {("", "实小", "校车"): Range(3, 3)}
    assert weak(cells, alone) == [("", "实小", "校车")]
    assert (is_safe(cells, alone), is_safe(cells, hidden(cells))) == (False, True)


def test_two_gaps_in_a_row_that_sum_to_two_are_too_narrow():
    counts = {("a", "c"): 1, ("a", "d"): 1, ("a", "e"): 30, ("b", "c"): 1, ("b", "d"): 1, ("b", "e"): 30}
    cells = table(counts)
    small = frozenset(cell.key for cell in cells if cell.value < K)
    assert small == {("", row, column) for row in "ab" for column in "cd"} | {("", TOTAL, "c"), ("", TOTAL, "d")}
    assert ranges(cells, small)[("", "a", "c")] == Range(0, 2)
    assert weak(cells, small) != []
    assert weak(cells, hidden(cells)) == []


def test_a_small_count_that_is_shown_is_weak():
    cells = table(SCHOOLS)
    assert weak(cells, frozenset()) == [("", "实小", "校车")]


def test_a_table_of_noughts_shows_nothing_and_gives_nothing_away():
    cells = table({("a", "c"): 0, ("a", "d"): 0, ("b", "c"): 0, ("b", "d"): 0})
    unseen = hidden(cells)
    assert shown(cells, unseen) == {}
    assert ranges(cells, unseen)[("", "a", "c")] == Range(0, None)
    assert weak(cells, unseen) == []


def test_a_table_with_one_cell_hides_its_totals():
    cells = table({("a", "c"): 3})
    assert hidden(cells) == {cell.key for cell in cells}


def test_months_and_terms_and_the_year_are_one_web():
    months = {("实小", "09"): 2, ("实小", "10"): 11, ("实小", "11"): 8, ("二小", "09"): 14, ("二小", "10"): 9,
              ("二小", "11"): 7}  # fmt: skip
    cells = table(months, groups={"09": "上学期", "10": "上学期", "11": "下学期"})
    assert ("", TOTAL, TOTAL, "上学期") in {cell.key for cell in cells}
    unseen = hidden(cells)
    assert weak(cells, unseen) == []
    assert ("", "实小", "09") in unseen


def test_two_tables_that_share_their_totals_are_hidden_together():
    by_month = {("实小", "10"): 3, ("实小", "11"): 20, ("二小", "10"): 18, ("二小", "11"): 9}
    by_topic = {("实小", "食堂"): 21, ("实小", "校车"): 2, ("二小", "食堂"): 13, ("二小", "校车"): 14}
    cells = linked(by_month, by_topic, name="month", other="topic")
    unseen = hidden(cells)
    assert {("month", "实小", "10"), ("topic", "实小", "校车")} <= unseen
    assert weak(cells, unseen) == []
    # Each by itself would not do: what one hides, the other's totals give away.
    apart = {("month", *key[1:]) for key in hidden(table(by_month, name="month"))}
    assert weak(cells, frozenset(apart)) != []


def test_two_tables_over_the_same_rows_have_the_same_totals():
    with pytest.raises(ValueError, match="different totals"):
        linked({("a", "c"): 1}, {("a", "d"): 2})


def test_what_is_public_already_cannot_be_hidden_any_more():
    cells = table(SCHOOLS)
    shown_before = [cell.key for cell in cells if cell.value >= K]
    with pytest.raises(Unprotected, match="算出小数目"):
        hidden(cells, standing=shown_before)
    some = [cell.key for cell in cells if cell.key[1] == "二小"]
    assert weak(cells, hidden(cells, standing=some)) == []
    assert not hidden(cells, standing=some) & set(some)


def test_a_cell_that_is_in_no_sum_stands_alone():
    one = Cell(("a",), ("x",), ("y",), 0)
    with pytest.raises(Unprotected):
        hidden([one])


COUNT = st.one_of(st.integers(0, 3), st.integers(0, 12), st.integers(5, 60))


@st.composite
def tables(draw, most=4):
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))
    return {(f"r{row}", f"c{column}"): draw(COUNT) for row in range(rows) for column in range(columns)}


@given(tables(), st.sampled_from([2, 3, 5]))
def test_no_small_count_of_a_random_table_can_be_narrowed_down(counts, k):
    cells = table(counts)
    unseen = hidden(cells, k=k)
    assert weak(cells, unseen, k=k) == []
    assert all(value >= k for value in shown(cells, unseen).values())


@given(tables(), st.data())
def test_nor_with_months_rolled_up(counts, data):
    columns = sorted({column for _, column in counts})
    groups = {column: data.draw(st.sampled_from(["", "g1", "g2"])) for column in columns}
    cells = table(counts, groups=groups)
    assert weak(cells, hidden(cells)) == []


@st.composite
def overlapping(draw):
    """Two tables over the same rows: the second spreads each row's total over other columns."""
    left = draw(tables(most=3))
    sums: dict[str, int] = {}
    for (row, _), value in left.items():
        sums[row] = sums.get(row, 0) + value
    columns, right = draw(st.integers(1, 3)), {}
    for row, rest in sums.items():
        for column in range(columns):
            part = rest if column == columns - 1 else draw(st.integers(0, rest))
            right[row, f"t{column}"] = part
            rest -= part
    return left, right


@given(overlapping())
def test_nor_from_tables_that_overlap(both):
    cells = linked(*both, name="left", other="right")
    unseen = hidden(cells)
    assert weak(cells, unseen) == []


MOST = 8


def solutions(cells, unseen):
    """Every table of two by two with the same shown cells, the counts up to MOST: by trying all of them."""
    shown_cells = {cell.key[1:]: cell.value for cell in cells if cell.key not in unseen}
    for ac, ad, bc, bd in product(range(MOST + 1), repeat=4):
        tried = {("a", "c"): ac, ("a", "d"): ad, ("b", "c"): bc, ("b", "d"): bd, ("a", TOTAL): ac + ad,
                 ("b", TOTAL): bc + bd, (TOTAL, "c"): ac + bc, (TOTAL, "d"): ad + bd,
                 (TOTAL, TOTAL): ac + ad + bc + bd}  # fmt: skip
        if all(tried[key] == value for key, value in shown_cells.items()):
            yield tried


# Their sum is at most MOST: nothing that fits is left untried.
SMALL = st.fixed_dictionaries({(row, column): st.integers(0, 2) for row in "ab" for column in "cd"})


@settings(max_examples=25, deadline=None)
@given(SMALL, st.data())
def test_the_ranges_are_those_that_an_attacker_finds_who_tries_every_table(counts, data):
    cells = table(counts)
    unseen = frozenset(data.draw(st.sets(st.sampled_from([cell.key for cell in cells]))))
    tried = list(solutions(cells, unseen))
    for key, found in ranges(cells, unseen).items():
        values = {one[key[1:]] for one in tried}
        assert min(values) == found.low
        if found.high is None:
            assert max(values) >= MOST
        else:
            assert max(values) == found.high


@pytest.mark.proof
@settings(max_examples=3000, deadline=None)
@given(tables(most=8), st.sampled_from([2, 3, 5, 10]))
def test_thousands_of_tables_give_nothing_away(counts, k):
    cells = table(counts)
    assert is_safe(cells, hidden(cells, k=k), k=k)


@pytest.mark.proof
def test_a_county_s_month_is_hidden_in_a_few_seconds():
    random = Random(20261124)
    counts = {
        (f"school {row}", f"topic {column}"): int(random.expovariate(1 / 2))
        for row in range(200)
        for column in range(24)
    }
    cells = table(counts)
    began = time.monotonic()
    unseen = hidden(cells)
    assert time.monotonic() - began < 30
    assert is_safe(cells, unseen)
    assert len(unseen) < len(cells)
