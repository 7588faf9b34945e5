"""The program works under an account that can add to the ledger and never change it.

On PostgreSQL by what the account may do; SQLite knows no accounts, there the triggers alone refuse.
"""

import uuid
from collections.abc import Iterator
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from huying.appeals import append_only
from huying.appeals.append_only import TABLES
from huying.appeals.models import Appeal, Event
from huying.ops.checkup import database
from huying.ops.checkup.finding import Grade
from tests import cast, given

REFUSED = {"sqlite": "append-only", "postgresql": "permission denied"}


class Account:
    """An account of the program's own, made by the owner of the tables; within it, everything runs under it."""

    def __init__(self) -> None:
        self.name = f"app_{uuid.uuid4().hex[:8]}"
        self.is_real = connection.vendor == "postgresql"
        if self.is_real:
            self._say(f"CREATE ROLE {self.name} LOGIN")
            call_command("grants", self.name, stdout=StringIO())

    def __enter__(self) -> "Account":
        self.settings, self.owner = connections.settings["default"], connections["default"]
        if self.is_real:
            connections.settings["default"] = {**self.settings, "USER": self.name}
            connections["default"] = connections.create_connection("default")
        return self

    def __exit__(self, *error: object) -> None:
        if self.is_real:
            connections["default"].close()
            connections.settings["default"], connections["default"] = self.settings, self.owner

    def drop(self) -> None:
        if self.is_real:
            self._say(f"DROP OWNED BY {self.name}; DROP ROLE {self.name}")

    def _say(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture
def account(own_database) -> Iterator[Account]:
    made = Account()
    yield made
    made.drop()


def refused(statement: str) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(error.value)


def test_an_appeal_is_taken_in_handled_and_answered_under_it(account):
    with account:
        appeal = given.closed(cast.enter())
        assert (appeal.state, Event.objects.filter(appeal=appeal).count() > 5) == ("closed", True)


def test_it_neither_changes_nor_deletes_what_stands_in_the_ledger(account):
    with account:
        given.registered(cast.enter())
        for table in TABLES:
            for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
                if connection.vendor == "postgresql":
                    assert "permission denied" in refused(statement), statement
        assert REFUSED[connection.vendor] in refused("UPDATE appeals_event SET action = 'close'")
        assert REFUSED[connection.vendor] in refused("DELETE FROM appeals_event")
        assert Event.objects.exists()


def test_it_empties_no_table_of_the_ledger_and_drops_none_and_no_trigger(account):
    if not account.is_real:
        # Nobody but the owner of the file is there: whoever writes it can do this, and the seals outside tell.
        append_only.lift(None, SimpleNamespace(connection=connection))
        assert append_only.missing(connection)
        return
    with account:
        for statement in (
            "TRUNCATE appeals_event CASCADE",
            "DROP TABLE appeals_event CASCADE",
            "DROP TRIGGER appeals_event_keeps_update ON appeals_event",
            "ALTER TABLE appeals_event DISABLE TRIGGER ALL",
            "CREATE OR REPLACE FUNCTION huying_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN END $$",
            "SET session_replication_role = replica",
            "CREATE TABLE mine (id int)",
        ):
            assert any(words in refused(statement) for words in ("permission denied", "must be owner")), statement
    assert append_only.missing(connection) == []


def test_the_doctor_says_whether_the_program_runs_as_the_owner(account):
    # The owner of the test's database is a superuser; the account of the program is neither.
    assert database.account().grade is (Grade.WARNING if account.is_real else Grade.OK)
    with account:
        assert database.account().grade is Grade.OK
    if account.is_real:
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT DELETE ON appeals_seal TO {account.name}")
        with account:
            assert append_only.reach(connection) == ["privilege:appeals_seal"]
            assert "appeals_seal" in database.account().words
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE appeals_seal OWNER TO {account.name}")
        with account:
            assert append_only.reach(connection) == ["owner"]
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE appeals_seal OWNER TO CURRENT_USER")


def test_granting_twice_is_granting_once_and_closes_what_was_opened_since(account):
    if account.is_real:
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT UPDATE ON appeals_event TO {account.name}")
        call_command("grants", account.name, stdout=StringIO())
    with account:
        assert append_only.reach(connection) == []
        assert not Appeal.objects.exists()


@pytest.mark.django_db
def test_the_command_shows_what_it_would_say_and_quotes_any_name():
    out = StringIO()
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="SQLite 没有账号之分"):
            call_command("grants", "app", stdout=out)
        said = append_only.grants('a"b; DROP', database="huying")
    else:
        call_command("grants", 'a"b; DROP', "--show", stdout=out)
        said = out.getvalue().rstrip(";\n").split(";\n")
    assert said[1].endswith('TO "a""b; DROP"')
    assert "REVOKE UPDATE, DELETE, TRUNCATE ON appeals_event, appeals_readrecord" in said[6]


@pytest.mark.django_db
def test_an_account_that_is_not_there_or_owns_the_tables_is_refused():
    mine = connection.settings_dict["USER"] or "owner"
    for role in ("nobody_of_that_name", mine):
        with pytest.raises(CommandError) as refusal:
            call_command("grants", role, stdout=StringIO())
        assert str(refusal.value)


@pytest.mark.parametrize("name", ["", "a\0b"])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(ValueError, match="needs a name"):
        append_only.grants(name, database="huying")
