"""Fixtures: keys, the cast on its stage, a database of one's own, a running site, a real browser."""

import gc
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from playwright.sync_api import Page, sync_playwright

from huying.config.wsgi import application
from huying.vault import keys
from tests import cast, chromium
from tests.databases import Databases, Worlds

# A password is made to be slow to guess; here it is only made to be right. tests/config/test_password_cost.py holds
# the product to its full strength, in a process of its own.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1


@pytest.fixture(scope="session", autouse=True)
def _keys() -> None:
    keys.create(Path(settings.KEYS_DIR))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _chinese_first():
    """A page asked for in English leaves its language behind in this thread: the next test begins in Chinese."""
    translation.deactivate()


@pytest.fixture
def stage(db, worlds):
    """The county, two schools and the people of the cast, put on stage once for each worker."""
    with worlds.on(cast.enter) as made:
        yield made


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[Databases]:
    """The tests' database stands, and a template of it is laid aside before anybody writes."""
    with django_db_blocker.unblock():
        # pytest-django makes none where every test asks for a copy alone, as those in a browser do.
        made = [] if "django_migrations" in connection.introspection.table_names() else _made()
        folder = Path(settings.DATA_DIR) / "copies"
        folder.mkdir(exist_ok=True)
        yield Databases(folder)
        teardown_databases(made, verbosity=0)


def _made() -> list[tuple[BaseDatabaseWrapper, str, bool]]:
    return setup_databases(verbosity=0, interactive=False)


@pytest.fixture(scope="session")
def databases(django_db_setup) -> Databases:
    return django_db_setup


@pytest.fixture(scope="session")
def worlds(databases) -> Iterator[Worlds]:
    """Worlds that are built once: `with worlds.on(build) as made` in a fixture that asks for `db`."""
    all_of_them = Worlds(databases)
    yield all_of_them
    all_of_them.close()


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
