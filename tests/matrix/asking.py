"""One cell of the matrix asked: a request by somebody at an address, what came of it, and nothing of it stays."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from tests.matrix.table import ASK_CODE, DENIED, IN, IN_WORDS, NO_SUCH_VERB, SIGN_IN, Row

# What a denial may leave: that somebody asked for what they may not know of, and that the sign-in is in use.
TRACES = {"appeals_readrecord", "people_signin"}
# A wrong key is counted, so that nobody can try them all.
COUNTED = {"channels_counter"}
SHOWN = (200, 400, 409, 422, 429)
WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
VARYING = re.compile(rb"[A-Za-z0-9]{64}")


@dataclass(frozen=True)
class Cell:
    """Who asks for which address with which verb, about which thing."""

    row: Row
    verb: str
    who: str
    about: str

    @property
    def expected(self) -> str:
        return self.row.expected(self.verb, self.who, self.about)

    def __str__(self) -> str:
        return f"{self.verb} {self.row.path} by {self.who} about {self.about or '-'}"


@dataclass(frozen=True)
class Seen:
    """What came back, and the tables that were written to."""

    status: int
    target: str
    body: bytes
    headers: tuple[tuple[str, str], ...]
    written: frozenset[str]

    @property
    def moved(self) -> bool:
        """Whether a step was taken: each writes an event."""
        return "appeals_event" in self.written


def ask(client: Client, verb: str, path: str, body: dict[str, str]) -> Seen:
    """The request made; whatever it did is undone, in the database and in the browser."""
    cookies = client.cookies.output()
    with transaction.atomic(), _watched() as written:
        response = client.get(path) if verb == "GET" else client.post(path, body)
        transaction.set_rollback(True)
    seen = _seen(response, written)
    if client.cookies.output() != cookies:
        _put_back(client, cookies)
    return seen


def _seen(response: HttpResponse, written: set[str]) -> Seen:
    body = b"".join(response) if response.streaming else response.content
    headers = tuple(sorted(one for one in response.headers.items() if one[0] != "Location"))
    return Seen(response.status_code, response.get("Location", ""), body, headers, frozenset(written))


def _put_back(client: Client, cookies: str) -> None:
    client.cookies.clear()
    for line in cookies.splitlines():
        client.cookies.load(line.removeprefix("Set-Cookie: "))


@contextmanager
def _watched() -> Iterator[set[str]]:
    tables: set[str] = set()

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found = WRITES.match(sql)
        if found:
            tables.add(found[1])
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield tables


def fault(cell: Cell, seen: Seen, missing: Seen) -> str:
    """In what this differs from the table; empty when it is right. `missing` is a page that is not there."""
    said = WRONG[cell.expected](cell, seen, missing)
    return f"{cell}: {cell.expected} expected, {said}, {seen.status} {seen.target}".rstrip() if said else ""


def _not_in(cell: Cell, seen: Seen, missing: Seen) -> str:
    away = seen.status == 302 and (_is_way_in(seen) or (cell.row.is_one_s_own and seen.target == "/progress/"))
    if (seen.status not in SHOWN and seen.status != 302) or (away and not _is_open(cell)):
        return "kept out"
    return "moved by looking" if cell.verb == "GET" and seen.moved else ""


def _is_open(cell: Cell) -> bool:
    return "nobody" in cell.row.inside.get(cell.about, ())


def _not_in_words(cell: Cell, seen: Seen, missing: Seen) -> str:
    return "" if seen.status in (409, 422) and not seen.moved else "not refused in words"


def _not_denied(cell: Cell, seen: Seen, missing: Seen) -> str:
    if seen.status != 404:
        return "not denied"
    left = seen.written - TRACES - (COUNTED if cell.row.says_so_itself else set())
    if seen.moved or left:
        return f"left something in {sorted(left)}"
    if cell.row.says_so_itself:
        return ""
    same = _bare(seen.body) == _bare(missing.body) and _same_headers(seen, missing)
    return "" if same else "not the page of what is not there"


def _bare(body: bytes) -> bytes:
    """A page without the tokens of its forms."""
    return VARYING.sub(b"", body)


def _same_headers(seen: Seen, missing: Seen) -> bool:
    # Each answer has a number of its own, and forms have tokens of their own.
    own = ("X-Request-Id", "Content-Length")
    mine, theirs = ([one for one in both.headers if one[0] not in own] for both in (seen, missing))
    return mine == theirs


def _not_asked_to_sign_in(cell: Cell, seen: Seen, missing: Seen) -> str:
    is_asked = (seen.status == 302 and _is_way_in(seen)) or seen.status in (401, 405)
    return "" if is_asked and not seen.moved and not seen.written - TRACES else "not asked to sign in"


def _is_way_in(seen: Seen) -> bool:
    return seen.target.startswith("/staff/login/")


def _not_asked_for_the_code(cell: Cell, seen: Seen, missing: Seen) -> str:
    is_asked = (seen.status == 302 and seen.target == "/progress/") or seen.status in (401, 405)
    return "" if is_asked and not seen.moved and not seen.written - TRACES else "not asked for the code"


def _not_refused(cell: Cell, seen: Seen, missing: Seen) -> str:
    """Those outside may hear first that there is no such page."""
    return "" if seen.status in (405, 404) and not seen.written - TRACES else "answers another verb"


WRONG: dict[str, Callable[[Cell, Seen, Seen], str]] = {
    IN: _not_in,
    IN_WORDS: _not_in_words,
    DENIED: _not_denied,
    SIGN_IN: _not_asked_to_sign_in,
    ASK_CODE: _not_asked_for_the_code,
    NO_SUCH_VERB: _not_refused,
}
