"""A mail server that misbehaves as it is told: real sockets, real SMTP, scripted answers."""

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message


class MailServer(socketserver.ThreadingTCPServer):
    """`says` holds the answer to the next mails: ok, a code such as 451 or 550, `no one` at RCPT, or `drop`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.says: list[str] = []
        self.taken: list[tuple[list[str], Message]] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def answer(self) -> str:
        return self.says.pop(0) if self.says else "ok"


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        to: list[str] = []
        says = "ok"
        while line := self.rfile.readline().decode("utf-8", "replace").strip():
            verb = line[:4].upper()
            if verb == "MAIL":
                to, says = [], self.server.answer()
                self._say("250 ok")
            elif verb == "RCPT":
                to.append(line.partition("<")[2].rstrip(">"))
                self._say(f"{says.split()[0]} no" if says.endswith("at rcpt") else "250 ok")
            elif verb == "DATA":
                if not self._data(to, says):
                    return
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _data(self, to: list[str], says: str) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if says in ("ok", "drop"):
            self.server.taken.append((to, email.message_from_bytes(b"".join(lines))))
        if says == "drop":
            return False
        self._say("250 taken" if says == "ok" else f"{says} no")
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def running() -> Iterator[MailServer]:
    """The server answers on a port of this machine's own."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
