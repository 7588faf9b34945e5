"""The doctor looks after what must survive, and after what stands between the house and the net."""

import os
from datetime import timedelta

import pytest
from django.db import connection

from huying.appeals import seals
from huying.channels import delivery
from huying.channels.models import Letter
from huying.ops.checkup import database, keeping, rounds
from huying.ops.checkup.finding import Grade
from huying.oversight.models import Bulletin
from tests import given
from tests.cast import at
from tests.oversight.bulletin import issued


def said(finding) -> tuple[str, str]:
    return str(finding.grade), finding.words


# --- copies ---------------------------------------------------------------------------------------------------------


def test_without_a_mark_nobody_knows_of_a_copy(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    assert said(keeping.backup(at(17)))[0] == "warning"
    assert f"touch {tmp_path}/last-backup" in keeping.backup(at(17)).words


@pytest.mark.parametrize(
    ("age", "grade"),
    [
        (timedelta(hours=1), Grade.OK),
        (timedelta(hours=26), Grade.OK),
        (timedelta(hours=27), Grade.WARNING),
        (timedelta(days=7), Grade.WARNING),
        (timedelta(days=7, hours=1), Grade.BROKEN),
    ],
)
def test_a_copy_grows_old(tmp_path, settings, age, grade):
    settings.DATA_DIR = tmp_path
    mark = tmp_path / "last-backup"
    mark.touch()
    os.utime(mark, ((at(17) - age).timestamp(),) * 2)
    assert keeping.backup(at(17)).grade is grade


# --- seals that left the house --------------------------------------------------------------------------------------


@pytest.fixture
def outside(settings):
    settings.SEAL_ADDRESSES, settings.EMAIL_HOST = ["a@example.org", "b@example.org"], "mail.example.org"


def test_a_seal_that_was_made_and_not_sent_is_broken(stage, outside):
    given.registered(stage)
    seals.make_due(at=at(17))
    assert said(keeping.sent(at(17)))[0] == "broken"
    assert "还没有寄出过" in keeping.sent(at(17)).words


@pytest.mark.parametrize(("days", "grade"), [(0, "ok"), (3, "ok"), (4, "broken")])
def test_a_seal_that_was_sent_holds_for_three_days(stage, outside, days, grade):
    given.registered(stage)
    seals.make_due(at=at(17))
    Letter.objects.filter(kind="seal").update(delivered_at=at(18))
    assert said(keeping.sent(at(18) + timedelta(days=days)))[0] == grade


def test_where_no_address_is_set_or_nothing_was_sealed_there_is_nothing_to_send(stage, settings, outside):
    assert said(keeping.sent(at(17)))[0] == "ok"
    given.registered(stage)
    seals.make_due(at=at(17))
    settings.SEAL_ADDRESSES = []
    assert said(keeping.sent(at(17)))[0] == "ok"
    assert delivery.last_delivered("seal") is None


# --- logs -----------------------------------------------------------------------------------------------------------


def test_logs_are_kept_as_long_as_the_law_asks_and_closed_to_others(tmp_path, settings):
    settings.LOG_DIR, settings.LOG_DAYS = tmp_path / "logs", 200
    assert keeping.log_files(at(17)).grade is Grade.OK
    settings.LOG_DAYS = 179
    assert keeping.log_files(at(17)).grade is Grade.WARNING
    settings.LOG_DAYS = 180
    settings.LOG_DIR.mkdir(mode=0o755)
    settings.LOG_DIR.chmod(0o755)
    assert keeping.log_files(at(17)).grade is Grade.WARNING
    settings.LOG_DIR.chmod(0o700)
    assert keeping.log_files(at(17)).grade is Grade.OK
    settings.LOG_DIR = tmp_path / "file"
    settings.LOG_DIR.touch()
    assert keeping.log_files(at(17)).grade is Grade.BROKEN


# --- the database ---------------------------------------------------------------------------------------------------


def test_a_database_that_may_forget_is_named(own_database):
    # The cluster of the tests forgets on purpose; SQLite is opened as in production.
    as_it_is = keeping.durable(at(17))
    if connection.vendor == "postgresql":
        assert said(as_it_is) == (
            "warning",
            "停电可能丢已经收下的诉求：数据库的 fsync、full_page_writes、synchronous_commit 关着。请打开。",
        )
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = on")
        assert "synchronous_commit" not in keeping.durable(at(17)).words
    else:
        assert said(as_it_is) == ("ok", "停电不丢已经收下的诉求。")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")
        assert said(keeping.durable(at(17)))[0] == "warning"


# --- the net --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("https", "proxies", "hosts", "grade"),
    [
        (False, [], ["*"], Grade.OK),
        (True, [], ["huying.example"], Grade.WARNING),
        (True, ["127.0.0.1/32"], ["*"], Grade.WARNING),
        (True, ["127.0.0.1/32"], ["huying.example"], Grade.OK),
    ],
)
def test_behind_https_the_proxy_and_the_name_are_known(settings, https, proxies, hosts, grade):
    settings.HTTPS, settings.TRUSTED_PROXIES, settings.ALLOWED_HOSTS = https, proxies, hosts
    assert keeping.proxy(at(17)).grade is grade


@pytest.mark.parametrize(
    ("host", "tls", "grade"),
    [
        ("", False, Grade.OK),
        ("127.0.0.1", False, Grade.OK),
        ("mail.example.org", True, Grade.OK),
        ("mail.example.org", False, Grade.WARNING),
    ],
)
def test_letters_that_travel_in_the_open_are_told(settings, host, tls, grade):
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = host, tls
    assert keeping.mail(at(17)).grade is grade


@pytest.mark.parametrize(
    ("key", "grade"), [("short", Grade.BROKEN), ("a" * 60, Grade.BROKEN), ("0123456789abcdef" * 4, Grade.OK)]
)
def test_a_key_that_somebody_thought_up_is_broken(settings, key, grade):
    settings.SECRET_KEY = key
    assert keeping.secret(at(17)).grade is grade


def test_each_of_these_is_looked_at_in_a_round(stage, tmp_path, settings):
    settings.DATA_DIR, settings.LOG_DIR = tmp_path, tmp_path / "logs"
    names = {one.name for one in rounds.look(at=at(17))}
    assert {"backup", "seal_sent", "logs", "durable", "proxy", "mail", "secret", "account"} <= names


def test_an_issued_bulletin_that_was_changed_is_told(stage):
    made = issued(stage)
    assert said(database.issues())[0] == "ok"
    Bulletin.objects.filter(pk=made.pk).update(words={"overview": ["一切都好。"]})
    grade, words = said(database.issues())
    assert (grade, made.number in words) == ("broken", True)
