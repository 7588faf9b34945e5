"""The database: whether it answers, is as new as the program, and guards its ledger."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from huying.appeals import append_only, ledger
from huying.ops.checkup.finding import Finding, broken, ok, warning
from huying.oversight import bulletins, dutybook

LOOKED_AT = 500
SAID = {"superuser": "它是超级用户", "owner": "它是表的主人"}


def reachable() -> Finding:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return broken("database", f"数据库没有应答：{str(error).splitlines()[0][:120]}")
    return ok("database", "PostgreSQL 有应答。" if connection.vendor == "postgresql" else "SQLite 有应答。")


def migrated() -> Finding:
    """Whether the tables are those of this version."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return broken("migrations", f"有 {len(waiting)} 项数据库升级没有做。请运行 huying setup。")
    return ok("migrations", "数据库和程序是同一版。")


def triggers() -> Finding:
    """Whether the ledger refuses to be changed."""
    missing = append_only.missing(connection)
    if missing:
        return broken("ledger", f"办理记录的保护被去掉了：{'、'.join(missing)}。请查清是谁，再重新升级数据库。")
    return ok("ledger", "办理记录只能增加，不能改。")


def account() -> Finding:
    """Whether the account the program runs under could change the ledger."""
    ways = append_only.reach(connection)
    if not ways:
        is_sqlite = connection.vendor == "sqlite"
        words = "SQLite 没有账号之分，靠触发器和寄到外面的封存。" if is_sqlite else "程序的账号不能改办理记录。"
        return ok("account", words)
    how = "、".join(SAID.get(way, way.removeprefix("privilege:")) for way in ways)
    return warning("account", f"程序连数据库用的账号能改办理记录（{how}）。请另建账号，运行 huying grants。")


def chains() -> Finding:
    """Whether the records of what was acted on last are whole."""
    found = list(ledger.breaks(newest=LOOKED_AT))
    if found:
        told = "、".join(f"{number} 第 {one.sequence} 条（{one.why}）" for number, one in found[:5])
        return broken("chain", f"{len(found)} 件的办理记录被改过：{told}。")
    return ok("chain", f"最近办过的 {LOOKED_AT} 件以内，办理记录没有被改过。")


def duties() -> Finding:
    """Whether the records of accountability cases are whole."""
    found = dutybook.changed()
    if found:
        return broken("duty", f"{len(found)} 份责任追究的记录被改过：{'、'.join(found[:5])}。")
    return ok("duty", "责任追究的记录没有被改过。")


def issues() -> Finding:
    """Whether what was issued still says what was signed when it was issued."""
    found = [one.number for one in bulletins.broken()]
    if found:
        return broken("bulletins", f"{len(found)} 份印发的通报和签名对不上：{'、'.join(found[:5])}。")
    return ok("bulletins", "印发的通报没有被改过。")


CHECKS = (triggers, account, chains, duties, issues)
