"""The ledger only grows: triggers refuse to change or delete what stands in it, on both databases.

SQLite drops triggers when a migration remakes a table, so every migration that touches these tables reapplies them
last (`migrations.RunPython(append_only.apply, …)`); `missing` is what doctor and a house test ask.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = (
    "appeals_event",
    "appeals_readrecord",
    "people_setupchange",
    "appeals_seal",
    "appeals_sealentry",
    "appeals_export",
)
REFUSAL = "the ledger is append-only"

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_keeps_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION huying_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
"""
_POSTGRES = """
CREATE OR REPLACE TRIGGER {table}_keeps_{act} BEFORE {act} ON {table}
FOR EACH {each} EXECUTE FUNCTION huying_append_only()
"""


def apply(apps: Any, schema_editor: Any) -> None:
    """The triggers stand, whatever a migration did to the tables before."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        standing = set(connection.introspection.table_names(cursor))
        # A table that a later migration makes gets its triggers there.
        for table in [name for name in TABLES if name in standing]:
            for act in _acts(connection):
                cursor.execute(_statement(connection, table, act))


def lift(apps: Any, schema_editor: Any) -> None:
    """The triggers are gone: only for undoing a migration."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        for table in TABLES:
            for act in _acts(connection):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_keeps_{act.lower()}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should stand and do not."""
    wanted = {f"{table}_keeps_{act.lower()}" for table in TABLES for act in _acts(connection)}
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return sorted(wanted - standing)


def _acts(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    return ("UPDATE", "DELETE", "TRUNCATE") if connection.vendor == "postgresql" else ("UPDATE", "DELETE")


def _statement(connection: BaseDatabaseWrapper, table: str, act: str) -> str:
    if connection.vendor != "postgresql":
        return _SQLITE.format(table=table, act=act.lower(), refusal=REFUSAL)
    return _POSTGRES.format(table=table, act=act.lower(), each="STATEMENT" if act == "TRUNCATE" else "ROW")
