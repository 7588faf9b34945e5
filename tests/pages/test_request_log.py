"""What staff do stands in the security log by ids; of families it holds nothing but that something was refused."""

import json
import logging

import pytest
from django.test import Client

from huying.config.logs import JsonLines
from tests import given
from tests.pages.office import versioned
from tests.pages.parent import said

SCHEMA = {
    "at": str, "level": str, "log": str, "message": str, "request": str, "event": str, "outcome": str, "status": int,
    "verb": str, "account": int, "appeal": int, "address": str,
}  # fmt: skip
OUTCOMES = {"done", "refused", "denied", "limited", "failed"}


class Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[dict[str, object]] = []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def security():
    handler, logger = Kept(), logging.getLogger("huying.security")
    logger.addHandler(handler)
    yield handler.lines
    logger.removeHandler(handler)


def told(lines, *names):
    return [tuple(line.get(name) for name in names) for line in lines]


def test_every_line_keeps_to_the_schema(office, stage, security):
    appeal = given.dispatched(stage)
    client = office.as_("teacher")
    address = f"/staff/appeals/{appeal.pk}/acknowledge/"
    client.post(address, versioned(client, address))
    client.get("/staff/appeals/999999/")
    Client().post("/staff/login/", {"login": "teacher", "password": "不对的密码"})
    assert len(security) == 3
    for line in security:
        assert {name for name, value in line.items() if not isinstance(value, SCHEMA[name])} == set()
        assert (line["log"], line["outcome"] in OUTCOMES, line["at"][-6:]) == ("huying.security", True, "+08:00")


def test_a_step_that_was_taken_says_who_where_and_that_it_was_done(office, stage, security):
    appeal = given.dispatched(stage)
    client = office.as_("teacher")
    address = f"/staff/appeals/{appeal.pk}/acknowledge/"
    client.post(address, versioned(client, address))
    assert told(security, "event", "outcome", "account", "appeal", "address") == [
        ("staff:acknowledge", "done", stage.accounts["teacher"].pk, appeal.pk, "127.0.0.1")
    ]


def test_a_page_that_is_only_read_tells_nothing(office, stage, security):
    appeal = given.dispatched(stage)
    office.as_("teacher").get(f"/staff/appeals/{appeal.pk}/")
    assert security == []


def test_whoever_asks_for_what_is_not_theirs_stands_in_it(office, stage, security):
    appeal = given.dispatched(stage)
    office.as_("other_principal").get(f"/staff/appeals/{appeal.pk}/")
    assert told(security, "event", "outcome", "level") == [("staff:appeal", "denied", "WARNING")]


def test_a_sign_in_that_failed_and_one_that_worked(office, stage, security):
    account = stage.accounts["teacher"]
    account.set_password("窗外的雨下了一整夜")
    account.save()
    Client().post("/staff/login/", {"login": "teacher", "password": "不对的密码"})
    Client().post("/staff/login/", {"login": "teacher", "password": "窗外的雨下了一整夜"})
    assert told(security, "event", "outcome", "account") == [
        ("staff:login", "refused", None),
        ("staff:login", "done", account.pk),
    ]
    assert "teacher" not in json.dumps(security)


def test_a_family_that_files_leaves_no_line_and_one_that_is_refused_no_trace(office, stage, security):
    mother = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Mutters Telefon")
    assert mother.post("/report/", said()).status_code == 200
    mother.post("/progress/", {"code": "1234 5678 9012 3456"})
    assert security == []
    mother.get("/progress/4711/")
    assert "203.0.113.77" not in json.dumps(security)


def test_every_answer_has_an_id_of_its_own_and_it_is_the_one_in_the_log(office, stage, security):
    client = office.as_("other_principal")
    first, second = client.get("/staff/appeals/999999/"), client.get("/staff/appeals/999999/")
    assert first["X-Request-Id"] != second["X-Request-Id"]
    assert [line["request"] for line in security] == [first["X-Request-Id"], second["X-Request-Id"]]


def test_what_django_says_of_a_bad_answer_carries_the_id_of_its_request(office, stage):
    handler, logger = Kept(), logging.getLogger("django.request")
    logger.addHandler(handler)
    answer = office.as_("other_principal").get("/staff/appeals/999999/")
    logger.removeHandler(handler)
    assert [line["request"] for line in handler.lines] == [answer["X-Request-Id"]]
