"""What no keyboard types: NUL, marks that turn the text around, numbers past every column. No page breaks on it."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from huying.channels import drafts
from tests import given
from tests.house.routes import addresses

NONSENSE = ("甲\x00乙", "9" * 40, "\u202e%'\"--")
# Every name that a page asks the address or the posted form for, besides those of its own form fields.
NAMES = (
    *("after", "before", "pile", "kind", "q", "next", "part", "school", "source", "token", "code", "login", "password"),
    *("form", "version", "step", "until", "which", "contact", "is_true", "body", "place", "about", "subject", "phone"),
    *("name", "topic", "channel", "reason", "rate", "kept", "kept_path", "path", "lang", "size", "tone", "message"),
)
SPOKEN = {"int": "1", "slug": "x", "str": "x"}


def paths(values: dict[str, str]) -> list[str]:
    """Every address of the house with its places filled."""
    return ["/" + re.sub(r"<(\w+):\w+>", lambda place: values[place[1]], path) for path, _ in addresses(get_resolver())]


def broken(client: Client, path: str, asked: dict[str, str]) -> list[tuple[str, str, int]]:
    """The answers to this address, read and written, that are a fault of ours."""
    answers = (("GET", client.get(path, asked)), ("POST", client.post(path, asked)))
    return [(how, path, answer.status_code) for how, answer in answers if answer.status_code >= 500]


@pytest.mark.proof
@pytest.mark.parametrize("nonsense", NONSENSE)
@pytest.mark.parametrize("who", [None, "dispatcher", "system_admin"])
def test_no_page_breaks_on_what_no_keyboard_types(office, stage, who, nonsense):
    appeal = given.dispatched(stage, lead="grade")
    client = office.as_(who) if who else Client()
    asked = dict.fromkeys(NAMES, nonsense)
    found = [
        fault
        for path in paths(SPOKEN | {"int": str(appeal.pk)})
        if "sign_out" not in path
        for fault in broken(client, path, asked)
    ]
    assert found == []


@pytest.mark.proof
@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 40])
def test_no_page_breaks_on_a_number_past_every_column(office, stage, number):
    client = office.as_("dispatcher")
    found = [fault for path in paths(SPOKEN | {"int": number}) for fault in broken(client, path, {})]
    assert found == []


@pytest.mark.proof
@pytest.mark.parametrize("nonsense", ["%00", "%ff", "%ed%a0%80", "a%0d%0ab"])
def test_no_address_breaks_that_cannot_be_one(office, stage, nonsense):
    client = office.as_("dispatcher")
    found = [
        fault for path in paths(SPOKEN | {"slug": nonsense, "str": nonsense}) for fault in broken(client, path, {})
    ]
    assert found == []


@pytest.mark.parametrize("name", ["a\x00", "字" * 41, "", "a b"])
def test_a_draft_keeps_only_what_can_name_a_field(office, stage, name):
    appeal = given.dispatched(stage, lead="grade")
    client = office.as_("grade_head")
    assert client.post(f"/staff/appeals/{appeal.pk}/draft/", {name: "话", "body": "已换\x00座位"}).status_code == 200
    kept = drafts.of(account=stage.accounts["grade_head"].pk, appeal=appeal.pk)
    assert {field: one.body for field, one in kept.items()} == {"body": "已换\x00座位"}
