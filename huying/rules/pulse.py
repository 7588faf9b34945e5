"""Whether the machine's clock can be trusted: a jump is held and told, a night switched off is not a jump."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

JUMP: Final = timedelta(hours=2)
# Two machines of one site are never quite together.
SKEW: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Beat:
    """One look at the clocks of one running process: wall time, and its steady counter in seconds."""

    wall: datetime
    steady: float


def distrust(*, now: Beat, before: Beat | None, last_recorded: datetime | None) -> str:
    """Why the wall clock cannot be trusted, in words for people; empty when it can.

    `before` is this process's own last look, `last_recorded` the last that any process wrote down. A gap after a stop
    is downtime: it is caught up with, not held.
    """
    if last_recorded is not None and now.wall < last_recorded - SKEW:
        return f"机器时间倒退到了 {now.wall.isoformat()}，上次运行是 {last_recorded.isoformat()}"
    if before is None:
        return ""
    passed = timedelta(seconds=now.steady - before.steady)
    leap = (now.wall - before.wall) - passed
    if abs(leap) > JUMP:
        return f"机器时间跳了 {round(leap / timedelta(hours=1))} 小时，现在是 {now.wall.isoformat()}"
    return ""
