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
os.environ["DATA_DIR"] = os.environ["HUYING_TEST_DATA"]


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """What this process started is gone; workers leave the shared ground alone."""
    while _mine:
        mine = _mine.pop()
        mine.stop() if isinstance(mine, Cluster) else shutil.rmtree(mine, ignore_errors=True)
