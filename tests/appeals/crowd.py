"""Many appeals at once for proofs of the sweep: copies of a real appeal and its answer clock, made by the database."""

from datetime import datetime

from django.db import connection

from huying.appeals.models import Appeal, Clock
from huying.rules.enums import ClockKind


def gather(appeal: Appeal, *, many: int, due: int, at: datetime, later: datetime) -> None:
    """So many more open appeals like this one, each with an answer clock; `due` of them are due at `at`."""
    Clock.objects.exclude(kind=ClockKind.ANSWER).delete()
    number = "('2026-' || (10000 + n))"
    _copy(Appeal, "appeals_appeal", appeal.pk, many, {"number": number})
    step = "CASE WHEN n <= %s THEN %s ELSE %s END"
    clock = Clock.objects.get(appeal=appeal)
    first = Appeal.objects.exclude(pk=appeal.pk).order_by("pk").values_list("pk", flat=True)[0]
    changes = {"appeal_id": f"(n + {first - 1})", "next_step_at": _typed(step)}
    _copy(
        Clock,
        "appeals_clock",
        clock.pk,
        many,
        changes,
        [due, *map(connection.ops.adapt_datetimefield_value, (at, later))],
    )
    Clock.objects.filter(pk=clock.pk).update(next_step_at=later)


def _typed(expression: str) -> str:
    return f"CAST({expression} AS timestamptz)" if connection.vendor == "postgresql" else expression


def _copy(model, table: str, pk: int, many: int, changes: dict[str, str], params: list | None = None) -> None:
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    chosen = [changes.get(column, f"t.{connection.ops.quote_name(column)}") for column in columns]
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) "
            f"WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {many}) "
            f"SELECT {', '.join(chosen)} FROM {table} t, c WHERE t.id = {pk} ORDER BY n",
            params or [],
        )
