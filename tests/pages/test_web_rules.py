"""What every answer keeps to, whatever the page: methods, types, origins, folders, and where a field may come from."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.house.routes import addresses

PATHS = sorted(
    {re.sub(r"<[^>]+>", "x", re.sub(r"<int:\w+>", "1", f"/{path}")) for path, _ in addresses(get_resolver())}
)


@pytest.mark.django_db
def test_no_route_echoes_a_request_or_takes_a_verb_it_does_not_know():
    client = Client()
    for path in PATHS:
        for verb in ("TRACE", "PUT", "DELETE", "PROPFIND", "BREW"):
            answer = client.generic(verb, path, b"secret=1", HTTP_X_CANARY="echo-4711")
            assert answer.status_code in (302, 403, 404, 405), (verb, path, answer.status_code)
            assert b"echo-4711" not in answer.content


@pytest.mark.django_db
def test_every_answer_with_a_body_names_its_type_and_its_spelling():
    for path in PATHS:
        answer = Client().get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if body:
            kind = answer["Content-Type"]
            assert not kind.startswith("text/") or kind.endswith("charset=utf-8"), (path, kind)


@pytest.mark.django_db
def test_no_other_origin_is_let_in():
    for path in PATHS:
        answer = Client().get(path, HTTP_ORIGIN="https://elsewhere.example")
        assert "Access-Control-Allow-Origin" not in answer
        assert (
            Client().options(path, HTTP_ORIGIN="https://elsewhere.example").get("Access-Control-Allow-Origin") is None
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/static/", "/static/huying/", "/static/huying/../../", "/.git/config", "/manage.py", "/huying.sqlite3", "/keys/",
     "/static/%2e%2e/%2e%2e/manage.py", "/docs/", "/metrics", "/admin/", "/api/", "/debug/", "/.env", "/server-status"],
)  # fmt: skip
def test_no_folder_is_listed_and_nothing_but_pages_is_there(path):
    assert Client().get(path).status_code == 404


def test_what_stands_in_the_address_never_stands_in_for_a_field_of_the_form(office, stage):
    answer = office.as_("principal").post("/staff/export/?purpose=check", {"pile": "all"})
    assert answer.status_code == 422


def test_of_a_field_sent_twice_only_one_counts_and_nothing_breaks(office, stage):
    twice = {"pile": "all", "purpose": ["fun", "check"], "kind": ["HELP", "x"]}
    assert office.as_("principal").post("/staff/export/", twice).status_code == 200
    assert office.as_("principal").post("/staff/export/", {**twice, "purpose": ["check", "fun"]}).status_code == 422
