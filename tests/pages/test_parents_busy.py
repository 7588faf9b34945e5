"""A database that is locked or away: 503, and everything that was typed is still on the page."""

import sqlite3

import psycopg
import pytest
from django.db import connection
from django.test import Client

from tests import cast
from tests.pages.parent import CODE, STORY, code_on, everything, form_token, said


@pytest.fixture
def locked(own_database):
    """Somebody else writes, and does not end."""
    cast.enter()
    if connection.vendor == "sqlite":
        other = sqlite3.connect(own_database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
    else:
        other = psycopg.connect(**_address(), autocommit=False)
        other.execute("LOCK TABLE channels_counter, appeals_appeal IN ACCESS EXCLUSIVE MODE")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
    yield other
    other.rollback()
    other.close()


def _address() -> dict[str, object]:
    known = connection.get_connection_params()
    return {name: known[name] for name in ("dbname", "user", "password", "host", "port") if known.get(name)}


def test_a_locked_database_gives_every_word_back_and_then_takes_them(locked):
    client, token = Client(raise_request_exception=False), form_token()
    page = client.post("/report/", said(token=token))
    text = page.content.decode()
    assert (page.status_code, page["Retry-After"], STORY in text, "您写的还在这一页" in text) == (503, "30", True, True)
    assert token in text
    locked.rollback()
    again = client.post("/report/", said(token=token))
    assert (code_on(again), len(everything())) == (CODE, 1)
