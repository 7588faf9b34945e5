"""Every address stands in the reviewed table of who gets what, and the table speaks of nothing else."""

from django.urls import get_resolver

from tests.house.routes import addresses
from tests.matrix import table

LEAST_ROLES = 19


def test_every_address_has_a_row_and_every_row_an_address():
    found = {path for path, _ in addresses(get_resolver())}
    assert (found - set(table.rows()), set(table.rows()) - found) == (set(), set())


def test_a_door_for_certain_posts_lets_in_no_more_than_the_row_says():
    """What a view says of itself and what people have read must not drift apart."""
    signed_in = set(table.roles()) - set(table.UNSIGNED)
    wider = [
        path
        for path, one in addresses(get_resolver())
        if one.callback.who_may_enter.posts and not frozenset().union(*table.rows()[path].inside.values()) < signed_in
    ]
    assert wider == []


def test_every_name_in_the_table_is_somebody_or_something_that_it_introduces():
    named = {who for row in table.rows().values() for some in row.inside.values() for who in some}
    known = {who for appeal in table.appeals() for who in (*table.knows(appeal), *table.kept_from(appeal))}
    assert (named | known) - set(table.roles()) == set()
    steps = [row for row in table.rows().values() if row.step]
    assert {about for row in steps for about in row.inside} - set(table.appeals()) == set()
    assert len(table.roles()) >= LEAST_ROLES
    assert all(row.words for row in table.rows().values())


def test_nobody_may_take_a_step_on_what_they_do_not_know_of_and_nobody_knows_what_is_kept_from_them():
    steps = [row for row in table.rows().values() if row.step]
    blind = [(row.step, about) for row in steps for about, who in row.inside.items() if not who <= table.knows(about)]
    told = [name for name in table.appeals() if table.knows(name) & set(table.kept_from(name))]
    assert (blind, told) == ([], [])


def test_every_step_is_open_to_somebody_somewhere():
    assert [row.step for row in table.rows().values() if row.step and not any(row.inside.values())] == []
