"""Databases of the tests' own: copies of one migrated template, and worlds that are built once for many tests."""

import copy
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


class Databases:
    """Copies of one migrated template: tests with threads, crashes or a live server get a database of their own.

    Flushing is no way: the triggers of the ledger refuse it. The template is the tests' database as the migrations
    left it, so it is taken before the first test.
    """

    def __init__(self, folder: Path) -> None:
        self.is_postgres = connections.settings["default"]["ENGINE"].endswith("postgresql")
        self.folder = folder
        self.template = self._name("template")
        if self.is_postgres:
            connection.close()
            self._create(self.template, like=connection.settings_dict["NAME"])
        else:
            connection.ensure_connection()
            target = sqlite3.connect(self.template)
            connection.connection.backup(target)
            target.close()

    def _name(self, word: str) -> str:
        unique = f"{word}_{uuid.uuid4().hex[:12]}"
        return unique if self.is_postgres else str(self.folder / f"{unique}.sqlite3")

    def copy(self) -> str:
        """The name of a fresh copy."""
        name = self._name("copy")
        if self.is_postgres:
            self._create(name, like=self.template)
        else:
            shutil.copy(self.template, name)
        return name

    def drop(self, name: str) -> None:
        if self.is_postgres:
            self._admin(f'DROP DATABASE "{name}" WITH (FORCE)')
        else:
            for file in Path(name).parent.glob(Path(name).name + "*"):
                file.unlink()

    def _create(self, name: str, *, like: str) -> None:
        self._admin(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')

    def _admin(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)

    def using(self, name: str) -> "Using":
        return Using(name)


class Using:
    """Within it, this thread and every new one work on that database."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        self.settings, self.wrapper = connections.settings["default"], connections["default"]
        connections.settings["default"] = {**self.settings, "NAME": self.name}
        connections["default"] = connections.create_connection("default")

    def __exit__(self, *error: object) -> None:
        connections["default"].close()
        connections.settings["default"] = self.settings
        connections["default"] = self.wrapper


class Worlds:
    """What takes long to build is built once for each worker; every test finds it as it was built.

    A world lies in a database of its own. A test works on it in a transaction that is taken back, on its own copies
    of the objects.
    """

    def __init__(self, databases: Databases) -> None:
        self._databases = databases
        self._built: dict[Callable[[], Any], tuple[BaseDatabaseWrapper, Any]] = {}

    @contextmanager
    def on(self, build: Callable[[], Any]) -> Iterator[Any]:
        """What `build` returned, within the world it made."""
        if build not in self._built:
            self._built[build] = self._make(build)
        wrapper, made = self._built[build]
        usual = connections["default"]
        connections["default"] = wrapper
        try:
            with _taken_back(wrapper):
                yield copy.deepcopy(made)
        finally:
            connections["default"] = usual

    def _make(self, build: Callable[[], Any]) -> tuple[BaseDatabaseWrapper, Any]:
        usual, settings = connections["default"], connections.settings["default"]
        connections.settings["default"] = {**settings, "NAME": self._databases.copy()}
        connections["default"] = wrapper = connections.create_connection("default")
        try:
            with transaction.atomic():
                return wrapper, build()
        finally:
            connections.settings["default"] = settings
            connections["default"] = usual

    def close(self) -> None:
        """No connection is left open."""
        for wrapper, _made in self._built.values():
            wrapper.close()


@contextmanager
def _taken_back(wrapper: BaseDatabaseWrapper) -> Iterator[None]:
    """As Django does around each test: a transaction, the look at what refers to nothing, and all of it undone."""
    atomic = transaction.atomic()
    atomic._from_testcase = True
    with atomic:
        yield
        if wrapper.features.can_defer_constraint_checks and not wrapper.needs_rollback and wrapper.is_usable():
            wrapper.check_constraints()
        transaction.set_rollback(True)
