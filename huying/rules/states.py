"""The table of the life cycle as a page: `python -m huying.rules.states` prints docs/states.md."""

from collections.abc import Iterable
from enum import StrEnum

from huying.rules.enums import ActorKind, Flag, State
from huying.rules.labels import label
from huying.rules.lifecycle import FORMER, OPEN, TABLE, Row
from huying.rules.permissions import WHO

HEAD = """# The life cycle

Drawn from `huying/rules/lifecycle.py` and `huying/rules/permissions.py`; do not edit by hand (`make docs`).

## States

| code | 中文 | kind |
|---|---|---|
"""
STEPS = """
## Steps

`same` keeps the state; `former` takes back the state before the act that is overturned, or the state of the appeal
whose place is taken. A guard marked * is waived for imported history, and the event says so.

| action | 中文 | from | to | flags | who | guards |
|---|---|---|---|---|---|---|
"""


def page() -> str:
    """docs/states.md, whole."""
    return HEAD + "".join(_state(state) for state in State) + STEPS + "".join(_step(row) for row in TABLE)


def _state(state: State) -> str:
    return f"| `{state.name}` | {label(state)} | {'open' if state in OPEN else 'final'} |\n"


def _step(row: Row) -> str:
    cells = (
        f"`{row.action}`",
        label(row.action),
        _sources(row),
        _target(row),
        _flags(row),
        _who(row),
        "<br>".join(guard.says + ("*" if guard.waived else "") for guard in row.guards) or "–",
    )
    return "| " + " | ".join(cells) + " |\n"


def _sources(row: Row) -> str:
    if row.sources is None:
        return "–"
    if row.sources == frozenset(State):
        return "any"
    rest = row.sources - OPEN
    if row.sources >= OPEN:
        return ", ".join(["any open", *_names(rest)])
    return ", ".join(_names(row.sources))


def _names(members: Iterable[State]) -> list[str]:
    return [f"`{state.name}`" for state in State if state in set(members)]


def _target(row: Row) -> str:
    if row.target is None:
        return "same"
    return FORMER if row.target == FORMER else f"`{State(row.target).name}`"


def _flags(row: Row) -> str:
    parts = [
        *(f"needs {_word(flag)}" for flag in _in_order(row.needs)),
        *(f"not {_word(flag)}" for flag in _in_order(row.forbids)),
        *(f"+ {_word(flag)}" for flag in _in_order(row.sets)),
        *(f"− {_word(flag)}" for flag in _in_order(row.clears)),
    ]
    return "<br>".join(parts) or "–"


def _in_order(some: frozenset[Flag]) -> list[Flag]:
    return [flag for flag in Flag if flag in some]


def _word(member: StrEnum) -> str:
    return f"`{member.value}`"


def _who(row: Row) -> str:
    relation = WHO.get(row.action)
    kinds = [kind for kind in ActorKind if kind in row.by]
    said = ", ".join(kind.value for kind in kinds)
    return f"{said}: {relation.__name__.replace('_', ' ')}" if relation and ActorKind.STAFF in row.by else said


if __name__ == "__main__":
    print(page(), end="")
