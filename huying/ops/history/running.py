"""One run over a sheet: every row is brought in, was there before, or is refused with its reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import IntegrityError, transaction

from huying.appeals import past
from huying.appeals.steps import NotAllowed, NotPossible
from huying.ops.history import rows as past_rows
from huying.ops.history.columns import Plan
from huying.ops.history.rows import Cells, Impossible, PastRow, Refused

# Rows that share one commit. A run that is killed loses at most these, whole, and the next run brings them in.
BATCH = 40


@dataclass
class Tally:
    """What became of the rows."""

    added: int = 0
    known: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def seen(self) -> int:
        return self.added + self.known + len(self.refused)


def run(file: Path, plan: Plan, *, is_dry: bool, tell: Callable[[Tally], None]) -> Tally:
    """The tally of a whole file; `tell` hears of it after every batch."""
    tally, numbers = Tally(), set[str]()
    for batch in _batches(past_rows.read(file, plan.columns)):
        with transaction.atomic():
            for line, cells in batch:
                _one(line, cells, plan, tally, numbers, is_dry=is_dry)
        tell(tally)
    return tally


def _batches(rows: Iterator[tuple[int, Cells]]) -> Iterator[list[tuple[int, Cells]]]:
    batch: list[tuple[int, Cells]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _one(line: int, cells: Cells, plan: Plan, tally: Tally, numbers: set[str], *, is_dry: bool) -> None:
    try:
        row = past_rows.plain(line, cells)
        if row.external_ref in numbers:
            raise Impossible("编号在表里用了两次")
        numbers.add(row.external_ref)
        if past.is_known(plan.source, row.external_ref):
            tally.known += 1
            return
        if not is_dry:
            _bring_in(row, cells, plan)
        tally.added += 1
    except Impossible as error:
        tally.refused.append(Refused(line, _number(cells), str(error)))


def _bring_in(row: PastRow, cells: Cells, plan: Plan) -> None:
    one = past.Past(
        external_ref=row.external_ref,
        title=row.title,
        body=row.body,
        received_at=row.received_at,
        appellant=row.appellant,
        answer=row.answer,
        answered_at=row.answered_at,
        raw={name: str(cell) for name, cell in cells.items()},
    )
    try:
        with transaction.atomic():
            past.bring_in(one, source=plan.source)
    except (NotAllowed, NotPossible, IntegrityError) as error:
        raise Impossible(str(error)) from error


def _number(cells: Cells) -> str:
    try:
        return past_rows.number_of(cells)
    except Impossible:
        return ""
