"""A PostgreSQL cluster of the tests' own: private, on a unix socket, in memory where there is room for it.

`python -m tests.cluster --check` exits 0 when the server's binaries are here.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOM = 2_000_000_000
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_connections": "60",
    "max_locks_per_transaction": "256",
    # The tests keep no pool, whose connections say so by themselves.
    "jit": "off",
    # Every test takes back what it did, and a connection then forgets its plans: to find the best order of the nine
    # tables of an appeal would take 11 ms at each step of each story. Large ledgers need that order; tests have none.
    "join_collapse_limit": "4",
}


def memory() -> Path | None:
    """The folder in memory, where there is one with room in it; None stands for the usual temporary folder."""
    shm = Path("/dev/shm")
    return shm if shm.is_dir() and shutil.disk_usage(shm).free > ROOM else None


def binaries() -> Path | None:
    """The newest folder with initdb in it, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    if found:
        return found[-1].parent
    here = shutil.which("initdb")
    return Path(here).parent if here else None


class Cluster:
    """A running server. PostgreSQL refuses to run as root, so root hands it to the account nobody."""

    def __init__(self, settings: dict[str, str] | None = None) -> None:
        found = binaries()
        if found is None:
            raise RuntimeError("PostgreSQL is not installed")
        self.bin = found
        self.settings = {**SETTINGS, **(settings or {})}
        self.folder = Path(tempfile.mkdtemp(prefix="huying-pg-", dir=memory()))
        self.server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where Django finds it."""
        return f"postgres://huying@/huying?host={self.folder}"

    def start(self) -> "Cluster":
        """The server answers, with an empty database `huying`."""
        self._own()
        data = self.folder / "data"
        subprocess.run(
            [self.bin / "initdb", "-D", data, "-U", "huying", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
            check=True, stdout=subprocess.DEVNULL, **self._as_owner(),
        )  # fmt: skip
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        log = (self.folder / "log").open("wb")
        self.server = subprocess.Popen(
            [self.bin / "postgres", "-D", data, "-k", self.folder, *options], stdout=log, stderr=log, **self._as_owner()
        )
        self._wait()
        subprocess.run([self.bin / "createdb", "-h", self.folder, "-U", "huying", "huying"], check=True)
        return self

    def stop(self) -> None:
        """The server is gone, and its folder with it."""
        if self.server is not None:
            self.server.terminate()
            try:
                self.server.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.server.send_signal(3)
                self.server.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _own(self) -> None:
        if os.geteuid() == 0:
            owner = pwd.getpwnam("nobody")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)

    def _as_owner(self) -> dict[str, object]:
        if os.geteuid() != 0:
            return {}
        owner = pwd.getpwnam("nobody")
        return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": [], "cwd": "/"}

    def _wait(self) -> None:
        for _ in range(200):
            ready = subprocess.run(
                [self.bin / "pg_isready", "-q", "-h", self.folder, "-U", "huying"], check=False
            ).returncode
            if ready == 0:
                return
            time.sleep(0.1)
        raise RuntimeError((self.folder / "log").read_text(errors="replace"))


if __name__ == "__main__":
    sys.exit(0 if binaries() else 1)
