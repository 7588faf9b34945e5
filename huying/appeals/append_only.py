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
    "appeals_numbergap",
    "oversight_proceedingevent",
    "oversight_signature",
    "oversight_alarmrecord",
    "oversight_dutyfact",
    "oversight_dutyevent",
    "oversight_appraisalact",
    "oversight_answered",
    "oversight_publicationevent",
    "oversight_opennessdecision",
    "oversight_openmonth",
    "oversight_bulletinrecord",
    "oversight_doortest",
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


def grants(role: str, *, database: str) -> list[str]:
    """PostgreSQL statements, said by the owner of the tables, that leave the program's account what it needs to work
    and nothing by which the ledger could be changed: it owns no table, so it cannot drop a trigger either."""
    name, named = _quoted(role), _quoted(database)
    return [
        f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {name}",
        f"GRANT CONNECT ON DATABASE {named} TO {name}",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {', '.join(TABLES)} FROM {name}",
        # What a later version brings is usable at once; a new table of the ledger is closed by running this again.
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {name}",
    ]


def reach(connection: BaseDatabaseWrapper) -> list[str]:
    """How the account the program runs under could still change the ledger, in code words: superuser, owner, or
    privilege:TABLE. Empty when it cannot, and on SQLite, which knows no accounts."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            return ["superuser"]
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r' "
            "AND pg_has_role(current_user, relowner, 'USAGE')",
            [list(TABLES)],
        )
        if cursor.fetchall():
            return ["owner"]
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass(name) IS NOT NULL "
            "AND has_table_privilege(current_user, name, 'UPDATE, DELETE, TRUNCATE')",
            [list(TABLES)],
        )
        return [f"privilege:{row[0]}" for row in cursor.fetchall()]


def _quoted(name: str) -> str:
    if "\0" in name or not name:
        raise ValueError("a role or database needs a name")
    return '"' + name.replace('"', '""') + '"'
