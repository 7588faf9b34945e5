"""One command runs everything: the web server and one tick loop, started and stopped together."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

BIN = Path(sys.executable).parent
# As many at once as a school needs while somebody's large photo is being cleaned. Threads of one process wait for each
# other: fewer of them take in more filings a second (docs/performance.md).
WORKERS, THREADS = 2, 4


def commands(*, host: str, port: int, workers: int, threads: int) -> dict[str, list[str]]:
    """What runs, by name."""
    return {
        "web": [
            str(BIN / "granian"),
            "--interface",
            "wsgi",
            "--host",
            host,
            "--port",
            str(port),
            "--workers",
            str(workers),
            "--blocking-threads",
            str(threads),
            "--no-access-log",
            "--log-level",
            "warning",
            "huying.config.wsgi:application",
        ],
        "tick": [sys.executable, "-m", "huying.config.command", "tick", "--loop"],
    }


def serve(*, host: str, port: int, say: Callable[[str], None], workers: int = WORKERS, threads: int = THREADS) -> int:
    """Both run until told to stop. A tick that dies is started again; a web server that dies ends it all."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    wanted = commands(host=host, port=port, workers=workers, threads=threads)
    running = {name: _start(command) for name, command in wanted.items()}
    code = 0
    while not stop.wait(0.5):
        if running["web"].poll() is not None:
            code = running["web"].returncode or 1
            break
        if running["tick"].poll() is not None:
            say("定时处理停了，正在重新启动")
            stop.wait(2)
            running["tick"] = _start(wanted["tick"])
    for process in running.values():
        _end(process)
    return code


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    # A session of its own: Ctrl+C reaches us alone, and we stop the children in order.
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own words


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            # With its workers: they would go on answering on the port.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
