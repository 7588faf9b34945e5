"""Figures from sums, worked out by hand: n over N, what may not be said, and what a weight does."""

import runpy
from fractions import Fraction

import pytest

from huying.rules import catalogue, indicatorpage
from huying.rules.catalogue import BY_CODE, CATALOGUE
from huying.rules.enums import Measure, Standing
from huying.rules.indicators import Figure, Sums, change, figure, per_thousand, reduction

M, S = Measure, Standing
NUMBERS = {
    "rate_floor": 10, "basically_weight": 90, "response_weight": 10, "resolution_weight": 50, "satisfaction_weight": 40,
}  # fmt: skip


def sums(carried=0, standing=S.COUNTED, **measures) -> Sums:
    return Sums({(Measure(name), standing): amount for name, amount in measures.items()}, {standing: carried})


def got(code: str, some: Sums, **more) -> Figure:
    return figure(BY_CODE[code], some, numbers=NUMBERS, **more)


def test_a_rate_is_n_over_everything_that_was_due():
    assert got("on_time_rate", sums(due=42, on_time=40)) == Figure("on_time_rate", Fraction(40), 42, Fraction(40, 42))


def test_nothing_of_nothing_is_no_figure():
    assert got("on_time_rate", sums()).value is None
    assert got("on_time_rate", sums()).as_json() == {"n": 0, "N": 0, "value": None, "small": True}


def test_a_figure_as_plain_numbers():
    assert got("on_time_rate", sums(due=42, on_time=40)).as_json() == {"n": 40, "N": 42, "value": 0.9524}
    rated = got("satisfaction_rate", sums(called=20, called_satisfied=10, called_basically=5))
    assert rated.as_json() == {"n": 14.5, "N": 20, "value": 0.725}
    assert got("volume", sums(received=3)).as_json() == {"n": 3}
    assert Figure("per_1000_pupils", Fraction(6), value=Fraction(5)).as_json() == {"n": 6, "value": 5.0}
    ripe = got("first_time_closure_rate", sums(closed=10, closed_at_once=9), days_since=3)
    assert ripe.as_json() == {"n": 9, "N": 10, "value": 0.9, "provisional": True}


@pytest.mark.parametrize(("due", "small"), [(9, True), (10, False)])
def test_below_the_floor_there_are_counts_and_no_percentage(due, small):
    assert got("on_time_rate", sums(due=due, on_time=3)).is_small is small


def test_basically_satisfied_counts_nine_tenths():
    found = got("satisfaction_rate", sums(called=20, called_satisfied=10, called_basically=5))
    assert (found.n, found.value) == (Fraction(145, 10), Fraction(145, 200))


def test_the_composite_score_is_out_of_a_hundred():
    found = got("composite_score", sums(called=20, called_contacted=20, called_resolved=10, called_satisfied=10))
    # 1 × 10 + 0.5 × 50 + 0.5 × 40
    assert (found.value, found.N) == (Fraction(55), 20)
    assert got("composite_score", sums()).value is None


def test_closing_is_held_against_what_came_and_what_was_carried_over():
    assert got("closure_rate", sums(closed=30, received=40, carried=10)).value == Fraction(30, 50)


def test_what_is_not_handled_counts_in_volume_alone():
    outside = sums(standing=S.OUTSIDE, received=3, due=3)
    assert got("volume", outside).n == 3
    assert (got("on_time_rate", outside).N, got("closure_rate", outside).N) == (0, 0)


def test_what_was_excluded_has_a_satisfaction_of_its_own():
    excluded = sums(standing=S.EXCLUDED, called=10, called_satisfied=2)
    assert got("unreasonable_satisfaction_rate", excluded).value == Fraction(1, 5)
    assert got("satisfaction_rate", excluded).N == 0


@pytest.mark.parametrize(("days", "provisional"), [(0, True), (89, True), (90, False), (None, False)])
def test_closing_at_once_is_provisional_until_the_window_has_passed(days, provisional):
    found = got("first_time_closure_rate", sums(closed=10, closed_at_once=9), days_since=days)
    assert found.is_provisional is provisional


def test_a_change_from_nothing_is_new_and_no_percentage():
    assert (change(51, 42), change(3, 0)) == (Fraction(9, 42), None)
    assert (reduction(85, 100), reduction(5, 0)) == (Fraction(15, 100), None)
    assert (per_thousand(6, 1200), per_thousand(6, 0)) == (Fraction(5), None)


def test_every_indicator_says_what_it_is():
    assert len(BY_CODE) == len(CATALOGUE)
    for one in CATALOGUE:
        assert one.name
        assert one.formula
        assert bool(one.parts) != bool(one.above)
        assert one.version >= 1


def test_every_measure_is_in_some_figure():
    used = {measure for one in CATALOGUE for measure in (*one.above, *one.below)}
    # What is in hand is carried over into the next period.
    assert set(Measure) - used == {M.IN_HAND}


def test_the_whole_catalogue_comes_out_of_any_sums():
    assert set(catalogue.figures(Sums(), numbers=NUMBERS)) == set(BY_CODE)


def test_the_page_of_indicators_has_a_line_for_each(capsys):
    lines = indicatorpage.page().splitlines()
    assert [one.code for one in CATALOGUE if not any(f"`{one.code}`" in line for line in lines)] == []
    assert any("provisional for 90 days" in line for line in lines if "first_time_closure_rate" in line)
    runpy.run_module("huying.rules.indicatorpage", run_name="__main__")
    assert capsys.readouterr().out == indicatorpage.page()
