"""Queries that are put together once and then asked with other keys.

What is read at every step is small: putting its statement together takes ten times as long as its answer. The shape is
kept for each kind of database and each number of keys; the keys, always whole numbers, are bound at every asking.
"""

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


class _Shape(NamedTuple):
    """A statement with stand-ins for its keys, and what turns its columns into values: (place, converters, column)."""

    statement: str
    params: tuple[Any, ...]
    converters: tuple[tuple[int, Any, Any], ...]


class Prepared:
    """`build` makes the query for some keys: rows of values, none of which depends on the keys in another way."""

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self._build = build
        self._shapes: dict[tuple[str, int], _Shape] = {}

    def rows(self, *keys: int) -> list[tuple[Any, ...]]:
        """The rows for these keys."""
        shape = self._shape(len(keys))
        bound = {-1 - place: key for place, key in enumerate(keys)}
        params = [bound.get(value, value) if isinstance(value, int) else value for value in shape.params]
        with connection.cursor() as cursor:
            cursor.execute(shape.statement, params)
            rows = cursor.fetchall()
        return [_converted(row, shape.converters) for row in rows] if shape.converters else rows

    def first(self, *keys: int) -> tuple[Any, ...] | None:
        """The first of them, or None."""
        return next(iter(self.rows(*keys)), None)

    def _shape(self, size: int) -> _Shape:
        which = (connection.vendor, size)
        if which not in self._shapes:
            self._shapes[which] = _put_together(self._build(*(-1 - place for place in range(size))))
        return self._shapes[which]


class PreparedObjects(Generic[M]):
    """The same for whole rows of one table: `choose` says which, in which order."""

    def __init__(self, model: type[M], choose: Callable[..., QuerySet[M]]) -> None:
        self._model = model
        self._names = [field.attname for field in model._meta.concrete_fields]
        self._rows = Prepared(lambda *keys: choose(*keys).values_list(*self._names))

    def all(self, *keys: int) -> list[M]:
        """The rows for these keys, each as an object of its own."""
        return [self._model.from_db(connection.alias, self._names, row) for row in self._rows.rows(*keys)]


def _put_together(query: QuerySet[Any]) -> _Shape:
    compiler = query.query.get_compiler(connection.alias)
    statement, params = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    return _Shape(statement, tuple(params), tuple((place, *one) for place, one in converters.items()))


def _converted(row: tuple[Any, ...], converters: tuple[tuple[int, Any, Any], ...]) -> tuple[Any, ...]:
    values = list(row)
    for place, some, column in converters:
        for convert in some:
            values[place] = convert(values[place], column, connection)
    return tuple(values)
