"""Small counts: what is too much follows from a number of false alarms a year."""

from math import inf, isclose

import pytest

from huying.rules import surveillance
from huying.rules.surveillance import Expected, Peers, at_least, at_most, expected, likelihood, threshold, times_a_year


def test_without_uncertainty_a_count_is_poisson():
    # e^-2 · 2^3 / 3! = 0.1804
    assert isclose(likelihood(3, Expected(2.0)), 0.18045, abs_tol=1e-5)
    assert likelihood(-1, Expected(2.0)) == 0.0


def test_a_rate_known_by_few_cases_and_clumps_spread_the_count():
    assert expected(2.0) == Expected(2.0, inf)
    # variance 2·1.5 + 2²/4 = 4, so the size is 2² / (4 - 2) = 2
    assert expected(2.0, known=4, clumps=1.5) == Expected(2.0, 2.0)
    assert at_least(6, expected(2.0, known=4, clumps=1.5)) > at_least(6, Expected(2.0))


def test_a_mean_of_nothing_is_still_a_mean():
    assert expected(0.0).mean == 1e-4


@pytest.mark.parametrize("of", [Expected(0.5), Expected(7.0), Expected(3.0, 2.0)])
def test_all_counts_together_are_certain(of):
    assert isclose(sum(likelihood(count, of) for count in range(200)), 1.0, abs_tol=1e-9)
    assert isclose(at_most(4, of) + at_least(5, of), 1.0, abs_tol=1e-9)


def test_what_is_expected_is_no_alarm_and_more_is_ever_rarer():
    of = Expected(4.0, 6.0)
    often = [times_a_year(count, of, days=7) for count in range(3, 12)]
    assert often[:2] == [inf, inf]
    assert often[2:] == sorted(often[2:], reverse=True)


def test_a_sliding_window_of_a_quiet_series_climbs_to_three_so_often():
    # 365 · 3/7 · e^-0.5 · 0.5³/3! = 1.977 times a year
    assert isclose(times_a_year(3, Expected(0.5), days=7), 1.9767, abs_tol=1e-3)


def test_the_threshold_is_the_least_count_within_what_is_allowed_and_never_two_cases():
    of = Expected(0.5)
    least = threshold(of, days=7, allowed=0.01)
    assert times_a_year(least, of, days=7) <= 0.01 < times_a_year(least - 1, of, days=7)
    assert threshold(Expected(0.001), days=7, allowed=10) == 3


def test_a_level_gives_all_series_together_what_was_allowed():
    watched = [(Expected(mean / 10), days) for mean in range(1, 60) for days in (7, 28)]
    level = surveillance.level(watched, allowed=12)
    together = sum(times_a_year(threshold(of, days=d, allowed=level), of, days=d) for of, d in watched)
    assert 6 < together <= 13
    # A fair share for each would leave much unused: counts jump.
    assert level > 12 / len(watched)


def test_where_nothing_is_watched_or_allowed_there_is_no_level():
    assert surveillance.level([], allowed=12) == 0.0
    assert surveillance.level([(Expected(1.0), 7)], allowed=0) == 0.0


def test_peers_that_are_alike_know_each_other_well_and_those_that_differ_do_not():
    alike = surveillance.peers([(10, 10.0), (11, 10.0), (9, 10.0)])
    differ = surveillance.peers([(1, 10.0), (30, 10.0), (2, 10.0)])
    assert (alike.known, round(alike.rate, 2)) == (50.0, 1.02)
    assert differ.known < 5
    assert surveillance.peers([]) == Peers(0.0, 1.0, 1.0)


def test_a_new_unit_is_judged_by_its_peers_an_old_one_by_itself():
    among = Peers(rate=1.0, known=5.0, clumps=1.0)
    assert surveillance.rate_of(0, 0.0, among) == (1.0, 5.0)
    rate, known = surveillance.rate_of(300, 100.0, among)
    assert (round(rate, 2), known) == (2.9, 305.0)


def test_clumps_are_told_from_weeks_and_are_at_least_those_of_chance():
    assert surveillance.clumps([(0, 1.0)]) == 1.0
    assert surveillance.clumps([(1, 1.0), (1, 1.0), (0, 0.0)]) == 1.0
    # ((4-2)² + (0-2)²) / (2+2) = 2
    assert surveillance.clumps([(4, 2.0), (0, 2.0)]) == 2.0
    assert surveillance.clumps([(40, 2.0), (0, 2.0)]) == 4.0


def test_what_all_others_do_is_believed_slowly_and_never_wholly():
    assert surveillance.tide(0, 0.0) == 1.0
    assert surveillance.tide(110, 50.0) == 2.0
    assert (surveillance.tide(9999, 10.0), surveillance.tide(0, 9999.0)) == (3.0, 0.5)
