"""A query put together once answers as if it had been put together anew, on either database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.appeals import facts
from huying.appeals.models import Clock, Event
from huying.people.models import Unit
from huying.people.prepared import Prepared, PreparedObjects
from tests import given


def test_it_answers_for_the_keys_of_each_asking(stage):
    names = Prepared(lambda *units: Unit.objects.filter(pk__in=units).order_by("pk").values_list("name"))
    school, county = stage.units["school"], stage.units["county"]
    assert names.rows(school.pk) == [("澄川县实验小学",)]
    assert names.rows(county.pk) == [("澄川县教育惠民服务中心",)]
    assert len(names.rows(school.pk, county.pk)) == 2
    assert (names.first(0), names.first(school.pk)) == (None, ("澄川县实验小学",))


def test_a_key_of_one_is_bound_as_itself(stage):
    truth = Prepared(lambda unit: Unit.objects.filter(pk=unit, is_active=True).values_list("pk"))
    for pk in Unit.objects.values_list("pk", flat=True):
        assert truth.rows(pk) == [(pk,)]


def test_each_asking_is_one_statement(stage):
    names = Prepared(lambda unit: Unit.objects.filter(pk=unit).values_list("name"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        names.rows(stage.units["school"].pk)
        names.rows(stage.units["county"].pk)
    assert len(asked) == 2


def test_moments_and_records_come_as_they_do_from_the_model(stage):
    appeal = given.delivered(stage)
    steps = facts.record_of(appeal).steps
    events = list(Event.objects.filter(appeal=appeal).order_by("sequence"))
    assert list(steps) == [facts.step_of(event) for event in events]
    assert facts.record_of(appeal).head == events[-1].digest


def test_objects_come_whole_and_can_be_saved(stage):
    appeal = given.handled(stage)
    clocks = PreparedObjects(Clock, lambda appeal: Clock.objects.filter(appeal=appeal).order_by("pk"))
    found = clocks.all(appeal.pk)
    plain = list(Clock.objects.filter(appeal=appeal).order_by("pk"))
    assert [vars(one) | {"_state": None} for one in found] == [vars(one) | {"_state": None} for one in plain]
    found[0].rung = 3
    found[0].save()
    assert Clock.objects.get(pk=found[0].pk).rung == 3
