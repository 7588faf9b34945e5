"""Loaded before Django's settings: the tests stand on their own data folder, in memory where there is room for it."""

import os
import tempfile
from pathlib import Path

SHM = Path("/dev/shm")

if "HUYING_TEST_DATA" not in os.environ:
    os.environ["HUYING_TEST_DATA"] = tempfile.mkdtemp(prefix="huying-test-", dir=SHM if SHM.is_dir() else None)
os.environ["DATA_DIR"] = os.environ["HUYING_TEST_DATA"]
