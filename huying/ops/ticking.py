"""The one loop of everything that time brings. Each step asks what is due and not yet done; any number may run."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import close_old_connections
from django.utils import timezone

from huying.appeals import counter, letterbox, seals
from huying.appeals.arrangements import units
from huying.appeals.due import ladder, leavers, pulse, retention, timers
from huying.channels import delivery, mail, tidying
from huying.ops import logs
from huying.oversight import counting, looking, openfigures, reminding, reporting
from huying.rules.pulse import Beat

if TYPE_CHECKING:
    from huying.channels.models import Letter

EVERY_SECONDS = 15
log = logging.getLogger(__name__)

Step = Callable[[datetime], int]
STEPS: tuple[tuple[str, Step], ...] = (
    ("intake forms", lambda at: counter.register_left_alone(at=at)),
    ("windows", lambda at: timers.run_out(at=at)),
    ("hand-overs", lambda at: leavers.hand_on(at=at)),
    ("ladder", lambda at: ladder.climb(at=at)),
    ("escalations", lambda at: ladder.hand_up(at=at)),
    ("tally", lambda at: counting.count_due(limit=2000)),
    ("bulletins", lambda at: reporting.draft_due(at=at)),
    ("warnings", lambda at: looking.look(at=at)),
    ("proceedings", lambda at: reminding.remind_due(at=at)),
    ("open months", lambda at: openfigures.make_due(at=at)),
    ("seals", lambda at: seals.make_due(at=at)),
    ("letters", lambda at: _letters()),
    ("closing units", lambda at: units.close_due(at=at)),
    ("retention", lambda at: retention.erase_due(at=at)),
    ("tidying", lambda at: tidying.tidy(at=at)),
    ("logs", lambda at: logs.forget(at=at)),
)


class Held(Exception):
    """The machine's clock cannot be trusted: nothing was done."""


def look() -> Beat:
    """Both clocks of this process, now."""
    return Beat(wall=timezone.now(), steady=time.monotonic())


def once(now: Beat, *, before: Beat | None = None) -> dict[str, int]:
    """Every step was taken once; how much each found to do. `Held` when the clock cannot be trusted."""
    reason = pulse.beat(now, before=before)
    if reason:
        raise Held(reason)
    return taken(STEPS, now.wall)


def taken(steps: Iterable[tuple[str, Step]], at: datetime) -> dict[str, int]:
    """Each step was taken, in order; how much it found to do, or -1 when it failed."""
    return {name: _safely(name, step, at) for name, step in steps}


def forever(stop: threading.Event, *, every: float = EVERY_SECONDS, look: Callable[[], Beat] = look) -> None:
    """Rounds until told to stop. A round that fails is logged, and the next one tries again."""
    before: Beat | None = None
    while not stop.is_set():
        now = look()
        try:
            once(now, before=before)
        except Held as held:
            log.error("tick is held: %s", held)
        except Exception:
            log.exception("tick failed")
        before = now
        close_old_connections()
        stop.wait(every)


def _letters() -> int:
    """Letters are carried out; a lease is judged by the moment, not by when the round began."""

    def addresses(letter: "Letter") -> list[str]:
        return letterbox.addresses(letter, on=timezone.localdate())

    return delivery.deliver(clock=timezone.now, addresses=addresses, send=mail.door())


def trust_the_clock() -> None:
    """Somebody looked at the clock and found it right."""
    pulse.trust(at=timezone.now())


def _safely(name: str, step: Step, at: datetime) -> int:
    """One step that fails does not starve the others."""
    try:
        return step(at)
    except Exception:
        log.exception("tick step %s failed", name)
        return -1
