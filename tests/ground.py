"""Loaded before Django's settings: the tests stand on their own data folder and, if asked, on their own cluster.

`HUYING_TEST_DB=postgres` starts one cluster for the whole run; the workers of a parallel run inherit its address.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.cluster import Cluster, memory

_mine: list[Cluster | Path] = []

if "HUYING_TEST_DATA" not in os.environ:
    folder = tempfile.mkdtemp(prefix="huying-test-", dir=memory())
    os.environ["HUYING_TEST_DATA"] = folder
    _mine.append(Path(folder))
    if os.environ.get("HUYING_TEST_DB") == "postgres":
        cluster = Cluster().start()
        os.environ["DATABASE_URL"] = cluster.url
        _mine.append(cluster)
    else:
        os.environ.pop("DATABASE_URL", None)
os.environ["DATABASE_POOL"] = "0"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser driver keeps a loop in the main thread
# Each worker of a parallel run has a folder of its own: the pass of the first set-up is one file for an installation.
_own = Path(os.environ["HUYING_TEST_DATA"]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
_own.mkdir(mode=0o700, exist_ok=True)
os.environ["DATA_DIR"] = str(_own)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The run on PostgreSQL repeats what touches a database; all else was proved by the run on SQLite."""
    if os.environ.get("HUYING_TEST_DB") != "postgres":
        return
    rest = [item for item in items if not _touches_a_database(item)]
    config.hook.pytest_deselected(items=rest)
    items[:] = [item for item in items if _touches_a_database(item)]


def _touches_a_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return "db" in fixtures or "databases" in fixtures or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """What this process started is gone; workers leave the shared ground alone."""
    while _mine:
        mine = _mine.pop()
        mine.stop() if isinstance(mine, Cluster) else shutil.rmtree(mine, ignore_errors=True)
