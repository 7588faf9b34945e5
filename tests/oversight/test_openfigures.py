"""A month's public figures: made once, after it is over, small counts hidden, and never again."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from huying.oversight import counting, openfigures
from huying.oversight.models import OpenMonth
from huying.oversight.openfigures import TOTAL
from huying.rules import disclosure
from tests import given
from tests.cast import at
from tests.oversight.texts import opened

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def county_is_open(stage):
    opened(stage, unit="county", by="county_supervisor")


def filed(stage, many, **fields):
    for _one in range(many):
        given.registered(stage, **fields)
    counting.count_due(limit=1000)


def value(shown, measure, school="school", column=TOTAL):
    return shown[measure, school, column]


def test_a_month_is_made_once_it_is_over_and_only_where_the_county_is_open(stage):
    filed(stage, 6)
    assert openfigures.make_due(at=at(9, day=6, month=12)) == 0
    opened(stage, unit="county", by="county_supervisor")
    assert openfigures.make_due(at=at(9, day=4, month=12)) == 0
    assert openfigures.make_due(at=at(9, day=5, month=12)) == 1
    assert openfigures.make_due(at=at(9, day=6, month=12)) == 0
    assert openfigures.months() == [NOVEMBER]
    shown = openfigures.table_of(NOVEMBER)
    assert value(shown, "received", TOTAL) == 6
    assert value(shown, "answered", TOTAL) is None


def test_what_comes_later_changes_nothing_that_was_shown(stage, county_is_open):
    filed(stage, 6)
    openfigures.make_due(at=at(9, day=5, month=12))
    before = openfigures.table_of(NOVEMBER)
    filed(stage, 3)
    openfigures.make_due(at=at(9, day=20, month=12))
    assert openfigures.table_of(NOVEMBER) == before
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        OpenMonth.objects.update(shown=[])


def test_no_small_count_can_be_worked_out_from_what_is_shown(stage, county_is_open):
    filed(stage, 12)
    filed(stage, 2, topic="canteen")
    filed(stage, 7, place=stage.units["other_school"], klass=None)
    filed(stage, 9, place=stage.units["other_school"], klass=None, topic="canteen")
    rows = openfigures.rows_of(NOVEMBER, on=date(2026, 12, 5))
    counted = openfigures._counted(stage_schools(), openfigures.Period.month("2026-11"), on=date(2026, 12, 5))
    for measure, counts in counted.items():
        cells = disclosure.table(counts, name=measure)
        unseen = {(row.measure, row.school, row.column) for row in rows if row.measure == measure and row.value is None}
        assert disclosure.is_safe(cells, unseen)
    shown = {(row.measure, row.school, row.column): row.value for row in rows}
    assert shown["received", "school", "canteen"] is None
    assert [row.value for row in rows if row.value is not None and row.value < disclosure.K] == []


def stage_schools():
    return list(openfigures.people.schools())


def test_what_is_about_the_head_is_in_no_public_number(stage, county_is_open):
    filed(stage, 6)
    given.complaint_about(stage, "principal")
    counting.count_due(limit=1000)
    rows = openfigures.rows_of(NOVEMBER, on=date(2026, 12, 5))
    shown = {(row.measure, row.school, row.column): row.value for row in rows}
    assert shown["received", TOTAL, TOTAL] == 6
