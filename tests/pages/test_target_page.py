"""The yearly target on its page: a trend with its margin, the intake beside it, of what one may know of."""

import pytest

from huying.appeals.actions.register import register
from huying.oversight import targets
from huying.rules.enums import AppealKind, TargetStanding
from tests import given
from tests.cast import TODAY, at
from tests.oversight.seen import named

PAGE = "/staff/targets/"


def complained(stage, many, *, year, channel="web", school="school"):
    made = []
    for number in range(many):
        fields = {"place": stage.units[school], "klass": None, "kind": AppealKind.COMPLAINT, "channel": channel}
        words = {"body": f"{year}年第{number}件", "received_at": at(9, day=number % 20 + 1, month=3, year=year)}
        taken = given.intake(stage, **fields, **words)
        made.append(register(taken, code=given.code(), by=stage.mother, at=words["received_at"]))
    return made


def test_a_year_with_fewer_complaints_is_a_trend_with_its_margin(office, stage):
    complained(stage, 20, year=2025)
    complained(stage, 17, year=2026)
    [own] = targets.standings(stage.principal, on=TODAY)
    assert (own.complaints.before, own.complaints.now, own.complaints.standing) == (20, 17, TargetStanding.WITHIN)
    said = office.as_("principal").get(PAGE).content.decode()
    assert "20 → 17" in said and "-15%" in said and "在目标范围里" in said and "不排名" in said


def test_fewer_through_closed_doors_is_seen_beside_it(office, stage):
    complained(stage, 20, year=2025)
    complained(stage, 10, year=2026, channel="hotline")
    said = office.as_("county_supervisor").get(PAGE).content.decode()
    assert "少得比目标还多，请核对渠道" in said and "外面转来的变多" in said
    assert said.index("澄川县实验小学") < said.index("澄川县第二小学")


def test_nobody_s_figure_tells_of_what_is_kept_from_them(stage):
    complained(stage, 12, year=2025)
    named(stage, complained(stage, 12, year=2026)[0], "principal")
    [own] = targets.standings(stage.principal, on=TODAY)
    assert own.complaints.now == 11
    assert [one.complaints.now for one in targets.standings(stage.county_supervisor, on=TODAY)] == [12, 0]


def test_too_few_are_not_compared(office, stage):
    complained(stage, 3, year=2025)
    said = office.as_("principal").get(PAGE).content.decode()
    assert "数太少，不比" in said and "3 → 0" in said


@pytest.mark.parametrize("name", ["teacher", "clerk", "dispatcher", "auditor", "system_admin"])
def test_others_have_no_such_page(office, name):
    assert office.as_(name).get(PAGE).status_code == 404
