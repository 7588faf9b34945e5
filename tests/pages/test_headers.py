"""Every answer carries the headers that keep a browser to our own pages: pages, errors and static files."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.house.routes import addresses

POLICY = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; form-action 'self'; frame-ancestors 'none'; "
    "img-src 'self'; media-src 'self'; script-src 'self'; style-src 'self'"
)
WANTED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
PATHS = ["/" + re.sub(r"<int:\w+>", "1", path) for path, _ in addresses(get_resolver())]
PATHS = sorted({re.sub(r"<[^>]+>", "x", path) for path in PATHS})


def policy(response) -> str:
    return "; ".join(sorted(part.strip() for part in response["Content-Security-Policy"].split(";")))


def assert_guarded(response) -> None:
    assert policy(response) == POLICY
    assert {name: response.get(name) for name in WANTED} == WANTED
    assert "geolocation=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("path", PATHS)
def test_every_route_is_guarded_and_answers_a_stranger_without_failing(client, db, path):
    response = client.get(path)
    assert_guarded(response)
    assert response.status_code < 500


@pytest.mark.parametrize("path", ["/no/such/page/", "/static/huying/shared.css", "/static/no-such-file.css"])
def test_errors_and_static_files_are_guarded(client, db, path):
    assert_guarded(client.get(path))


def test_a_form_without_its_token_is_refused_under_the_same_headers(db):
    response = Client(enforce_csrf_checks=True).post("/report/", {"what": "x"})
    assert response.status_code == 403
    assert_guarded(response)


def test_a_poisoned_host_finds_nothing(client, db):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content


@pytest.mark.parametrize("path", [path for path in PATHS if not path.startswith("/staff/login")])
def test_no_cookie_is_readable_by_scripts(client, db, path):
    cookies = client.get(path).cookies.values()
    assert [one.key for one in cookies if not one["httponly"] or one["samesite"] != "Lax"] == []
