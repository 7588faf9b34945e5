"""Ground of the tests: their own data folder and keys."""

import os
import tempfile
from pathlib import Path

SHM = Path("/dev/shm")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="huying-test-", dir=SHM if SHM.is_dir() else None))
