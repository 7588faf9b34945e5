"""figures.json: the numbers of the bulletin and nothing else, the same bytes for the same facts."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from huying.papers.bulletin import figures
from huying.papers.bulletin.facts import Standing
from tests.papers.samples import BULLETIN


def test_every_indicator_has_its_n_and_its_N():
    said = json.loads(figures.canonical(BULLETIN))
    shown = [(one["code"], one["n"], one["N"], one["value"]) for one in said["indicators"]]
    assert shown[:2] == [("on_time_rate", 40, 42, 40 / 42), ("first_time_closure_rate", 37, 42, 37 / 42)]


def test_a_row_of_a_table_is_keyed_by_the_codes_of_its_heads():
    said = json.loads(figures.canonical(BULLETIN))
    assert said["units"]["rows"][0] == {"unit": "一年级级部", "received": 9, "closed": 9, "on_time": 1.0, "rework": 0}


def test_what_a_person_writes_or_signs_changes_no_figure():
    signed = replace(BULLETIN, standing=Standing.ISSUED, number="澄实小惠〔2026〕3号", remarks=("另外说一句。",))
    assert figures.canonical(signed) == figures.canonical(BULLETIN)


def test_another_number_is_another_file():
    late = replace(BULLETIN, computed_at=datetime(2026, 11, 2, tzinfo=UTC))
    assert figures.canonical(late) != figures.canonical(BULLETIN)


def test_a_row_that_does_not_fit_its_heads_is_an_error():
    crooked = replace(BULLETIN, units=replace(BULLETIN.units, rows=(("一年级级部",),)))
    with pytest.raises(ValueError, match="zip"):
        figures.canonical(crooked)
