"""The loop drafts a month's bulletins on its day, once."""

from datetime import date

import pytest

from huying.appeals.models import Parameter
from huying.oversight import counting, reporting
from huying.oversight.models import Bulletin
from huying.rules.periods import Period
from tests import given
from tests.cast import at


def test_on_the_set_day_the_county_and_its_schools_have_drafts_once(stage):
    given.closed(stage)
    counting.count_due()
    assert reporting.draft_due(at=at(9, day=2, month=12)) == 0
    assert reporting.draft_due(at=at(9, day=3, month=12)) == 2
    assert reporting.draft_due(at=at(9, day=4, month=12)) == 0
    made = list(Bulletin.objects.order_by("unit__path").values_list("unit__code", "since", "stage"))
    assert made == [("county", date(2026, 11, 1), "draft"), ("school", date(2026, 11, 1), "draft")]


@pytest.mark.parametrize(
    ("on", "period"),
    [
        (date(2026, 12, 2), None),
        (date(2026, 12, 3), Period.month("2026-11")),
        (date(2026, 12, 31), Period.month("2026-11")),
    ],
)
def test_the_month_that_is_due(db, on, period):
    assert reporting.period_due(on) == period


@pytest.mark.parametrize(
    ("on", "period"),
    [
        (date(2026, 11, 20), Period(date(2026, 9, 19), date(2026, 10, 18))),
        (date(2026, 11, 21), Period(date(2026, 10, 19), date(2026, 11, 18))),
    ],
)
def test_a_month_from_the_nineteenth(db, on, period):
    Parameter.objects.create(name="report_month_starts", value=19, valid_from=date(2026, 1, 1))
    assert reporting.period_due(on) == period
