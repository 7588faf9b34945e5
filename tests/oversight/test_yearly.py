"""The yearly report: the year so far against the same days of last year, months side by side, surveys apart."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from huying.oversight import counting, yearly
from huying.oversight.yearly import NoSuchYear
from huying.rules.enums import AppealKind
from huying.rules.periods import Period
from tests import given
from tests.cast import at

ON = date(2026, 11, 25)


def report(stage, *, unit="school"):
    counting.count_due()
    return yearly.of(stage.units[unit], 2026, on=ON, at=at(17))


def test_the_year_is_counted_as_far_as_it_has_come(stage):
    given.closed(stage)
    given.registered(stage, kind=AppealKind.COMPLAINT, topic="ethics", body="上课骂人。")
    facts = report(stage)
    assert (facts.since, facts.until, facts.issue.is_draft) == (date(2026, 1, 1), ON, True)
    assert facts.overview[0].startswith("本年收到诉求 2 件，上年同期 0 件")
    months = next(grid for grid in facts.grids if grid.code == "months")
    # received, due, on time, closed, called back, satisfied: of one call no rate is shown
    assert [row[0] for row in months.rows] == [f"{n}月" for n in range(1, 12)]
    assert months.rows[10] == ("11月", 2, 0, 0, 1, 1, None)
    assert facts.target.startswith("投诉和举报 1 件，上年同期 0 件。年度目标是减少 10%至15%：数太少，不比。")
    assert "环比" not in "".join(one.compared for one in facts.indicators)


def test_its_counters_stand_on_it_also_when_they_are_zero(stage):
    assert len(report(stage).counters) >= 12


def test_the_same_facts_have_the_same_digest(stage):
    given.closed(stage)
    first, again = report(stage), report(stage)
    assert (first.digest, len(first.digest)) == (again.digest, 64)


def test_what_went_past_the_school_is_not_in_its_year(stage):
    appeal = given.complaint_about(stage, "principal")
    school, county = report(stage), report(stage, unit="county")
    assert "收到诉求 0 件" in school.overview[0]
    assert "收到诉求 1 件" in county.overview[0]
    assert appeal.number not in str(county)


@pytest.mark.parametrize("year", [2027, 1999, 0])
def test_a_year_that_has_not_begun_has_no_report(year):
    with pytest.raises(NoSuchYear):
        yearly.period_of(year, on=ON)


def test_a_year_that_is_over_is_whole():
    assert yearly.period_of(2025, on=ON) == Period(date(2025, 1, 1), date(2025, 12, 31))


def test_the_command_writes_the_year_under_the_same_names(stage, tmp_path):
    call_command("bulletin", "--unit=school", "--year=2026", f"--out={tmp_path}")
    names = ["bulletin.docx", "bulletin.html", "bulletin.pdf", "bulletin.xlsx", "figures.json"]
    assert sorted(one.name for one in tmp_path.iterdir()) == names
    assert json.loads((tmp_path / "figures.json").read_text("utf-8"))["name"] == "2026年度"


@pytest.mark.parametrize("asked", [["--year=2099"], [], ["--year=2026", "--month=2026-10"], ["--year=x"]])
def test_the_command_wants_one_month_or_one_year(stage, tmp_path, asked):
    with pytest.raises(CommandError):
        call_command("bulletin", "--unit=school", f"--out={tmp_path}", *asked)
    assert list(tmp_path.iterdir()) == []
