"""One round of the doctor: everything that can be looked at, in order."""

from collections.abc import Iterator
from datetime import datetime

from huying.ops.checkup import access, database, keeping, machine, work
from huying.ops.checkup.finding import Finding, Grade


def look(*, at: datetime) -> list[Finding]:
    """How everything is. What lies behind a database that does not answer is left out."""
    return list(_look(at))


def is_well(findings: list[Finding]) -> bool:
    """Nothing is broken."""
    return all(one.grade is not Grade.BROKEN for one in findings)


def _look(at: datetime) -> Iterator[Finding]:
    yield from (check() for check in machine.CHECKS)
    answer = database.reachable()
    yield answer
    if answer.grade is Grade.BROKEN:
        return
    tables = database.migrated()
    yield tables
    if tables.grade is Grade.BROKEN:
        return
    yield from (check() for check in database.CHECKS)
    yield from (check(at) for check in work.CHECKS)
    yield from (check(at) for check in keeping.CHECKS)
    yield from (check(at) for check in access.CHECKS)
