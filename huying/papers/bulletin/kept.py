"""The facts of a bulletin as they are kept, and back: what was issued is printed from this, whatever changes later."""

from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from huying.papers.bulletin.facts import BulletinFacts, Grid, Head
from huying.papers.sheets import Form


def keep(facts: BulletinFacts) -> dict[str, Any]:
    """Plain values for JSON."""
    kept: dict[str, Any] = _plain(asdict(facts))
    return kept


def opened(kept: dict[str, Any]) -> BulletinFacts:
    """The facts that `keep` made plain. Raises KeyError or ValueError for anything else."""
    made: BulletinFacts = _made(BulletinFacts, kept)
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _made(kind: Any, said: Any) -> Any:
    if kind is Grid:
        return _grid(said)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{one.name: _made(hints[one.name], said[one.name]) for one in fields(kind) if one.name in said})
    return _value(kind, said)


def _value(kind: Any, said: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        some = [one for one in get_args(kind) if one is not type(None)]
        return None if said is None else _made(some[0], said)
    if get_origin(kind) is tuple:
        return tuple(_made(get_args(kind)[0], one) for one in said)
    if isinstance(kind, type) and issubclass(kind, datetime | date | StrEnum):
        return kind(said) if issubclass(kind, StrEnum) else kind.fromisoformat(said)
    return said


def _grid(said: dict[str, Any]) -> Grid:
    """The cells of a column are what its head says."""
    heads = tuple(_made(Head, one) for one in said["heads"])
    rows = tuple(tuple(_cell(head.form, one) for head, one in zip(heads, row, strict=True)) for row in said["rows"])
    return Grid(said["code"], said["caption"], heads, rows, said["note"], said["hidden"])


def _cell(form: Form, said: Any) -> Any:
    if said is None or form not in (Form.DAY, Form.MOMENT):
        return said
    return date.fromisoformat(said) if form is Form.DAY else datetime.fromisoformat(said)
