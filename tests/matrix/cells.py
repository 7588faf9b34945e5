"""Which cells are asked: all that are about no appeal, and of the rest enough that every address, verb and role meets,
every role and relation, and all where it matters most.

The same cells on every day: they are chosen by counting, never by lot.
"""

from collections.abc import Iterator

from tests.matrix import table
from tests.matrix.asking import Cell
from tests.matrix.table import NOTHING, UNSIGNED, VERBS, Row
from tests.matrix.world import World

FEW = 2


def all_of(world: World, who: str) -> Iterator[Cell]:
    """Everything that is asked in the name of this one."""
    for number, row in enumerate(table.rows().values()):
        for verb in VERBS:
            for about in _things(world, row, verb, who, number):
                yield Cell(row, verb, who, about)


def some_of(world: World) -> Iterator[Cell]:
    """Every address and verb: by somebody who has not signed in, and by a few of the others in turn."""
    names = table.roles()
    for number, row in enumerate(table.rows().values()):
        things = [about for about in _every_thing(row) if world.is_there(row.path, about)] or [""]
        for turn, verb in enumerate(VERBS):
            about = things[(number + turn) % len(things)]
            yield Cell(row, verb, "nobody", about)
            for step in range(FEW):
                who = names[(FEW * (2 * number + turn) + step) % len(names)]
                yield Cell(row, verb, who, about)


def _things(world: World, row: Row, verb: str, who: str, number: int) -> list[str]:
    if not row.is_of_an_appeal:
        return [*_every_thing(row), *([NOTHING] if "<" in row.path and "" not in row.inside else [])]
    walls = [name for name in table.walls() if world.is_there(row.path, name)]
    if who in UNSIGNED:
        return [*walls, NOTHING]
    turn = number + 5 * VERBS.index(verb) + 2 * table.roles().index(who)
    wanted = {walls[turn % len(walls)], *(name for name in walls if who in table.kept_from(name))}
    if row.step and verb == "GET":
        # Where a step is open to somebody, everybody is asked.
        wanted |= {name for name in list(row.inside)[:1] if row.inside[name]}
    return [*(name for name in table.appeals() if name in wanted), *([NOTHING] if turn % 9 == 0 else [])]


def _every_thing(row: Row) -> list[str]:
    return list(row.inside) or [""]
