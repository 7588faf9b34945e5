"""Spans of days: months that begin on any day, the span before, and the same days a year ago."""

from datetime import date

import pytest

from huying.rules.periods import Period


@pytest.mark.parametrize(
    ("month", "first", "since", "until"),
    [
        ("2026-10", 1, date(2026, 10, 1), date(2026, 10, 31)),
        ("2024-02", 1, date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-10", 19, date(2026, 9, 19), date(2026, 10, 18)),
        ("2026-01", 19, date(2025, 12, 19), date(2026, 1, 18)),
    ],
)
def test_a_month_from_its_first_day(month, first, since, until):
    assert Period.month(month, first_day=first) == Period(since, until)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (Period.month("2026-03"), Period.month("2026-02")),
        (Period.month("2026-01"), Period.month("2025-12")),
        (Period(date(2026, 9, 1), date(2026, 9, 7)), Period(date(2026, 8, 25), date(2026, 8, 31))),
        (Period(date(2026, 9, 19), date(2026, 10, 18)), Period(date(2026, 8, 20), date(2026, 9, 18))),
    ],
)
def test_the_span_before_is_the_month_before_or_as_many_days(period, before):
    assert period.before == before


@pytest.mark.parametrize(
    ("period", "earlier"),
    [
        (Period.month("2026-10"), Period.month("2025-10")),
        (Period.month("2025-02"), Period.month("2024-02")),  # to the 29th
        (Period.month("2024-02"), Period.month("2023-02")),
        (Period(date(2024, 2, 29), date(2024, 3, 5)), Period(date(2023, 2, 28), date(2023, 3, 5))),
    ],
)
def test_the_same_days_a_year_ago(period, earlier):
    assert period.year_before == earlier


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="ends on or after"):
        Period(date(2026, 10, 2), date(2026, 10, 1))
