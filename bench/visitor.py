"""A browser without a screen: one connection, its cookies, and how long each answer took."""

import http.client
import re
import time
from urllib.parse import quote, urlencode

FIELD = re.compile(r"<(?:input|textarea|select)[^>]*>")
ATTRIBUTE = re.compile(r'(name|value|type)="([^"]*)"')
LONGEST = 30


class Failed(Exception):
    """The site did not answer as a visitor may expect."""


class Visitor:
    """Asks one thing after another of the site on this machine."""

    def __init__(self, port: int, *, address: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
        self.headers = {"X-Forwarded-For": address} if address else {}
        self.cookies: dict[str, str] = {}
        self.seconds = 0.0

    def get(self, path: str) -> str:
        """The page at this address."""
        return self._ask("GET", path, None, expected=(200,))

    def post(self, path: str, fields: dict[str, str], *, expected: tuple[int, ...] = (200, 302)) -> str:
        """What the site answers to this form."""
        return self._ask("POST", path, urlencode(fields), expected=expected)

    def sign_in(self, login: str, password: str) -> None:
        """The visitor works from now on."""
        form = hidden(self.get("/staff/login/"))
        self.post("/staff/login/", {**form, "login": login, "password": password}, expected=(302,))

    def _ask(self, method: str, path: str, body: str | None, *, expected: tuple[int, ...]) -> str:
        headers = {**self.headers, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        self.connection.request(method, quote(path, safe="/?=&%"), body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        self.seconds = time.perf_counter() - start
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status not in expected:
            raise Failed(f"{method} {path}: {answer.status}")
        return text


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the forms on a page."""
    found = {}
    for tag in FIELD.findall(page):
        said = dict(ATTRIBUTE.findall(tag))
        if said.get("type") == "hidden" and "name" in said:
            found[said["name"]] = said.get("value", "")
    return found
