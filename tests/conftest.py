"""Fixtures: keys, the cast on its stage, a database of one's own, a running site, a real browser."""

import shutil
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.utils import translation
from playwright.sync_api import Page, sync_playwright

from huying.config.wsgi import application
from huying.vault import keys
from tests import cast, chromium


@pytest.fixture(scope="session", autouse=True)
def _keys() -> None:
    keys.create(Path(settings.KEYS_DIR))


@pytest.fixture(autouse=True)
def _chinese_first():
    """A page asked for in English leaves its language behind in this thread: the next test begins in Chinese."""
    translation.deactivate()


@pytest.fixture
def stage(db):
    """The county, two schools and the people of the cast."""
    return cast.enter()


class Databases:
    """Copies of one migrated template: tests with threads, crashes or a live server get a database of their own.

    Flushing is no way: the triggers of the ledger refuse it.
    """

    def __init__(self, folder: Path) -> None:
        self.is_postgres = connections.settings["default"]["ENGINE"].endswith("postgresql")
        self.folder = folder
        self.template = self._name("template")
        self._create_empty(self.template)
        with self.using(self.template):
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)

    def _name(self, word: str) -> str:
        unique = f"{word}_{uuid.uuid4().hex[:12]}"
        return unique if self.is_postgres else str(self.folder / f"{unique}.sqlite3")

    def _create_empty(self, name: str) -> None:
        if self.is_postgres:
            self._admin(f'CREATE DATABASE "{name}"')

    def copy(self) -> str:
        """The name of a fresh copy."""
        name = self._name("copy")
        if self.is_postgres:
            self._admin(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
        else:
            shutil.copy(self.template, name)
        return name

    def drop(self, name: str) -> None:
        if self.is_postgres:
            self._admin(f'DROP DATABASE "{name}" WITH (FORCE)')
        else:
            for file in Path(name).parent.glob(Path(name).name + "*"):
                file.unlink()

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


@pytest.fixture(scope="session")
def databases(django_db_setup, django_db_blocker) -> Databases:
    with django_db_blocker.unblock():
        folder = Path(settings.DATA_DIR) / "copies"
        folder.mkdir(exist_ok=True)
        return Databases(folder)


@pytest.fixture
def own_database(databases, django_db_blocker) -> Iterator[str]:
    """A real database with real transactions, fresh and this test's own; its name."""
    with django_db_blocker.unblock():
        name = databases.copy()
        try:
            with databases.using(name):
                yield name
        finally:
            databases.drop(name)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def _serve(environ, start_response):
    try:
        yield from application(environ, start_response)
    finally:
        connections.close_all()


@pytest.fixture
def live_site(own_database) -> Iterator[str]:
    """The address of the running site, over a database of this test's own."""
    server = _Server(("127.0.0.1", 0), _Quiet)
    server.set_app(_serve)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def live_stage(live_site):
    """The cast on the stage of the running site."""
    return cast.enter()


@pytest.fixture(scope="session")
def chromium_browser():
    path = chromium.path()
    assert path, "Chromium is not installed"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium_browser) -> Iterator[Page]:
    """A page of 360 × 640, as on a modest phone."""
    context = chromium_browser.new_context(viewport={"width": 360, "height": 640}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(chromium_browser) -> Iterator[Page]:
    """A page of 1366 × 768, as on an office machine."""
    context = chromium_browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_phone(chromium_browser) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    context = chromium_browser.new_context(
        viewport={"width": 360, "height": 640}, locale="zh-CN", java_script_enabled=False
    )
    yield context.new_page()
    context.close()
