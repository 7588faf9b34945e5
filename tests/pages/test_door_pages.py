"""渠道自测: recorded by those outside the desk, shown beside the month, and never edited."""

import pytest
from django.db import DatabaseError, transaction

from huying.appeals import parameters
from huying.appeals.actions.rate import rate
from huying.channels.models import Channel
from huying.oversight import doors
from huying.oversight.figures import Scope
from huying.oversight.models import DoorTest
from huying.people.models import Unit
from huying.rules.enums import Satisfaction
from huying.rules.periods import Period
from tests import given
from tests.cast import at

NOVEMBER = Period.month("2026-11")


def address(stage) -> str:
    return f"/staff/channels/{stage.units['school'].pk}/"


def typed(**fields: str) -> dict[str, str]:
    channel = Channel.objects.get(code="phone").pk
    return {"channel": str(channel), "tested_on": "2026-11-23", "arrived": "yes", "note": "打了一个电话", **fields}


def test_a_test_is_recorded_and_stands_beside_the_month(office, stage):
    client = office.as_("inspector")
    assert "没有测过" in client.get(address(stage)).content.decode()
    assert client.post(address(stage), typed()).status_code == 302
    said = client.get(address(stage)).content.decode()
    assert "打了一个电话" in said and "收到了" in said
    assert f">1/{doors.how_many()}<" in client.get("/staff/channels/").content.decode()
    assert doors.tested(stage.units["school"], NOVEMBER) == (1, doors.how_many())
    month = client.get("/staff/month/").content.decode()
    assert "渠道自测" in month and "集中评价" in month


@pytest.mark.parametrize(
    "wrong",
    [
        {"tested_on": "2026-12-01"},
        {"tested_on": "昨天"},
        {"channel": "0"},
        {"arrived": ""},
        {"arrived": "no", "note": ""},
    ],
)
def test_what_is_no_test_comes_back_with_what_was_typed(office, stage, wrong):
    answer = office.as_("inspector").post(address(stage), typed(**wrong))
    assert (answer.status_code, DoorTest.objects.count()) == (422, 0)
    assert wrong.get("note", "打了一个电话") in answer.content.decode()


def test_the_principal_reads_and_does_not_test(office, stage):
    client = office.as_("principal")
    assert "<h2>记一次自测" not in client.get(address(stage)).content.decode()
    assert client.post(address(stage), typed()).status_code == 422
    assert DoorTest.objects.count() == 0


def test_another_school_and_the_desk_see_nothing(office, stage):
    assert [office.as_(who).get(address(stage)).status_code for who in ("other_principal", "clerk")] == [404, 404]
    assert office.as_("county_supervisor").get("/staff/channels/").content.decode().count("/staff/channels/") >= 2


def test_a_test_is_never_edited(office, stage):
    office.as_("inspector").post(address(stage), typed())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        DoorTest.objects.update(arrived=False)


def test_five_ratings_alike_within_minutes_are_counted(stage):
    for minute in range(5):
        appeal = given.delivered(stage)
        rate(appeal, satisfaction=Satisfaction.SATISFIED, by=stage.holding(appeal), at=at(16, minute))
    scope = Scope(unit=stage.units["school"])
    assert len(doors.rated_in_bursts(scope, NOVEMBER)) == 5
    assert doors.rated_in_bursts(Scope(unit=stage.units["other_school"]), NOVEMBER) == frozenset()


def test_a_list_of_many_schools_asks_no_more_than_of_one(office, stage, django_assert_max_num_queries):
    office.as_("inspector").post(address(stage), typed())
    parameters.value("door_test_days", on=at(16).date())
    with django_assert_max_num_queries(2):
        fresh = doors.fresh_of(Unit.objects.all(), on=at(16, day=24).date())
    assert fresh == {stage.units["school"].pk: 1}
