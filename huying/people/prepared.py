"""Queries that are put together once and then asked with other keys.

What is read at every step is small: putting its statement together takes ten times as long as its answer. The shape is
kept for each kind of database and each list of kinds of keys; the keys are bound at every asking. What a query says
besides its keys must never change: what depends on who asks is kept for each asker.
"""

from collections.abc import Callable, Hashable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import Any, Generic, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
Key = int | str | date | datetime

# A statement of one asker takes some kilobytes; whoever has not asked for long puts it together anew.
ASKERS = 512
# Stand-ins are what nobody asks for: keys below nothing, letters of nobody's script, days two thousand years ago.
NO_LETTER = 0xF0000
# No row has a key that no column holds: whoever types one finds nothing.
LARGEST = 2**63 - 1


class _Shape(NamedTuple):
    """A statement with stand-ins for its keys, and what turns its columns into values: (place, converters, column).

    Where whole rows are asked for, `drawn` says how objects are made of them.
    """

    statement: str
    params: tuple[Any, ...]
    converters: tuple[tuple[int, Any, Any], ...]
    drawn: "_Drawn | None"


class _Drawn(NamedTuple):
    """Where the columns of an object lie in its row, under which names, and what else is put onto it."""

    columns: slice
    names: tuple[str, ...]
    related: tuple[Any, ...]
    added: tuple[tuple[str, int], ...]


class Prepared:
    """`build` makes the query for some keys: rows of values, none of which depends on the keys in another way.

    A key is a whole number, some words, a day or a moment.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self._build = build
        self._shapes: dict[tuple[Any, ...], _Shape | None] = {}

    def rows(self, *keys: Key) -> list[tuple[Any, ...]]:
        """The rows for these keys."""
        return self.shaped(*keys)[1]

    def first(self, *keys: Key) -> tuple[Any, ...] | None:
        """The first of them, or None."""
        return next(iter(self.rows(*keys)), None)

    def shaped(self, *keys: Key) -> tuple[_Shape | None, list[tuple[Any, ...]]]:
        """The shape that was asked, and its rows for these keys."""
        which = (connection.vendor, *map(type, keys))
        if which not in self._shapes:
            self._shapes[which] = _put_together(
                self._build(*(_stand_in(type(key), place) for place, key in enumerate(keys)))
            )
        shape = self._shapes[which]
        if shape is None or any(isinstance(key, int) and abs(key) > LARGEST for key in keys):
            return shape, []
        with connection.cursor() as cursor:
            cursor.execute(shape.statement, _bound(shape.params, keys))
            rows = cursor.fetchall()
        return shape, [_converted(row, shape.converters) for row in rows] if shape.converters else rows


class PreparedFor:
    """The same where the query depends on who asks too: one shape for each asker, whose every part is in its words."""

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self.of: Callable[..., Prepared] = lru_cache(ASKERS)(lambda *asker: Prepared(partial(build, *asker)))

    def rows(self, asker: tuple[Hashable, ...], *keys: Key) -> list[tuple[Any, ...]]:
        """The rows for this asker and these keys."""
        return self.of(*asker).rows(*keys)


class PreparedObjects(Generic[M]):
    """The same for whole rows of a table, with the rows they point to where `choose` selects them too."""

    def __init__(self, model: type[M], choose: Callable[..., QuerySet[M]]) -> None:
        self._model = model
        self._rows = Prepared(choose)

    def all(self, *keys: Key) -> list[M]:
        """The rows for these keys, each as an object of its own."""
        shape, rows = self._rows.shaped(*keys)
        return list(_objects(self._model, shape.drawn, rows)) if shape is not None and shape.drawn and rows else []

    def first(self, *keys: Key) -> M | None:
        """The first of them, or None."""
        return next(iter(self.all(*keys)), None)


class PreparedObjectsFor(Generic[M]):
    """Whole rows of a table, where the query depends on who asks too."""

    def __init__(self, model: type[M], choose: Callable[..., QuerySet[M]]) -> None:
        self.of: Callable[..., PreparedObjects[M]] = lru_cache(ASKERS)(
            lambda *asker: PreparedObjects(model, partial(choose, *asker))
        )

    def all(self, asker: tuple[Hashable, ...], *keys: Key) -> list[M]:
        """The rows for this asker and these keys, each as an object of its own."""
        return self.of(*asker).all(*keys)

    def first(self, asker: tuple[Hashable, ...], *keys: Key) -> M | None:
        """The first of the rows for this asker and these keys, or None."""
        return self.of(*asker).first(*keys)


def _objects(model: type[M], drawn: _Drawn, rows: list[tuple[Any, ...]]) -> Iterator[M]:
    """What `ModelIterable` makes of the same rows."""
    for row in rows:
        thing = model.from_db(connection.alias, drawn.names, row[drawn.columns])
        for one in drawn.related:
            one.populate(row, thing)
        for name, place in drawn.added:
            setattr(thing, name, row[place])
        yield thing


def _drawn(compiler: Any) -> _Drawn | None:
    """How objects are made of the rows of this query; None where it asks for values."""
    if compiler.klass_info is None:
        return None
    fields = compiler.klass_info["select_fields"]
    columns = slice(fields[0], fields[-1] + 1)
    names = tuple(column[0].target.attname for column in compiler.select[columns])
    related = get_related_populators(compiler.klass_info, compiler.select, connection.alias)
    return _Drawn(columns, names, tuple(related), tuple(compiler.annotation_col_map.items()))


def _stand_in(kind: type, place: int) -> Key:
    if kind is str:
        return chr(NO_LETTER + place)
    if kind is datetime:
        return datetime(1, 1, 1 + place, tzinfo=UTC)
    return date(1, 1, 1 + place) if kind is date else -1 - place


def _bound(params: tuple[Any, ...], keys: tuple[Key, ...]) -> list[Any]:
    if not keys:
        return list(params)
    bound = {_as_asked(_stand_in(type(key), place)): _as_asked(key) for place, key in enumerate(keys)}
    words = [one for one in bound if isinstance(one, str)] if any(isinstance(key, str) for key in keys) else []
    return [_of_param(value, bound, words) for value in params]


def _of_param(value: Any, bound: dict[Any, Any], words: list[str]) -> Any:
    if isinstance(value, int | str | date) and value in bound:
        return bound[value]
    for one in words if isinstance(value, str) else ():
        if one in value:  # within a pattern
            return value.replace(one, connection.ops.prep_for_like_query(bound[one]))
    return value


def _as_asked(key: Key) -> Any:
    """The key as this database is asked for it."""
    if isinstance(key, datetime):
        return connection.ops.adapt_datetimefield_value(key)
    return connection.ops.adapt_datefield_value(key) if isinstance(key, date) else key


def _put_together(query: QuerySet[Any]) -> _Shape | None:
    """The shape of a query; None where its own words say that it finds nothing."""
    compiler = query.query.get_compiler(connection.alias)
    try:
        statement, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    return _Shape(statement, tuple(params), tuple((place, *one) for place, one in converters.items()), _drawn(compiler))


def _converted(row: tuple[Any, ...], converters: tuple[tuple[int, Any, Any], ...]) -> tuple[Any, ...]:
    values = list(row)
    for place, some, column in converters:
        for convert in some:
            values[place] = convert(values[place], column, connection)
    return tuple(values)
