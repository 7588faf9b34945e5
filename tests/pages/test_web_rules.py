"""What every answer keeps to, whatever the page: methods, types, origins, folders, and where a field may come from."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from huying.appeals.models import Appeal
from tests import given
from tests.house.routes import addresses
from tests.pages.office import versioned

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


PASSWORDS = [("  两边有空格的一句话  ", "两边有空格的一句话"), ("Sentence With Capitals", "sentence with capitals"),
             ("很" * 100, "很" * 99)]  # fmt: skip


@pytest.mark.parametrize(("password", "nearly"), PASSWORDS)
def test_a_password_is_taken_as_it_was_typed_however_long(stage, password, nearly):
    account = stage.accounts["teacher"]
    account.set_password(password)
    account.save()
    assert Client().post("/staff/login/", {"login": "teacher", "password": nearly}).status_code == 422
    assert Client().post("/staff/login/", {"login": "teacher", "password": password}).status_code == 302


@pytest.mark.django_db
def test_a_password_is_hidden_while_it_is_typed_and_a_manager_may_fill_it_in():
    page = Client().get("/staff/login/").content.decode()
    assert 'type="password"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_columns_of_an_appeal_that_no_form_asks_for_are_not_taken_from_one(office, stage):
    appeal = given.dispatched(stage)
    before = Appeal.objects.filter(pk=appeal.pk).values().get()
    client = office.as_("teacher")
    address = f"/staff/appeals/{appeal.pk}/acknowledge/"
    smuggled = dict.fromkeys(before, 1) | {"state": "closed", "number": "1", "received_at": "2020-01-01"}
    client.post(address, smuggled | versioned(client, address))
    after = Appeal.objects.filter(pk=appeal.pk).values().get()
    moved = {name for name in before if before[name] != after[name]}
    assert (after["state"], moved <= {"state", "version", "in_charge_id", "due_at", "next_due_at"}) == (
        "handling",
        True,
    )
