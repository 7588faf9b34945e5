"""A query put together once answers as if it had been put together anew, on either database."""

from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from huying.appeals import facts
from huying.appeals.models import Appeal, Clock, Event
from huying.people.models import Post, Unit
from huying.people.prepared import Prepared, PreparedFor, PreparedObjects, PreparedObjectsFor
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


def test_words_are_bound_whole_and_within_a_pattern(stage):
    coded = Prepared(lambda code: Unit.objects.filter(code=code).values_list("name"))
    named = Prepared(lambda start: Unit.objects.filter(name__startswith=start).values_list("code"))
    school = stage.units["school"]
    assert coded.rows(school.code) == [("澄川县实验小学",)]
    assert coded.rows("' OR 1=1 --") == []
    assert (school.code,) in named.rows("澄川县实验")
    assert (named.rows("澄%实验"), named.rows("_"), named.rows("")[:1] != []) == ([], [], True)


def test_days_and_moments_are_bound_as_the_database_is_asked_for_them(stage):
    appeal = given.handled(stage)
    before = Prepared(lambda at: Appeal.objects.filter(received_at__lt=at).values_list("pk"))
    after = datetime(2030, 1, 1, tzinfo=UTC)
    assert (before.rows(appeal.received_at), before.rows(after)) == ([], [(appeal.pk,)])
    begun = Prepared(lambda on: Post.objects.filter(starts_on__lte=on).values_list("pk"))
    assert (begun.rows(date(1990, 1, 1)), len(begun.rows(date(2030, 1, 1)))) == ([], Post.objects.count())


def test_a_key_that_no_column_holds_finds_nothing(stage):
    units = PreparedObjects(Unit, lambda pk: Unit.objects.filter(pk=pk))
    assert [units.first(key) for key in (9 * 10**30, -(9 * 10**30), -1, 0)] == [None] * 4


def test_what_finds_nothing_by_its_own_words_is_not_asked(stage):
    nothing = Prepared(lambda unit: Unit.objects.filter(pk=unit, pk__in=[]).values_list("pk"))
    with CaptureQueriesContext(connection) as asked:
        assert nothing.rows(stage.units["school"].pk) == []
    assert len(asked) == 0


def test_objects_come_with_what_they_point_to_and_with_what_was_added(stage):
    below = Unit.objects.filter(parent=OuterRef("pk"))
    units = PreparedObjects(
        Unit, lambda pk: Unit.objects.filter(pk=pk).select_related("parent").annotate(has_more=Exists(below))
    )
    school = stage.units["school"]
    with CaptureQueriesContext(connection) as asked:
        found, top = units.first(school.pk), units.first(stage.units["county"].pk)
        assert (found.parent.pk, found.has_more, found) == (school.parent_id, True, school)
        assert top.has_more is True
    assert len(asked) == 2


def test_each_asker_has_a_shape_of_their_own(stage):
    under = PreparedFor(
        lambda path, on: Post.objects.filter(unit__path__startswith=path, starts_on__lte=on).values("pk")
    )
    one = PreparedObjectsFor(Unit, lambda path, pk: Unit.objects.filter(path__startswith=path, pk=pk))
    school, county = stage.units["school"], stage.units["county"]
    on = date(2030, 1, 1)
    counts = [len(under.rows((path,), on)) for path in (county.path, school.path, county.path)]
    assert counts[0] == counts[2] > counts[1] > 0
    assert (one.first((school.path,), county.pk), one.first((county.path,), county.pk)) == (None, county)
