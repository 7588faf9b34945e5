"""What is set up leaves a record that nobody can alter, and what was set up binds from its day."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from huying.appeals import append_only, rulebook
from huying.appeals.arrangements import posts, topics, units
from huying.ops import ticking
from huying.people import changes
from huying.people.changes import Refused
from huying.people.models import Post, SetupChange, Unit
from huying.rules.enums import PostKind
from tests import given
from tests.cast import TODAY, at


@pytest.fixture
def changed(stage):
    topics.add(code="reading", name="课外阅读", by=stage.system_admin, at=at(9))
    return SetupChange.objects.get()


@pytest.mark.parametrize("statement", ["UPDATE people_setupchange SET subject = 'x'", "DELETE FROM people_setupchange"])
def test_the_record_cannot_be_altered_even_past_the_program(changed, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert SetupChange.objects.get().subject == "课外阅读"


def test_the_triggers_of_the_record_are_watched(db):
    assert append_only.missing(connection) == []


def test_a_change_that_is_refused_leaves_no_record(stage):
    with pytest.raises(Refused):
        topics.add(code="other", name="再一个其他", by=stage.system_admin, at=at(9))
    assert SetupChange.objects.count() == 0


def test_a_school_s_reader_sees_its_own_changes_and_the_county_s_sees_all(stage, changed):
    person, unit = stage.person("other_teacher"), stage.units["grade"]
    posts.appoint(person, kind=PostKind.GRADE_HEAD, unit=unit, on=TODAY, by=stage.system_admin, at=at(9))
    seen = {
        code: [row.area for row in changes.recent([stage.units[code].path])]
        for code in ("county", "school", "other_school")
    }
    assert seen == {"county": ["post", "topic"], "school": ["post"], "other_school": []}


def test_an_appeal_moves_only_when_the_post_has_ended(stage):
    appeal = given.handled(stage)
    post = Post.objects.get(person=stage.person("teacher"))
    posts.end(post, last_day=date(2026, 11, 25), successor=None, by=stage.system_admin, at=at(17))
    assert given.fresh(appeal).in_charge == stage.person("teacher")
    steps = dict(ticking.STEPS)
    assert [steps["hand-overs"](at(9, day=day)) for day in (25, 26)] == [0, 1]
    assert given.fresh(appeal).in_charge is None


def test_the_tick_closes_units_whose_last_day_is_over(stage):
    klass = units.add(
        parent=stage.units["grade"], code="g3c9", name="三年级9班", level="class", by=stage.system_admin, at=at(9)
    )
    units.close(klass, last_day=TODAY, by=stage.system_admin, at=at(9))
    steps = dict(ticking.STEPS)
    assert [steps["closing units"](at(9, day=day)) for day in (24, 25, 26)] == [0, 1, 0]
    assert Unit.objects.get(pk=klass.pk).is_active is False


def test_nothing_reopens_under_a_closed_unit(stage):
    grade = units.add(
        parent=stage.units["school"], code="g9", name="九年级部", level="grade", by=stage.system_admin, at=at(9)
    )
    klass = units.add(parent=grade, code="g9c1", name="九年级1班", level="class", by=stage.system_admin, at=at(9))
    for unit in (klass, grade):
        units.close(unit, last_day=TODAY, by=stage.system_admin, at=at(9))
    assert units.close_due(at=at(9, day=25)) == 2
    with pytest.raises(Refused, match="先恢复上级"):
        units.reopen(Unit.objects.get(pk=klass.pk), by=stage.system_admin, at=at(9, day=25))


def test_a_hidden_topic_leaves_the_rules_of_its_appeals_alone(stage, changed):
    topic = topics.every()[-1]
    topics.change(topic, name="阅读", position=9, is_active=False, by=stage.system_admin, at=at(9))
    book, _ladder = rulebook.of_place(stage.units["school"], born_on=TODAY)
    assert book.lineage["reading"] == frozenset({topic.pk})
