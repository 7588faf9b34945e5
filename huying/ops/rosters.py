"""A roster brought on the command line: the same plan and the same act as on the page."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huying.appeals.arrangements import roster, rosterplan
from huying.papers.incoming import NoSuchColumn, NotASheet
from huying.people import queries as people
from huying.people import roster as sheets
from huying.rules.actors import Actor
from huying.rules.enums import ActorKind

if TYPE_CHECKING:
    from huying.people.models import Unit

# Whoever may run commands here stands behind no account; the record shows no name.
OPERATOR = Actor(kind=ActorKind.STAFF)


class Misused(ValueError):
    """There is no such file or school, or the file is no roster."""


@dataclass(frozen=True)
class Done:
    """What was, or would be, changed."""

    counts: dict[str, int]
    faults: list[dict[str, Any]]
    is_dry: bool

    @property
    def plain(self) -> dict[str, Any]:
        return {"dry_run": self.is_dry, "counts": self.counts, "faults": self.faults}

    @property
    def words(self) -> str:
        lines = [f"第 {one['line']} 行 {one['column']}：{one['words']}" for one in self.faults]
        return "\n".join([*lines, *(f"{name} {count}" for name, count in self.counts.items())])


def bring(file: Path, *, code: str, is_dry: bool, at: datetime) -> Done:
    """The school's roster is as the file says; with faults, or dry, nothing is written. Raises Misused, Refused.

    Who and what the file does not name stays: only the page can end that, where somebody looks at the list.
    """
    place = _place(code)
    try:
        sheet = sheets.read(file.read_bytes())
    except (OSError, NotASheet, NoSuchColumn) as error:
        raise Misused(str(error) if not isinstance(error, OSError) else f"读不到文件：{file}") from error
    plan = rosterplan.plan(sheet, place=place, by=OPERATOR, at=at)
    if not plan.faults and not is_dry:
        roster.bring_in(plan, end_posts=False, let_go=False, by=OPERATOR, at=at)
    return Done(plan.counts, [asdict(one) for one in plan.faults], is_dry)


def _place(code: str) -> "Unit":
    found = people.unit_by_code(code)
    if found is None:
        raise Misused(f"没有这个学校代码：{code}")
    return found
