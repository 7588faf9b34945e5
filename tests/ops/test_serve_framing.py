"""Where one request ends and the next begins is never in doubt: nobody smuggles a second one past the proxy."""

import os
import signal
import socket
import subprocess
import sys
import threading

import pytest

from tests.ops.test_serve import SECONDS, free_port

pytestmark = pytest.mark.proof

START = b"POST /staff/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
SECOND = b"GET /smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
DOUBTFUL = {
    "two lengths": START + b"Content-Length: 6\r\nContent-Length: 5\r\n\r\n123456",
    "less than nothing": START + b"Content-Length: -6\r\n\r\n123456",
    "a blank before the colon": START + b"Content-Length : 6\r\n\r\n123456",
    "an unknown coding": START + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SECOND,
    "a coding behind a strange blank": START + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n" + SECOND,
    "a folded line": START + b"X-A: 1\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND,
}
BOTH = START + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """The real server, on a folder of its own."""
    number = free_port()
    folder = str(tmp_path_factory.mktemp("framing") / "new")
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": folder, "PORT": str(number), "LANG": "C.UTF-8"}
    words = [sys.executable, "-m", "huying.config.command", "serve", "--workers", "1"]
    server = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
    _wait_for(number)
    yield number
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=SECONDS)


def _wait_for(port: int) -> None:
    pause = threading.Event()
    for _try in range(SECONDS * 4):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            pause.wait(0.25)
        else:
            return
    raise TimeoutError


def answers(port: int, said: bytes) -> list[bytes]:
    """The first lines of all answers that come before the connection ends or is silent."""
    heard = b""
    with socket.create_connection(("127.0.0.1", port), 5) as line:
        line.settimeout(3)
        line.sendall(said)
        try:
            while part := line.recv(65_536):
                heard += part
        except OSError:
            pass
    return [one.split()[1] for one in heard.split(b"\r\n") if one.startswith(b"HTTP/1.1 ")]


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_request_whose_end_is_in_doubt_is_refused_and_nothing_after_it_is_heard(port, name):
    assert answers(port, DOUBTFUL[name]) == [b"400"]


def test_of_two_ways_to_say_the_end_the_length_is_ignored_and_the_line_is_closed(port):
    assert answers(port, BOTH) == [b"403"]
