"""Questions about who is where, at their edges."""

from huying.people import queries as people
from tests.cast import TODAY


def test_no_paths_lead_to_no_units_and_no_heads(stage):
    found = people.branch([], on=TODAY)
    assert (found.units, found.heads) == ({}, {})


def test_whoever_names_a_grade_alone_is_placed_in_the_grade(stage):
    assert people.class_ladder(stage.units["grade"]) == (None, stage.units["grade"])
    assert people.class_ladder(stage.units["class"]) == (stage.units["class"], stage.units["grade"])
    assert people.class_ladder(None) == (None, None)


def test_a_unit_without_a_grade_above_it_has_none(stage):
    assert people.class_ladder(stage.units["office"]) == (stage.units["office"], None)


def test_no_unit_has_a_code_that_cannot_be_stored(stage):
    assert people.unit_by_code("school") == stage.units["school"]
    assert (people.unit_by_code("nowhere"), people.unit_by_code("school\0")) == (None, None)
