"""A month says the same wherever it is read: board, sheet, bulletin, annex, figures.json and `huying figures`."""

import json
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse

from huying.oversight import boards, bulletins, counting, figures
from huying.oversight.actions.draft_bulletin import draft_bulletin
from huying.papers.bulletin.files import files
from huying.rules.catalogue import CATALOGUE, COUNTS, RATES
from huying.rules.periods import Period
from tests import given
from tests.appeals import town
from tests.cast import at
from tests.pages.office import Office

NOVEMBER = Period.month("2026-11")
LATER = at(9, day=3, month=12)
# Its n is the score itself where a sheet shows one.
BUT = "composite_score"
# Beside the catalogue: counted from the parents' own ratings and from the tests of the doors, not from strokes.
BESIDE = {"rating_bursts", "doors_tested"}


@pytest.fixture
def month(stage, monkeypatch):
    """A school's November, all of it over, with something of everything and nothing that went past the school."""
    for story in (given.closed, given.registered, town.refused, town.joined, town.paused, town.disputed, town.reopened):
        story(stage)
    given.called_back(stage, call=given.BAD_CALL)
    counting.count_due()
    office = Office(stage, monkeypatch)
    office.clock_shows(LATER)
    return office


def told(figure) -> tuple[float, int | None]:
    return round(float(figure.n), 4), figure.N


def test_a_month_is_the_same_wherever_it_is_read(month, stage):
    school = stage.units["school"]
    board = figures.of(figures.of_unit(school, on=date(2026, 12, 3)), NOVEMBER, on=date(2026, 12, 3))
    right = {code: told(figure) for code, figure in board.figures.items() if code != BUT}
    assert right["volume"] == (9, None)
    assert _sheet(month, school) == right
    facts = bulletins.facts_of(draft_bulletin(school, NOVEMBER, by=stage.dispatcher, at=LATER))
    paper = {one.code: (one.n, one.of) for one in (*facts.indicators, *facts.counters) if one.code != BUT}
    assert paper == right | _beside(school, by=stage.principal)
    made = files(facts)
    assert _json(made["figures.json"]) == paper
    annexed = _annex(made["bulletin.xlsx"])
    assert annexed == {code: right[code] for code in annexed}
    assert {one.code for one in RATES + COUNTS} - {BUT} == set(annexed)
    assert _command() == right


def _beside(school, *, by):
    seen = boards.month(boards.Looking(by, school, NOVEMBER, NOVEMBER, LATER, date(2026, 12, 3)))
    return dict(zip(sorted(BESIDE), [seen.doors, (seen.in_bursts, None)], strict=True))


def _sheet(month, school):
    address = reverse("staff:month_sheet", args=[school.pk])
    answer = month.as_("principal").get(address, {"span": "month", "month": "2026-11"})
    rows = openpyxl.load_workbook(BytesIO(answer.content))["指标"].iter_rows(min_row=3, values_only=True)
    names = {(one.name, one.formula): one.code for one in CATALOGUE}
    found = {names[row[0], row[5]]: (round(row[1], 4), row[2]) for row in rows}
    return {code: said for code, said in found.items() if code != BUT}


def _json(content):
    said = json.loads(content)
    found = {one["code"]: (one["n"], one["N"]) for one in said["indicators"]}
    found |= {one["code"]: (one["n"], one["of"]) for one in said["counters"]}
    return {code: one for code, one in found.items() if code != BUT}


def _annex(content):
    rows = openpyxl.load_workbook(BytesIO(content))["主要指标"].iter_rows(min_row=3, values_only=True)
    return {row[-1]: (row[1], row[2]) for row in rows if row[-1] != BUT}


def _command():
    out = StringIO()
    call_command("figures", since=NOVEMBER.since, until=NOVEMBER.until, unit="school", json=True, stdout=out)
    said = json.loads(out.getvalue())
    return {
        code: (one["n"], one.get("N")) for code, one in (said["indicators"] | said["counters"]).items() if code != BUT
    }
