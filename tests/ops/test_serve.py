"""`huying serve` on an empty folder makes what it needs and prints the address of the first set-up."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request

import pytest

pytestmark = pytest.mark.proof
SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_an_empty_folder_is_served_and_says_where_to_begin(tmp_path):
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "new"), "PORT": str(port), "LANG": "C.UTF-8"}
    words = [sys.executable, "-m", "huying.config.command", "serve", "--workers", "1"]
    server = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)
    patience = threading.Timer(SECONDS, server.kill)
    patience.start()
    try:
        printed = next(filter(None, (re.search(r"http\S+/setup/begin/with/\S+", line) for line in server.stdout)))
        assert printed[0].startswith(f"http://127.0.0.1:{port}/")
        shown = _when_up(printed[0])
        assert "第一次设置" in shown
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=SECONDS)
        patience.cancel()


def _when_up(address: str) -> str:
    """The page, as soon as the server answers."""
    waiting = threading.Event()
    for _try in range(SECONDS * 4):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            waiting.wait(0.25)
    raise AssertionError("the server never answered")
