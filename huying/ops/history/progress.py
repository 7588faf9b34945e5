"""A bar on stderr, for a person who waits."""

from collections.abc import Callable
from typing import Any

from huying.ops.history.running import Tally


def show(stderr: Any) -> Callable[[Tally], None]:
    """A listener that draws the state of a run: in place on a terminal, else silent until asked for its result."""

    def draw(tally: Tally) -> None:
        if stderr.isatty():
            refused = f"，没有导入 {len(tally.refused)}" if tally.refused else ""
            stderr.write(f"\r已读 {tally.seen} 行，新导入 {tally.added}{refused}  ", ending="")

    return draw
