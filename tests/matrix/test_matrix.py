"""Everyone before every address, in every relation to what it is about, against one table that people have read.

Ask the whole with `pytest -m proof tests/matrix -n 2`; a sample of it runs with every other test.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from huying.appeals import facts, queries
from huying.rules import permissions
from huying.rules.enums import Action
from tests.cast import at
from tests.matrix import cells, table
from tests.matrix.asking import Cell, Seen, ask, fault
from tests.matrix.world import World, build

MISSING = "/staff/there-is-no-such-page/"


@pytest.fixture(scope="module")
def world(databases, django_db_blocker) -> Iterator[World]:
    """One county for all cells; every cell leaves it as it was."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: at(17))
        name = databases.copy()
        with databases.using(name):
            yield build(table.appeals())
        databases.drop(name)


@pytest.fixture(autouse=True)
def _quiet():
    """Denials are logged by the framework, thousands of them here."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def faults(world: World, asked: Iterable[Cell]) -> list[str]:
    """What is not as the table says."""
    missing: dict[str, Seen] = {}
    found = []
    for cell in asked:
        client, thing = world.browser(cell.who, cell.about), world.thing(cell.row.path, cell.about)
        if cell.who not in missing:
            missing[cell.who] = ask(client, "GET", MISSING, {})
        path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda place, values=thing.values: values[place[1]], cell.row.path)
        seen = ask(client, cell.verb, path, thing.body)
        found += [said] if (said := fault(cell, seen, missing[cell.who])) else []
    return found


def test_a_sample_of_the_matrix_holds(world):
    asked = list(cells.some_of(world))
    assert {cell.row.path for cell in asked} == set(table.rows())
    assert faults(world, asked) == []


@pytest.mark.proof
@pytest.mark.parametrize("who", table.roles())
def test_everyone_gets_from_every_address_what_the_table_says(world, who):
    assert faults(world, cells.all_of(world, who)) == []


def test_the_matrix_is_as_large_as_it_says(world):
    asked = [cell for who in table.roles() for cell in cells.all_of(world, who)]
    outcomes = Counter(cell.expected for cell in asked)
    print(len(asked), dict(outcomes))
    assert len(asked) == len(set(map(str, asked))) >= 8000
    met = {(cell.row.path, cell.verb, cell.who) for cell in asked}
    assert len(met) == len(table.rows()) * len(table.VERBS) * len(table.roles())
    near = {(cell.who, cell.about) for cell in asked if cell.row.is_of_an_appeal}
    assert {(who, name) for who in table.roles() for name in table.walls()} <= near


def facts_by_name(world: World) -> dict[str, Any]:
    return {name: facts.of(given, at=at(17)) for name, given in world.appeals.items()}


def test_the_list_and_the_rules_know_of_exactly_those_the_table_names(world):
    cases = facts_by_name(world)
    listed = {name: set() for name in world.appeals}
    seen = {name: set() for name in world.appeals}
    for who in set(table.roles()) - set(table.UNSIGNED):
        actor = getattr(world.stage, who)
        visible = set(queries.visible_to(actor).values_list("pk", flat=True))
        for name, appeal in world.appeals.items():
            listed[name] |= {who} if appeal.pk in visible else set()
            seen[name] |= {who} if permissions.sees(actor, cases[name]) else set()
    assert listed == {name: set(table.knows(name)) for name in world.appeals}
    assert seen == listed


def test_the_rules_let_exactly_those_take_a_step_whom_the_table_names(world):
    cases = facts_by_name(world)
    actors = {who: getattr(world.stage, who) for who in table.roles() if who not in table.UNSIGNED}
    steps = {row.step: row for row in table.rows().values() if row.step}
    wrong = [
        (step, name, sorted(may), sorted(row.inside.get(name, ())))
        for step, row in steps.items()
        for name, case in cases.items()
        if (may := {who for who, actor in actors.items() if permissions.may(actor, Action(step), case)})
        != row.inside.get(name, frozenset())
    ]
    assert wrong == []
